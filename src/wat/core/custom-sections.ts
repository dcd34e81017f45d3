/** Custom sections from their annotations. */
import type { CoreSectionName } from '../../binary/core-sections.ts'
import { ByteWriter } from '../../binary/byte-writer.ts'
import type { CustomSectionSyntax } from '../../binary/core/module.ts'
import type { UnknownSubsection } from '../../binary/core/names.ts'
import type { TokenReader } from '../token-reader.ts'
import { takeDylink } from './dylink.ts'

/** Where a custom section stands. */
export type CustomPlace = 'first' | 'last' | { readonly before: boolean; readonly section: CoreSectionName }

export interface PlacedCustom {
  readonly place: CustomPlace
  readonly section: CustomSectionSyntax | NameSectionMark
}

/** Where the name section stands, and what it calls the module if not as its identifier does: `none` for nothing. */
export interface NameSectionMark {
  readonly kind: 'names'
  readonly module: 'as identified' | 'none' | { readonly name: string }
  /** Names of items that are not there, which linkers leave behind. */
  readonly stray: readonly StrayName[]
  /** Subsections that no identifiers stand for. */
  readonly others: readonly UnknownSubsection[]
}

export interface StrayName {
  readonly sort: 'func' | 'table' | 'memory' | 'global' | 'tag' | 'type' | 'elem' | 'data' | 'local' | 'field'
  /** Of a local its function, of a field its type. */
  readonly owner: number | undefined
  readonly index: number
  readonly name: string
}

/** Takes the annotation that the tokens stand at; undefined for one that is no custom section. */
export function takeCustom(tokens: TokenReader): PlacedCustom | undefined {
  const { lexer } = tokens
  switch (lexer.annotation) {
    case 'custom':
      lexer.next()
      return takeRaw(tokens)
    case 'producers':
      lexer.next()
      return { place: 'last', section: custom(tokens, 'producers', takeProducers(tokens)) }
    case 'dylink.0':
      lexer.next()
      return { place: 'first', section: custom(tokens, 'dylink.0', takeDylink(tokens)) }
    case 'names':
      lexer.next()
      return { place: 'last', section: takeMark(tokens) }
    default:
      return undefined
  }
}

function custom(tokens: TokenReader, name: string, bytes: Uint8Array): CustomSectionSyntax {
  tokens.leave()
  return { kind: 'custom', name, bytes }
}

/**
 *     (@names (none | "name")? ((sort index "name") | (local func index "name") | (field type index "name")
 *       | (subsection id string*))*)
 *
 * Other tools pass over it.
 */
function takeMark(tokens: TokenReader): NameSectionMark {
  const none = tokens.takes('none')
  const name = tokens.lexer.kind === 'string' ? tokens.takeText('a name') : undefined
  const stray: StrayName[] = []
  const others: UnknownSubsection[] = []
  while (!tokens.atEnd) {
    if (tokens.enters('subsection')) others.push(takeSubsection(tokens))
    else stray.push(takeStrayName(tokens))
  }
  tokens.leave()
  const module = name === undefined ? (none ? 'none' : 'as identified') : { name }
  return { kind: 'names', module, stray, others }
}

const straySorts = [
  'func',
  'table',
  'memory',
  'global',
  'tag',
  'type',
  'elem',
  'data',
  'local',
  'field',
] as const

function takeStrayName(tokens: TokenReader): StrayName {
  const sort =
    straySorts.find((keyword) => tokens.enters(keyword)) ?? tokens.expected('`(sort index "name")`')
  const owned = sort === 'local' || sort === 'field'
  const owner = owned ? tokens.takeIndex('the index of a function or type') : undefined
  const index = tokens.takeIndex('an index')
  const name = tokens.takeText('a name')
  tokens.leave()
  return { sort, owner, index, name }
}

function takeSubsection(tokens: TokenReader): UnknownSubsection {
  const { span } = tokens.lexer
  const id = tokens.takeIndex('the id of a subsection')
  if (id > 0xff) tokens.fail(`constant out of range: ${id} is no id of a subsection`, span)
  const bytes = takeStrings(tokens)
  tokens.leave()
  return { id, bytes }
}

/** `(@custom "name" place? string*)` */
function takeRaw(tokens: TokenReader): PlacedCustom {
  const name = tokens.takeText('the name of a custom section')
  const place = tokens.lexer.kind === '(' ? takePlace(tokens) : 'last'
  return { place, section: custom(tokens, name, takeStrings(tokens)) }
}

/** `string*`, up to the end of the list. */
function takeStrings(tokens: TokenReader): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter()
  while (!tokens.atEnd) writer.bytes(tokens.takeBytes('a string'))
  return writer.finish()
}

/** Names of sections in the text, where they are others than ours. */
const sectionNames: ReadonlyMap<string, CoreSectionName> = new Map([
  ['type', 'type'],
  ['import', 'import'],
  ['func', 'function'],
  ['table', 'table'],
  ['memory', 'memory'],
  ['global', 'global'],
  ['export', 'export'],
  ['start', 'start'],
  ['elem', 'element'],
  ['code', 'code'],
  ['data', 'data'],
  ['tag', 'tag'],
])

/** `(before first) | (after last) | (before section) | (after section)` */
function takePlace(tokens: TokenReader): CustomPlace {
  tokens.enter('a place')
  const before = tokens.takes('before')
  if (!before && !tokens.takes('after')) tokens.expected('`before` or `after`')
  const { span } = tokens.lexer
  const anchor = tokens.takeKeyword('a section')
  tokens.leave()
  if (before && anchor === 'first') return 'first'
  if (!before && anchor === 'last') return 'last'
  const section = sectionNames.get(anchor)
  if (section === undefined) tokens.fail(`unexpected token: \`${anchor}\` is no section`, span)
  return { before, section }
}

/** `(language "C" "11")`, `sdk` and `processed-by` likewise: any number, in any order */
function takeProducers(tokens: TokenReader): Uint8Array<ArrayBuffer> {
  const fields = new Map<string, (readonly [string, string])[]>([
    ['language', []],
    ['sdk', []],
    ['processed-by', []],
  ])
  while (!tokens.atEnd) {
    tokens.enter('a field of the producers')
    const values = fields.get(tokens.keyword ?? '') ?? tokens.expected('`language`, `sdk` or `processed-by`')
    tokens.lexer.next()
    values.push([tokens.takeText('a name'), tokens.takeText('a version')])
    tokens.leave()
  }
  return encodeProducers(fields)
}

/** `producers ::= vec(field:name vec(value:name version:name))`; fields without values are left out. */
export function encodeProducers(
  fields: ReadonlyMap<string, readonly (readonly [name: string, version: string])[]>,
): Uint8Array<ArrayBuffer> {
  const present = [...fields].filter(([, values]) => values.length > 0)
  return new ByteWriter()
    .vector(present, ([field, values], writer) => {
      writer.name(field).vector(values, ([name, version]) => writer.name(name).name(version))
    })
    .finish()
}
