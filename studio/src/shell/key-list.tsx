import { Kbd, Modal, Table } from '@mantine/core'
import { isMac } from './command-context.ts'
import { commands, keysText } from './commands.ts'
import { useShell } from './shell-state.ts'

const more: readonly (readonly [label: string, keys: readonly string[]])[] = [
  ['Complete, in the source', ['Ctrl+Space']],
  ['Format the source', ['Mod+Shift+F']],
  ['Go to where a name is made, in the source', ['F12']],
  ['Leave the source: then Tab goes on', ['Escape']],
]

/** Keys of the whole page; the canvas lists its own. */
export function KeyList() {
  const isOpen = useShell(({ dialog }) => dialog === 'keys')
  const close = useShell((shell) => shell.close)
  const rows = [...commands.map(({ label, keys }) => [label, keys] as const), ...more]
  return (
    <Modal opened={isOpen} onClose={close} title="Keyboard shortcuts" size="lg">
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>What it does</Table.Th>
            <Table.Th>Keys</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows
            .filter(([, keys]) => keys.length > 0)
            .map(([label, keys]) => (
              <Table.Tr key={label}>
                <Table.Td>{label}</Table.Td>
                <Table.Td>
                  {keys.map((key, index) => (
                    <span key={key}>
                      {index > 0 && ' or '}
                      <Kbd size="xs">{keysText(key, isMac)}</Kbd>
                    </span>
                  ))}
                </Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
    </Modal>
  )
}
