/** What a keyboard sends. */
export interface KeyEvent {
  readonly key: string
  readonly code: string
  readonly windowsVirtualKeyCode: number
  readonly modifiers: number
  readonly text?: string
}

const modifiers: Readonly<Record<string, number>> = { Alt: 1, Control: 2, Meta: 4, Shift: 8 }

const named: Readonly<Record<string, readonly [number, text?: string]>> = {
  Backspace: [8],
  Tab: [9],
  Enter: [13, '\r'],
  Escape: [27],
  PageUp: [33],
  PageDown: [34],
  End: [35],
  Home: [36],
  ArrowLeft: [37],
  ArrowUp: [38],
  ArrowRight: [39],
  ArrowDown: [40],
  Delete: [46],
  ContextMenu: [93],
  F2: [113],
  F10: [121],
}

/** @param chord `a`, `Enter`, `Control+Shift+z`, `Space` */
export function keyEvent(chord: string): KeyEvent {
  const parts = chord.length === 1 ? [chord] : chord.split('+')
  const name = parts.pop()!
  const held = parts.reduce((sum, part) => {
    if (modifiers[part] === undefined) throw new Error(`${part} of ${chord} is no modifier`)
    return sum | modifiers[part]
  }, 0)
  const known = named[name]
  const key = name === 'Space' ? ' ' : name
  if (known === undefined && key.length !== 1) throw new Error(`no key is known as ${name}`)
  const [windowsVirtualKeyCode, text = key.length === 1 ? key : undefined] = known ?? [codeOf(key)]
  // With Control and its like, keys write nothing.
  const writes = text !== undefined && (held & ~modifiers.Shift!) === 0
  return {
    key: held & modifiers.Shift! && key.length === 1 ? key.toUpperCase() : key,
    code: codeName(name, key),
    windowsVirtualKeyCode,
    modifiers: held,
    ...(writes && { text: held & modifiers.Shift! ? text.toUpperCase() : text }),
  }
}

function codeOf(key: string): number {
  return key === '/' ? 191 : key === '.' ? 190 : key.toUpperCase().charCodeAt(0)
}

function codeName(name: string, key: string): string {
  if (/^[a-z]$/i.test(key)) return `Key${key.toUpperCase()}`
  if (/^\d$/.test(key)) return `Digit${key}`
  return key === '/' ? 'Slash' : key === '.' ? 'Period' : name
}
