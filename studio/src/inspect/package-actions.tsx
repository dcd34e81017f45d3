import { ActionIcon, Button, Group, Menu } from '@mantine/core'
import {
  DotsHorizontalIcon,
  DownloadIcon,
  Pencil1Icon,
  PlayIcon,
  PlusIcon,
  TrashIcon,
  UpdateIcon,
} from '@radix-ui/react-icons'
import { type Ref, useRef } from 'react'
import type { Wire } from '../contract/graph.ts'
import type { PackageSummary } from '../contract/workshop.ts'
import { fileName } from '../download/file-names.ts'
import { saveFile } from '../download/save-file.ts'
import { useStudio } from '../state/store.ts'
import { workshop } from '../workshop/client.ts'
import { goodWires, lostWires, misfits } from './misfits.ts'
import { countText } from './size-text.ts'

/** What can be done with a package: each is one step of undo. */
export function PackageActions({
  ref,
  summary: { name },
  onRename,
  onReplace,
}: {
  readonly ref: Ref<HTMLDivElement>
  readonly summary: PackageSummary
  onRename(): void
  /** The file was replaced; the wires that the package had are given. */
  onReplace(before: readonly Wire[]): void
}) {
  const graph = useStudio(({ graph }) => graph)
  const selection = useStudio(({ selection }) => selection)
  const blocks = graph.blocks.filter((block) => block.package === name).map(({ id }) => id)
  // Of several instances the one that the person has in mind.
  const alone = blocks.find((id) => selection.includes(id)) ?? blocks[0]
  const input = useRef<HTMLInputElement>(null)
  const studio = useStudio.getState()
  return (
    <Group gap="xs" ref={ref}>
      <Button
        size="compact-sm"
        leftSection={<PlusIcon aria-hidden />}
        onClick={() => void studio.edit({ kind: 'instantiate', package: name })}
      >
        Add instance
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<PlayIcon aria-hidden />}
        disabled={alone === undefined}
        onClick={() => studio.show({ kind: 'run', block: alone })}
      >
        Run alone
      </Button>
      <Menu position="bottom-end" shadow="sm">
        <Menu.Target>
          <ActionIcon size={26} variant="default" aria-label="More actions">
            <DotsHorizontalIcon aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<DownloadIcon aria-hidden />} onClick={() => void download(name)}>
            Download
          </Menu.Item>
          <Menu.Item leftSection={<UpdateIcon aria-hidden />} onClick={() => input.current?.click()}>
            Replace by another file…
          </Menu.Item>
          <Menu.Item leftSection={<Pencil1Icon aria-hidden />} onClick={onRename}>
            Rename…
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<TrashIcon aria-hidden />} onClick={() => void remove(name, blocks)}>
            {blocks.length === 0 ? 'Remove' : `Remove with its ${countText(blocks.length, 'block')}`}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={input}
        type="file"
        accept=".wasm,.wat,application/wasm"
        hidden
        aria-label={`A file in the place of ${name}`}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          currentTarget.value = ''
          if (file !== undefined) void replace(name, file, onReplace)
        }}
      />
    </Group>
  )
}

async function download(name: string): Promise<void> {
  saveFile(fileName(name, '.wasm'), await workshop.bytesOf(name), 'application/wasm')
}

async function replace(
  name: string,
  file: File,
  onReplace: (before: readonly Wire[]) => void,
): Promise<void> {
  const { graph, replacePackage, notify } = useStudio.getState()
  const before = goodWires(graph, name)
  if ((await replacePackage(name, file)) !== undefined) return
  onReplace(before)
  const { graph: after } = useStudio.getState()
  const wrong = misfits(after, name).length + lostWires(before, after).length
  notify({
    kind: wrong === 0 ? 'info' : 'problem',
    text: `${name} is ${file.name} now: ${wrong === 0 ? 'all of its wires fit' : `${countText(wrong, 'wire')} of it ${wrong === 1 ? 'does' : 'do'} not fit`}.`,
    cure: wrong === 0 ? undefined : 'see the panel, which lists them',
  })
}

async function remove(name: string, blocks: readonly string[]): Promise<void> {
  const { edit, removePackage } = useStudio.getState()
  if (blocks.length > 0 && (await edit({ kind: 'remove', blocks })) !== undefined) return
  await removePackage(name)
}
