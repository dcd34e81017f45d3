import { Button, FileButton, Group, Text, Textarea, TextInput, Title } from '@mantine/core'
import { DownloadIcon, PlusIcon, UpdateIcon } from '@radix-ui/react-icons'
import { type DragEvent, useState } from 'react'
import type { MemoryFile } from '../../contract/run.ts'
import { saveFile } from '../../download/save-file.ts'
import { sizeText } from '../../inspect/size-text.ts'
import { cutText } from '../../inspect/visible-text.ts'
import { brief } from '../brief.ts'
import { mostFileBytes, shownCharacters } from '../limits.ts'
import { refocusAfter } from '../refocus.ts'
import { useRun } from '../run-store.ts'
import { ScrollText } from '../scroll-text.tsx'
import { isLive } from '../session-state.ts'
import { pathProblem, withFile } from './memory-files.ts'
import classes from './setup.module.css'

/** Files in memory: those that a run is given, and those that it left. None of this machine's are seen. */
export function FilesPane() {
  return (
    <div className={classes.pane}>
      <GivenFiles />
      <LeftFiles />
    </div>
  )
}

function GivenFiles() {
  const files = useRun((run) => run.setup.files)
  const { changeSetup } = useRun.getState()
  const [refused, setRefused] = useState<string>()
  const [isOver, setOver] = useState(false)

  const add = async (added: readonly File[]) => {
    const size = [...files.map(({ bytes }) => bytes.length), ...added.map((file) => file.size)].reduce(
      (a, b) => a + b,
      0,
    )
    if (size > mostFileBytes)
      return setRefused(
        `Together the files would have ${sizeText(size)}: a run is given up to ${sizeText(mostFileBytes)}.`,
      )
    setRefused(undefined)
    let all: readonly MemoryFile[] = useRun.getState().setup.files
    for (const file of added)
      all = withFile(all, { path: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })
    changeSetup({ files: all })
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    // The page opens components that are dropped elsewhere.
    event.stopPropagation()
    setOver(false)
    void add([...event.dataTransfer.files])
  }

  return (
    <section
      aria-label="Files given to the next run"
      className={classes.section}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        event.stopPropagation()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Title order={3} size="xs">
        Given to the next run
      </Title>
      {files.length === 0 && (
        <Text size="xs" c="dimmed">
          None yet. Drop files here; the component sees them in its folder /, and sees no other files.
        </Text>
      )}
      <FileList
        files={files}
        action={(file) => (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Remove ${file.path}`}
            onClick={({ currentTarget }) => {
              changeSetup({ files: files.filter((other) => other !== file) })
              refocusAfter(currentTarget, undefined)
            }}
          >
            Remove
          </Button>
        )}
      />
      {refused !== undefined && (
        <Text size="xs" role="alert" className={classes.problem}>
          {refused}
        </Text>
      )}
      <Group gap="xs">
        <FileButton multiple onChange={add}>
          {(props) => (
            <Button {...props} size="compact-sm" variant="default" leftSection={<PlusIcon aria-hidden />}>
              Add files
            </Button>
          )}
        </FileButton>
      </Group>
      <NewFile />
    </section>
  )
}

function focusWhenShown(field: HTMLElement | null): void {
  field?.focus()
}

/** A file that is typed. */
function NewFile() {
  const files = useRun((run) => run.setup.files)
  const { changeSetup } = useRun.getState()
  const [isOpen, setOpen] = useState(false)
  const [path, setPath] = useState('')
  const [text, setText] = useState('')
  const problem = pathProblem(path)
  const close = (control: Element) => {
    setOpen(false)
    refocusAfter(control, undefined)
  }
  if (!isOpen)
    return (
      <Button size="compact-sm" variant="subtle" className={classes.add!} onClick={() => setOpen(true)}>
        Write a file
      </Button>
    )
  return (
    <form
      className={classes.section}
      aria-label="A new file"
      onSubmit={(event) => {
        event.preventDefault()
        if (problem !== undefined) return
        changeSetup({ files: withFile(files, { path, bytes: new TextEncoder().encode(text) }) })
        setPath('')
        setText('')
        close(event.currentTarget)
      }}
    >
      <TextInput
        size="xs"
        label="Path"
        placeholder="notes/today.txt"
        value={path}
        onChange={({ currentTarget }) => setPath(currentTarget.value)}
        error={path === '' ? undefined : problem}
        ref={focusWhenShown}
        autoCapitalize="none"
        spellCheck={false}
        classNames={{ input: classes.code! }}
      />
      <Textarea
        size="xs"
        label="Text"
        autosize
        minRows={3}
        maxRows={12}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        classNames={{ input: classes.code! }}
      />
      <Group gap="xs">
        <Button type="submit" size="compact-sm" disabled={problem !== undefined}>
          Add the file
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={({ currentTarget }) => close(currentTarget)}>
          Cancel
        </Button>
      </Group>
    </form>
  )
}

function LeftFiles() {
  const files = useRun((run) => run.files)
  const session = useRun((run) => run.session)
  const { refreshFiles } = useRun.getState()
  const canAsk = session.phase === 'ready'
  return (
    <section aria-label="Files of this run" className={classes.section}>
      <Group justify="space-between">
        <Title order={3} size="xs">
          As this run has them
        </Title>
        {canAsk && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<UpdateIcon aria-hidden />}
            onClick={refreshFiles}
          >
            Look now
          </Button>
        )}
      </Group>
      {files === undefined ? (
        <Text size="xs" c="dimmed">
          {isLive(session)
            ? 'They are shown when the component is at rest.'
            : session.phase === 'stopped'
              ? 'The run was stopped, and its files with it.'
              : 'What a component writes is shown here when it is done.'}
        </Text>
      ) : files.length === 0 ? (
        <Text size="xs" c="dimmed">
          No files.
        </Text>
      ) : (
        <FileList files={files} action={(file) => <OpenFile file={file} />} />
      )}
    </section>
  )
}

function FileList({
  files,
  action,
}: {
  readonly files: readonly MemoryFile[]
  readonly action: (file: MemoryFile) => React.ReactNode
}) {
  return (
    <ul className={classes.files}>
      {files.slice(0, 500).map((file) => (
        <li key={file.path}>
          <span className={classes.path}>{brief(file.path, 200)}</span>
          <span className={classes.size}>{sizeText(file.bytes.length)}</span>
          {action(file)}
        </li>
      ))}
      {files.length > 500 && <li>{`${files.length - 500} more are not shown.`}</li>}
    </ul>
  )
}

function OpenFile({ file }: { readonly file: MemoryFile }) {
  const [isOpen, setOpen] = useState(false)
  const name = brief(file.path, 100)
  const cut = isOpen
    ? cutText(new TextDecoder().decode(file.bytes.subarray(0, shownCharacters * 3)), shownCharacters)
    : undefined
  return (
    <>
      <Group gap={4} wrap="nowrap">
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={isOpen}
          aria-label={`See ${name}`}
          onClick={() => setOpen(!isOpen)}
        >
          See
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Save ${name}`}
          leftSection={<DownloadIcon aria-hidden />}
          onClick={() => saveFile(file.path.split('/').at(-1) || 'file', file.bytes.slice())}
        >
          Save
        </Button>
      </Group>
      {cut !== undefined && (
        <div className={classes.content}>
          <ScrollText text={cut.shown} label={`Text of ${name}`} />
          {cut.more > 0 && <Text size="xs">The rest is not shown: save the file to have it.</Text>}
        </div>
      )}
    </>
  )
}
