import { Modal, Text } from '@mantine/core'
import { useStudio } from '../state/store.ts'
import { RecentDocuments } from './recent-documents.tsx'
import { useShell } from './shell-state.ts'

export function DocumentsDialog() {
  const isOpen = useShell(({ dialog }) => dialog === 'documents')
  const close = useShell((shell) => shell.close)
  const isAny = useStudio(({ recent }) => recent.length > 0)
  return (
    <Modal opened={isOpen} onClose={close} title="Recent documents">
      {isAny ? <RecentDocuments opened={close} /> : <Text c="dimmed">This browser keeps none yet.</Text>}
    </Modal>
  )
}
