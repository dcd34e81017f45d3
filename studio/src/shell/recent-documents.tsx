import { ActionIcon, Text, Tooltip, UnstyledButton } from '@mantine/core'
import { TrashIcon } from '@radix-ui/react-icons'
import type { DocumentSummary } from '../contract/studio.ts'
import { useStudio } from '../state/store.ts'
import { agoText } from './ago-text.ts'
import classes from './recent-documents.module.css'

/** Documents that this browser keeps; each can be opened, and removed. */
export function RecentDocuments({ limit, opened }: { readonly limit?: number; opened?(): void }) {
  const recent = useStudio((studio) => studio.recent)
  const current = useStudio((studio) => studio.document)
  return (
    <ul className={classes.list}>
      {recent.slice(0, limit).map((document) => (
        <li key={document.id} className={classes.item}>
          <Document document={document} isOpen={document.id === current} opened={opened} />
        </li>
      ))}
    </ul>
  )
}

interface Props {
  readonly document: DocumentSummary
  readonly isOpen: boolean
  opened: (() => void) | undefined
}

function Document({ document: { id, name, savedAt, packages }, isOpen, opened }: Props) {
  const { openDocument, removeDocument } = useStudio.getState()
  const short = name.slice(0, 200)
  const open = async () => {
    await openDocument(id)
    opened?.()
  }
  return (
    <>
      <UnstyledButton className={classes.row} onClick={() => void open()} aria-current={isOpen || undefined}>
        <Text ff="monospace" truncate>
          {short}
        </Text>
        <Text size="xs" c="dimmed">
          {isOpen ? 'open' : agoText(Date.now() - savedAt)}, {packages}{' '}
          {packages === 1 ? 'component' : 'components'}
        </Text>
      </UnstyledButton>
      <Tooltip label="Remove from this browser">
        <ActionIcon aria-label={`Remove ${short} from this browser`} onClick={() => void removeDocument(id)}>
          <TrashIcon aria-hidden />
        </ActionIcon>
      </Tooltip>
    </>
  )
}
