import { Button, Text, Title, UnstyledButton } from '@mantine/core'
import { Component1Icon, FileIcon, GlobeIcon, Pencil1Icon, UploadIcon } from '@radix-ui/react-icons'
import type { Example } from '../contract/studio.ts'
import { exampleAddress } from '../state/open-sources.ts'
import { sizeText } from '../inspect/size-text.ts'
import { useStudio } from '../state/store.ts'
import { chooseFiles } from './choose-files.ts'
import { RecentDocuments } from './recent-documents.tsx'
import { useShell } from './shell-state.ts'
import classes from './start-screen.module.css'
import { startingSets } from './starting-sets.ts'

/** How to begin: files, an address, examples, what was open before. */
export function StartScreen() {
  return (
    <main className={classes.start} data-pane="start" tabIndex={-1} aria-label="Start">
      <div className={classes.content}>
        <div>
          <Title order={2} className={classes.title}>
            Snap components together
          </Title>
          <Text c="dimmed" size="lg" maw="40rem">
            Drop WebAssembly components here, wire exports to imports, run the result, and download it as one
            component. Everything stays in this browser.
          </Text>
        </div>
        <DropArea />
        <Sets />
        <div className={classes.columns}>
          <Recent />
          <Examples />
        </div>
      </div>
    </main>
  )
}

function DropArea() {
  const shell = useShell.getState()
  return (
    <section className={classes.drop} aria-label="Add components">
      <UploadIcon width={28} height={28} aria-hidden className={classes.icon} />
      <Text fw={600}>Drop components (.wasm, .wat) or a composition (.wac) anywhere on this page</Text>
      <div className={classes.ways}>
        <Button leftSection={<FileIcon aria-hidden />} onClick={() => void chooseFiles()}>
          Open files…
        </Button>
        <Button
          variant="default"
          leftSection={<GlobeIcon aria-hidden />}
          onClick={() => shell.open('address')}
        >
          From an address…
        </Button>
        <Button variant="default" leftSection={<Pencil1Icon aria-hidden />} onClick={() => shell.begin(true)}>
          Write WAC
        </Button>
      </div>
    </section>
  )
}

function openExamples(files: readonly string[]): void {
  void useStudio.getState().open(files.map((file) => exampleAddress(file)!))
}

function Sets() {
  const examples = useStudio((studio) => studio.examples)
  const sets = startingSets(examples)
  if (sets.length === 0) return null
  return (
    <section aria-labelledby="start-sets">
      <Title order={3} id="start-sets" className={classes.heading}>
        Begin with an example
      </Title>
      <ul className={classes.cards}>
        {sets.map(({ title, about, files }) => (
          <li key={title}>
            <UnstyledButton className={classes.card} onClick={() => openExamples(files)}>
              <Component1Icon aria-hidden className={classes.icon} />
              <span>
                <Text fw={600}>{title}</Text>
                <Text size="sm" c="dimmed">
                  {about}
                </Text>
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Examples() {
  const examples = useStudio((studio) => studio.examples)
  if (examples.length === 0) return null
  return (
    <section aria-labelledby="start-examples">
      <Title order={3} id="start-examples" className={classes.heading}>
        Example components
      </Title>
      <ul className={classes.list}>
        {examples.map((example) => (
          <li key={example.file}>
            <ExampleRow example={example} open={() => openExamples([example.file])} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function ExampleRow({ example, open }: { readonly example: Example; open(): void }) {
  return (
    <UnstyledButton className={classes.row} onClick={open}>
      <span className={classes.name}>
        <Text ff="monospace">{example.name}</Text>
        <Text size="xs" c="dimmed">
          {sizeText(example.size)}
        </Text>
      </span>
      <Text size="sm" c="dimmed">
        {example.about}
      </Text>
    </UnstyledButton>
  )
}

function Recent() {
  const isAny = useStudio(({ recent }) => recent.length > 0)
  if (!isAny) return null
  return (
    <section aria-labelledby="start-recent">
      <Title order={3} id="start-recent" className={classes.heading}>
        Recent documents
      </Title>
      <RecentDocuments limit={8} />
    </section>
  )
}
