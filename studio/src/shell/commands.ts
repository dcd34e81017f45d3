/** What can be done from anywhere: by a key, by the list of commands, by menus. */
import type { Studio } from '../contract/studio.ts'
import type { Dialog } from './shell-state.ts'

export interface Command {
  readonly id: string
  readonly label: string
  /** As `Mod+Shift+Z`; `Mod` is Ctrl, or Command on a Mac. The first is shown. */
  readonly keys: readonly string[]
  readonly isPossible?: (studio: Studio) => boolean
  readonly run: (context: CommandContext) => void
}

export interface CommandContext {
  readonly studio: Studio
  open(dialog: Dialog): void
  chooseFiles(): void
  toggleSource(): void
  toggleTheme(): void
  nextPane(): void
  save(): void
  newDocument(): void
  restartWorkshop(): void
}

const hasBlocks = ({ graph }: Studio) => graph.blocks.length > 0

export const commands: readonly Command[] = [
  {
    id: 'commands',
    label: 'Find a command',
    keys: ['Mod+K'],
    run: ({ open }) => open('commands'),
  },
  {
    id: 'open',
    label: 'Add components from files',
    keys: ['Mod+O'],
    run: ({ chooseFiles }) => chooseFiles(),
  },
  { id: 'address', label: 'Add a component from an address', keys: [], run: ({ open }) => open('address') },
  {
    id: 'run',
    label: 'Run the composition',
    keys: ['Mod+Enter'],
    // Also to be told of the mistakes that keep it from being drawn.
    isPossible: (studio) => hasBlocks(studio) || studio.problems.length > 0,
    run: ({ studio }) => studio.show({ kind: 'run' }),
  },
  {
    id: 'undo',
    label: 'Undo',
    keys: ['Mod+Z'],
    isPossible: ({ canUndo }) => canUndo,
    run: ({ studio }) => studio.undo(),
  },
  {
    id: 'redo',
    label: 'Redo',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    isPossible: ({ canRedo }) => canRedo,
    run: ({ studio }) => studio.redo(),
  },
  {
    id: 'auto-wire',
    label: 'Wire whatever fits',
    keys: ['Mod+Shift+K'],
    isPossible: hasBlocks,
    run: ({ studio }) => void studio.autoWire(),
  },
  {
    id: 'arrange',
    label: 'Arrange all blocks',
    keys: ['Mod+Shift+L'],
    isPossible: hasBlocks,
    run: ({ studio }) => studio.arrange(),
  },
  { id: 'new', label: 'New document', keys: [], run: ({ newDocument }) => newDocument() },
  { id: 'documents', label: 'Open a recent document', keys: [], run: ({ open }) => open('documents') },
  { id: 'save', label: 'Save now', keys: ['Mod+S'], run: ({ save }) => save() },
  { id: 'source', label: 'Show or hide the source', keys: [], run: ({ toggleSource }) => toggleSource() },
  { id: 'theme', label: 'Switch between light and dark', keys: [], run: ({ toggleTheme }) => toggleTheme() },
  {
    id: 'restart-workshop',
    label: 'Start the workshop anew, where it no longer answers',
    keys: [],
    run: ({ restartWorkshop }) => restartWorkshop(),
  },
  { id: 'next-pane', label: 'Go to the next pane', keys: ['F6'], run: ({ nextPane }) => nextPane() },
  { id: 'keys', label: 'List keyboard shortcuts', keys: ['?'], run: ({ open }) => open('keys') },
]

/** A key as it is pressed. */
export interface Pressed {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

/** @param isMac there, Mod is Command */
export function commandOf(pressed: Pressed, isMac: boolean): Command | undefined {
  return commands.find(({ keys }) => keys.some((key) => matches(key, pressed, isMac)))
}

function matches(
  shortcut: string,
  { key, ctrlKey, metaKey, shiftKey, altKey }: Pressed,
  isMac: boolean,
): boolean {
  const parts = shortcut.split('+')
  const last = parts.pop()!
  const mod = isMac ? metaKey : ctrlKey
  const other = isMac ? ctrlKey : metaKey
  if (altKey || other || mod !== parts.includes('Mod')) return false
  // A character such as `?` has its Shift in it.
  if (/^[A-Z]$|^.{2,}$/.test(last) && shiftKey !== parts.includes('Shift')) return false
  return key.toLowerCase() === last.toLowerCase()
}

/** As people read it: `Ctrl+Shift+Z`, `⇧⌘Z`. */
export function keysText(shortcut: string, isMac: boolean): string {
  if (!isMac) return shortcut.replace('Mod', 'Ctrl')
  const parts = shortcut.split('+')
  const order = ['Shift', 'Mod']
  const marks = order.filter((part) => parts.includes(part)).map((part) => (part === 'Mod' ? '⌘' : '⇧'))
  return marks.join('') + parts.at(-1)!.replace('Enter', '↩')
}

/** Whether all words that were typed begin a word of the label. */
export function isFound(label: string, typed: string): boolean {
  const words = label.toLowerCase().split(/\s+/)
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)))
}
