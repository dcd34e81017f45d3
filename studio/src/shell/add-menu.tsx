import { Button, Menu, Text } from '@mantine/core'
import { FileIcon, GlobeIcon, PlusIcon, CubeIcon } from '@radix-ui/react-icons'
import { exampleAddress } from '../state/open-sources.ts'
import { useStudio } from '../state/store.ts'
import { chooseFiles } from './choose-files.ts'
import { useShell } from './shell-state.ts'

/** Where components come from. */
export function AddMenu({ isShort }: { readonly isShort: boolean }) {
  return (
    <Menu width={300} position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          px={isShort ? 'xs' : 'md'}
          leftSection={isShort ? undefined : <PlusIcon aria-hidden />}
          aria-label="Add a component"
        >
          {isShort ? <PlusIcon aria-hidden /> : 'Add'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="70dvh" style={{ overflowY: 'auto' }}>
        <Menu.Item leftSection={<FileIcon aria-hidden />} onClick={() => void chooseFiles()}>
          From files…
        </Menu.Item>
        <Menu.Item
          leftSection={<GlobeIcon aria-hidden />}
          onClick={() => useShell.getState().open('address')}
        >
          From an address…
        </Menu.Item>
        <Instances />
        <Examples />
      </Menu.Dropdown>
    </Menu>
  )
}

function Instances() {
  const packages = useStudio((studio) => studio.packages)
  const edit = useStudio((studio) => studio.edit)
  if (packages.length === 0) return null
  return (
    <>
      <Menu.Divider />
      <Menu.Label>Another instance of</Menu.Label>
      {packages.map(({ name }) => (
        <Menu.Item
          key={name}
          leftSection={<CubeIcon aria-hidden />}
          onClick={() => void edit({ kind: 'instantiate', package: name })}
        >
          <Text ff="monospace" size="sm" truncate>
            {name.slice(0, 200)}
          </Text>
        </Menu.Item>
      ))}
    </>
  )
}

function Examples() {
  const examples = useStudio((studio) => studio.examples)
  const open = useStudio((studio) => studio.open)
  if (examples.length === 0) return null
  return (
    <>
      <Menu.Divider />
      <Menu.Label>Examples</Menu.Label>
      {examples.map(({ name, file, about }) => (
        <Menu.Item key={file} onClick={() => void open([exampleAddress(file)!])}>
          <Text ff="monospace" size="sm">
            {name}
          </Text>
          <Text size="xs" c="dimmed">
            {about}
          </Text>
        </Menu.Item>
      ))}
    </>
  )
}
