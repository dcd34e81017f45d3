import { Button, Menu, Text } from '@mantine/core'
import { DownloadIcon } from '@radix-ui/react-icons'
import { useStudio } from '../state/store.ts'
import { download, downloads } from './downloads.ts'

/** What of the composition can be saved, behind a button. */
export function DownloadMenu() {
  return (
    <Menu>
      <Menu.Target>
        <Button variant="subtle" color="gray" leftSection={<DownloadIcon aria-hidden />}>
          Download
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <DownloadMenuItems />
      </Menu.Dropdown>
    </Menu>
  )
}

export function DownloadMenuItems() {
  const isComplete = useStudio(({ isComplete }) => isComplete)
  return (
    <>
      <Menu.Label>Download</Menu.Label>
      {downloads.map((one) => (
        <Menu.Item key={one.id} onClick={() => void download(one)}>
          {`${one.label} (${one.ending})`}
          <Text size="xs" c="dimmed">
            {one.id === 'component' && !isComplete ? 'not complete yet: it will be said why' : one.about}
          </Text>
        </Menu.Item>
      ))}
    </>
  )
}
