/** Text that is laid out later: a group stands in one line where it fits, else each of its own lines is broken. */
export type Layout = string | readonly Layout[] | Line | Indent | Group | LineEnd

interface Line {
  readonly kind: 'line'
  /** In a group that stands in one line; undefined: always a line break. */
  readonly flat: string | undefined
}

interface Indent {
  readonly kind: 'indent'
  readonly inner: Layout
}

interface Group {
  readonly kind: 'group'
  readonly inner: Layout
  readonly isBroken: boolean
}

/** What ends a line, and does not count where it is asked whether something fits: a comment. */
interface LineEnd {
  readonly kind: 'line-end'
  readonly text: string
  /** The line has to end here. */
  readonly breaks: boolean
}

export const space: Layout = { kind: 'line', flat: ' ' }
export const softLine: Layout = { kind: 'line', flat: '' }
export const hardLine: Layout = { kind: 'line', flat: undefined }

export function indented(inner: Layout): Layout {
  return { kind: 'indent', inner }
}

export function group(inner: Layout): Layout {
  return { kind: 'group', inner, isBroken: breaks(inner) }
}

export function lineEnd(text: string, mustBreak: boolean): Layout {
  return { kind: 'line-end', text, breaks: mustBreak }
}

function breaks(layout: Layout): boolean {
  if (typeof layout === 'string') return layout.includes('\n')
  if (isList(layout)) return layout.some(breaks)
  switch (layout.kind) {
    case 'line':
      return layout.flat === undefined
    case 'indent':
      return breaks(layout.inner)
    case 'group':
      return layout.isBroken
    case 'line-end':
      return layout.breaks
  }
}

const indentation = '  '

interface Step {
  readonly layout: Layout
  readonly depth: number
  readonly flat: boolean
}

/** @param width of lines, in UTF-16 code units; what has no place to break is longer */
export function render(layout: Layout, width: number): string {
  let text = ''
  let column = 0
  const write = (piece: string, depth: number): void => {
    if (piece === '') return
    if (column === 0) {
      text += indentation.repeat(depth)
      column = indentation.length * depth
    }
    text += piece
    const newline = piece.lastIndexOf('\n')
    column = newline === -1 ? column + piece.length : piece.length - newline - 1
  }
  const steps: Step[] = [{ layout, depth: 0, flat: false }]
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    const { layout: each, depth, flat } = step
    if (typeof each === 'string') write(each, depth)
    else if (isList(each)) pushAll(steps, each, depth, flat)
    else if (each.kind === 'line-end') write(each.text, depth)
    else if (each.kind === 'indent') steps.push({ layout: each.inner, depth: depth + 1, flat })
    else if (each.kind === 'group') {
      const inner = { layout: each.inner, depth, flat: true }
      const indent = column === 0 ? indentation.length * depth : 0
      const isFlat = flat || (!each.isBroken && fits(inner, steps, width - column - indent))
      steps.push({ ...inner, flat: isFlat })
    } else if (flat && each.flat !== undefined) write(each.flat, depth)
    else {
      text += '\n'
      column = 0
    }
  }
  return text
}

function isList(layout: Layout): layout is readonly Layout[] {
  return Array.isArray(layout)
}

function pushAll(steps: Step[], layouts: readonly Layout[], depth: number, flat: boolean): void {
  for (let index = layouts.length - 1; index >= 0; index--)
    steps.push({ layout: layouts[index]!, depth, flat })
}

/** Whether what is next has room for all up to the next line break. */
function fits(next: Step, rest: readonly Step[], room: number): boolean {
  const steps: Step[] = [next]
  let left = room
  let position = rest.length
  while (left >= 0) {
    const step = steps.pop() ?? rest[--position]
    if (step === undefined) return true
    const { layout, depth, flat } = step
    if (typeof layout === 'string') {
      left -= layout.length
    } else if (isList(layout)) pushAll(steps, layout, depth, flat)
    else if (layout.kind === 'line') {
      if (!flat || layout.flat === undefined) return true
      left -= layout.flat.length
    } else if (layout.kind !== 'line-end')
      steps.push({ layout: layout.inner, depth, flat: layout.kind === 'group' ? !layout.isBroken : flat })
  }
  return false
}
