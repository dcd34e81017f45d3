import { Button, Menu } from '@mantine/core'
import { Share1Icon } from '@radix-ui/react-icons'
import { useShareDialog } from './share-dialog-state.ts'

/** Opens the dialog with the composition's link. */
export function ShareMenu() {
  const open = useShareDialog(({ open }) => open)
  return (
    <Button
      variant="subtle"
      color="gray"
      leftSection={<Share1Icon aria-hidden />}
      aria-haspopup="dialog"
      onClick={open}
    >
      Share
    </Button>
  )
}

export function ShareMenuItem() {
  const open = useShareDialog(({ open }) => open)
  return <Menu.Item onClick={open}>Share as a link…</Menu.Item>
}
