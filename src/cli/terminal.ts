import { isatty } from 'node:tty'
import { styleText } from 'node:util'
import type { Paint, Role } from '../diagnostics/paint.ts'

type Format = Parameters<typeof styleText>[0]

/** Styles text, or leaves it alone. */
export type Style = (format: Format, text: string) => string

/** Colours only where a person looks: on a terminal, unless NO_COLOR or TERM=dumb say otherwise; FORCE_COLOR decides over all. */
export function wantsColour(descriptor: number): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  if (NO_COLOR) return false
  return TERM !== 'dumb' && isatty(descriptor)
}

export function styleFor(descriptor: number): Style {
  if (!wantsColour(descriptor)) return (_, text) => text
  // We have looked at the terminal ourselves: Node would look at its own standard output.
  return (format, text) => (text === '' ? text : styleText(format, text, { validateStream: false }))
}

const formats: Readonly<Record<Role, Format>> = {
  error: ['bold', 'red'],
  message: 'bold',
  label: ['bold', 'red'],
  note: [],
  gutter: 'cyan',
  place: 'dim',
}

export function paintFor(descriptor: number): Paint {
  const style = styleFor(descriptor)
  return (role, text) => style(formats[role], text)
}
