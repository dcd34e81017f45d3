/** Custom sections of core modules as annotations. */
import { areSameBytes } from '../../binary/same-bytes.ts'
import { ByteReader } from '../../binary/byte-reader.ts'
import type { CoreModule, CoreSectionSyntax, CustomSectionSyntax } from '../../binary/core/module.ts'
import { limits } from '../../component/limits.ts'
import { DecodeError } from '../../errors.ts'
import type { Printer } from '../printer.ts'
import { encodeProducers } from './custom-sections.ts'
import { printDylink } from './dylink.ts'
import { quoted, quotedBytes } from './print-name.ts'

/** What custom sections follow or precede in the text, where they stand among others. */
const placeTexts: Readonly<Record<Exclude<CoreSectionSyntax['kind'], 'custom'>, string>> = {
  type: 'after type',
  import: 'after import',
  function: 'after func',
  table: 'after table',
  memory: 'after memory',
  tag: 'after tag',
  global: 'after global',
  export: 'after export',
  start: 'after start',
  element: 'after elem',
  // It has no name in the text.
  'data count': 'before code',
  code: 'after code',
  data: 'after data',
}

/** Where a section stands: before all that are no custom ones, after all of them, or in between. */
export type Zone = 'first' | 'last' | { readonly text: string }

/** By index. Empty sections are not printed and count for nothing. In a module of custom sections only all stand after. */
export function zonesOf({ sections }: CoreModule): Zone[] {
  const first = sections.findIndex(isPrinted)
  const last = sections.findLastIndex(isPrinted)
  let after = ''
  return sections.map((section, i) => {
    if (isPrinted(section)) after = placeTexts[section.kind]
    if (i > last) return 'last'
    return i < first ? 'first' : { text: after }
  })
}

function isPrinted(section: CoreSectionSyntax): section is Exclude<CoreSectionSyntax, CustomSectionSyntax> {
  return section.kind !== 'custom' && !('items' in section && section.items.length === 0)
}

/** Prints the section on a line of its own: by its meaning where that says all, else its bytes. */
export function printCustom(printer: Printer, { name, bytes }: CustomSectionSyntax, zone: Zone): void {
  printer.line()
  if (name === 'producers' && zone === 'last' && printProducers(printer, bytes)) return
  if (name === 'dylink.0' && zone === 'first' && printDylink(printer, bytes)) return
  const place = zone === 'first' ? ' (before first)' : zone === 'last' ? '' : ` (${zone.text})`
  printer.write(`(@custom ${quoted(name)}${place} `)
  for (const piece of quotedBytes(bytes)) printer.write(piece)
  printer.write(')')
}

/** False, and nothing is printed, for contents that the annotation cannot express. */
function printProducers(printer: Printer, bytes: Uint8Array): boolean {
  const fields = readFields(bytes)
  if (!fields || !areSameBytes(encodeProducers(fields), bytes)) return false
  printer.open('@producers')
  for (const [field, values] of fields) {
    for (const [name, version] of values)
      printer.line().write(`(${field} ${quoted(name)} ${quoted(version)})`)
  }
  printer.close()
  return true
}

const fieldNames = ['language', 'sdk', 'processed-by']

/** Undefined for a section that is malformed, or has other fields, or has them in another order. */
function readFields(bytes: Uint8Array): Map<string, [string, string][]> | undefined {
  const reader = new ByteReader(bytes)
  const fields = new Map<string, [string, string][]>()
  let last = -1
  try {
    for (let left = reader.count('fields', limits.types); left > 0; left--) {
      const name = reader.name()
      const place = fieldNames.indexOf(name)
      if (place <= last) return undefined
      last = place
      fields.set(
        name,
        reader.vector('values', limits.types, () => [reader.name(), reader.name()]),
      )
    }
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
  return fields
}
