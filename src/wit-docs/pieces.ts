import type { FunctionType } from '../component/extern-type.ts'
import { parseExternName } from '../component/names.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import { escapeKeyword } from '../wit/keywords.ts'
import type { TypeDefinition, WitFunction } from '../wit/package.ts'
import type { ScopeNames } from './scope-names.ts'

/** A piece of WIT text: a text as it stands, a keyword, a built-in type, or the name of a definition, for a link. */
export type Piece =
  | string
  | { readonly kind: 'keyword' | 'built-in'; readonly text: string }
  /** `part`: it is a field, a case or a flag, of that name. */
  | { readonly kind: 'defined'; readonly text: string; readonly part?: string }
  | { readonly kind: 'name'; readonly text: string; readonly definition: TypeDefinition }

/** Lines longer than this have their parameters one below the other. */
const widestLine = 76

/** How many types are shown of one that has no name, parts of parts included. */
const mostParts = 2_000

export function keyword(text: string): Piece {
  return { kind: 'keyword', text }
}

/** The name that the text defines. */
function defined(name: string): Piece {
  return { kind: 'defined', text: escapeKeyword(name) }
}

function definedPart(name: string): Piece {
  return { kind: 'defined', text: escapeKeyword(name), part: name }
}

/** `name: async func(a: u32) -> t;`, members of resources as they stand in these. */
export function functionPieces({ name, type }: WitFunction, names: ScopeNames): Piece[] {
  const parts = parseExternName(name)
  if (parts.kind === 'constructor') {
    // One that can fail says so: its result is not the bare resource.
    const result = type.result?.kind === 'own' ? undefined : type.result
    return signature([keyword('constructor')], { parameters: type.parameters, result }, names)
  }
  const isMember = parts.kind === 'method' || parts.kind === 'static'
  const label = isMember ? parts.label : name
  const head: Piece[] = [defined(label), ': ']
  if (parts.kind === 'static') head.push(keyword('static'), ' ')
  if (type.async) head.push(keyword('async'), ' ')
  head.push(keyword('func'))
  const parameters = parts.kind === 'method' ? type.parameters.slice(1) : type.parameters
  return signature(head, { parameters, result: type.result }, names)
}

function signature(
  head: readonly Piece[],
  { parameters, result }: Pick<FunctionType, 'parameters' | 'result'>,
  names: ScopeNames,
): Piece[] {
  const fields = parameters.map((one): Piece[] => [
    `${escapeKeyword(one.name)}: `,
    ...typePieces(one.type, names),
  ])
  const end: Piece[] = result === undefined ? [';'] : [' -> ', ...typePieces(result, names), ';']
  const short = [...head, '(', ...separated(fields, ', '), ')', ...end]
  if (fields.length === 0 || widthOf(short) <= widestLine) return short
  const lines = fields.flatMap((field): Piece[] => ['\n  ', ...field, ','])
  return [...head, '(', ...lines, '\n)', ...end]
}

/** A definition, as far as its text goes; a resource without its functions. */
export function definitionPieces(definition: TypeDefinition, names: ScopeNames): Piece[] {
  const { name, type, aliasOf } = definition
  if (aliasOf !== undefined)
    return [
      keyword('type'),
      ' ',
      defined(name),
      ' = ',
      { kind: 'name', text: aliasOf.name, definition: aliasOf },
      ';',
    ]
  switch (type.kind) {
    case 'resource':
      return [keyword('resource'), ' ', defined(name), ';']
    case 'record':
    case 'variant':
    case 'enum':
    case 'flags':
      return [
        keyword(type.kind),
        ' ',
        defined(name),
        ' {',
        ...partPieces(definition, names).flatMap((part): Piece[] => ['\n  ', ...part.pieces, ',']),
        '\n}',
      ]
    case 'own':
      // Without the keyword it would be another name for the resource itself.
      return [
        keyword('type'),
        ' ',
        defined(name),
        ' = ',
        builtIn('own'),
        '<',
        ...resource(type.resource, names.of(type.resource)),
        '>;',
      ]
    default:
      return [keyword('type'), ' ', defined(name), ' = ', ...structure(type, names), ';']
  }
}

/** The fields, cases or flags of a definition. */
export function partPieces(
  { type }: TypeDefinition,
  names: ScopeNames,
): { readonly name: string; readonly pieces: readonly Piece[] }[] {
  switch (type.kind) {
    case 'record':
      return type.fields.map((field) => ({
        name: field.name,
        pieces: [definedPart(field.name), ': ', ...typePieces(field.type, names)],
      }))
    case 'variant':
      return type.cases.map((one) => ({
        name: one.name,
        pieces: [definedPart(one.name), ...(one.type ? ['(', ...typePieces(one.type, names), ')'] : [])],
      }))
    case 'enum':
    case 'flags':
      return type.names.map((name) => ({ name, pieces: [definedPart(name)] }))
    default:
      return []
  }
}

/** Types without names can share their parts, and then be far larger than what is read of them: `room` is for so many. */
function typePieces(type: ValueType, names: ScopeNames, room = { left: mostParts }): Piece[] {
  if (room.left-- <= 0) return ['…']
  const definition = names.of(type)
  return definition === undefined ? structure(type, names, room) : [nameOf(definition)]
}

function nameOf(definition: TypeDefinition): Piece {
  return { kind: 'name', text: escapeKeyword(definition.name), definition }
}

function structure(type: ValueType, names: ScopeNames, room = { left: mostParts }): Piece[] {
  const pieces = (part: ValueType): Piece[] => typePieces(part, names, room)
  switch (type.kind) {
    case 'list':
      return generic('list', [
        pieces(type.element),
        ...(type.length === undefined ? [] : [[`${type.length}`]]),
      ])
    case 'option':
      return generic('option', [pieces(type.type)])
    case 'tuple':
      return generic('tuple', type.types.map(pieces))
    case 'map':
      return generic('map', [pieces(type.key), pieces(type.value)])
    case 'stream':
    case 'future':
      return generic(type.kind, type.element ? [pieces(type.element)] : [])
    case 'result': {
      const ok = type.ok ? pieces(type.ok) : undefined
      if (type.error === undefined) return generic('result', ok ? [ok] : [])
      return generic('result', [ok ?? ['_'], pieces(type.error)])
    }
    case 'own':
      return resource(type.resource, names.of(type.resource))
    case 'borrow':
      return generic('borrow', [resource(type.resource, names.ofBorrowed(type))])
    case 'record':
      return inBraces(
        'record',
        type.fields.map((field) => [`${escapeKeyword(field.name)}: `, ...pieces(field.type)]),
      )
    case 'variant':
      return inBraces(
        'variant',
        type.cases.map((one) => [
          escapeKeyword(one.name),
          ...(one.type ? ['(', ...pieces(one.type), ')'] : []),
        ]),
      )
    case 'enum':
    case 'flags':
      return inBraces(
        type.kind,
        type.names.map((name) => [escapeKeyword(name)]),
      )
    default:
      return [builtIn(type.kind)]
  }
}

function builtIn(text: string): Piece {
  return { kind: 'built-in', text }
}

function generic(name: string, parts: readonly (readonly Piece[])[]): Piece[] {
  return parts.length === 0 ? [builtIn(name)] : [builtIn(name), '<', ...separated(parts, ', '), '>']
}

/** No WIT: components can have such types without a name. */
function inBraces(name: string, parts: readonly (readonly Piece[])[]): Piece[] {
  return [keyword(name), ' { ', ...separated(parts, ', '), ' }']
}

function resource(type: ResourceType, definition: TypeDefinition | undefined): Piece[] {
  return definition === undefined ? [escapeKeyword(type.name ?? 'resource')] : [nameOf(definition)]
}

function separated(parts: readonly (readonly Piece[])[], separator: string): Piece[] {
  return parts.flatMap((part, index): readonly Piece[] => (index === 0 ? part : [separator, ...part]))
}

function widthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? piece : piece.text).length, 0)
}
