import type { FunctionType } from '../component/extern-type.ts'
import { parseExternName } from '../component/names.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import { escapeKeyword } from './keywords.ts'
import { printFunction, printSignature } from './print-function.ts'
import { interfacePath } from './package-name.ts'
import { printStructure, printType, type TypeNames } from './print-type.ts'

/** Lines of WIT text; an empty one separates. */
export type Lines = string[]

export function indent(lines: Lines): Lines {
  return lines.map((line) => (line === '' ? line : `  ${line}`))
}

/** `use interface.{name as local}`. */
export interface Use {
  /** The lending interface's name. */
  readonly from: string
  readonly name: string
  readonly local: string
  /** Lines that stand before it: gates. */
  readonly before: readonly string[]
}

/** A type that a scope defines, or another name for one that it knows. */
export interface Definition {
  readonly name: string
  readonly type: ValueType | ResourceType
  readonly aliasOf: string | undefined
}

/** What is printed between the braces of an interface or a world. */
export interface PrintedScope {
  readonly definitions: readonly Definition[]
  readonly functions: ReadonlyMap<string, FunctionType>
  readonly uses: readonly Use[]
  readonly nameOf: TypeNames
  /** The lines before a type or a function, by extern name: docs and gates. */
  before(name: string): readonly string[]
  /** The lines before a part of a type. */
  beforePart(type: string, part: string): readonly string[]
}

/** The parts of a scope in the order in which people read them. */
export interface ScopeText {
  readonly uses: Lines
  readonly types: Lines
  /** Each with the lines before it; without the members of resources. */
  readonly functions: readonly Lines[]
}

/** `home` is the package that the text stands in: interfaces of it are named without it. */
export function printScope(scope: PrintedScope, home: string): ScopeText {
  const members = new Map<string, Lines>()
  const functions: Lines[] = []
  for (const [name, type] of scope.functions) {
    const parts = parseExternName(name)
    if (parts.kind === 'constructor' || parts.kind === 'method' || parts.kind === 'static') {
      const lines = members.get(parts.resource) ?? []
      members.set(parts.resource, lines)
      lines.push(...scope.before(name), `${printMember(parts, type, scope)};`)
    } else {
      functions.push([...scope.before(name), `${escapeKeyword(name)}: ${printFunction(type, scope.nameOf)};`])
    }
  }
  const types = scope.definitions.map((definition) =>
    printDefinition(definition, scope, members.get(definition.name) ?? []),
  )
  return { uses: printUses(scope, home), types: separate(types), functions }
}

/** A whole interface's body. */
export function printInterfaceBody(scope: PrintedScope, home: string): Lines {
  const { uses, types, functions } = printScope(scope, home)
  return separate([uses, types, separate(functions)])
}

/** Blocks with an empty line between them. */
export function separate(blocks: readonly Lines[]): Lines {
  const full = blocks.filter((block) => block.length > 0)
  return full.flatMap((block, index) => (index === 0 ? block : ['', ...block]))
}

/** In their order, on which binary forms depend: those that follow each other from one interface are one `use`. */
function printUses({ uses }: PrintedScope, home: string): Lines {
  const groups: Use[][] = []
  for (const use of uses) {
    const last = groups.at(-1)
    if (last !== undefined && areTogether(last[0]!, use)) last.push(use)
    else groups.push([use])
  }
  return groups.flatMap((group) => printUse(group, home))
}

function areTogether(a: Use, b: Use): boolean {
  return a.from === b.from && a.before.join('\n') === b.before.join('\n')
}

function printUse(uses: readonly Use[], home: string): Lines {
  const names = uses.map(({ name, local }) =>
    name === local ? escapeKeyword(name) : `${escapeKeyword(name)} as ${escapeKeyword(local)}`,
  )
  const { from, before } = uses[0]!
  return [...before, `use ${interfacePath(from, home)}.{${names.join(', ')}};`]
}

/** A constructor gives its resource, a method takes it as `self`: neither is written. */
function printMember(
  parts: { readonly kind: 'constructor' } | { readonly kind: 'method' | 'static'; readonly label: string },
  type: FunctionType,
  scope: PrintedScope,
): string {
  if (parts.kind === 'constructor') {
    // A constructor that can fail says so: its result is not the bare resource.
    const result = type.result?.kind === 'own' ? undefined : type.result
    return `constructor${printSignature({ parameters: type.parameters, result }, scope.nameOf)}`
  }
  const name = escapeKeyword(parts.label)
  if (parts.kind === 'static') {
    const keywords = type.async ? 'static async func' : 'static func'
    return `${name}: ${keywords}${printSignature(type, scope.nameOf)}`
  }
  return `${name}: ${printFunction({ ...type, parameters: type.parameters.slice(1) }, scope.nameOf)}`
}

function printDefinition(definition: Definition, scope: PrintedScope, members: Lines): Lines {
  return [...scope.before(definition.name), ...printBareDefinition(definition, scope, members)]
}

function printBareDefinition(
  { name, type, aliasOf }: Definition,
  scope: PrintedScope,
  members: Lines,
): Lines {
  const withDocs = (part: string, line: string): Lines => [...scope.beforePart(name, part), line]
  const escaped = escapeKeyword(name)
  const print = (part: Parameters<typeof printType>[0]) => printType(part, scope.nameOf)
  if (aliasOf !== undefined) return [`type ${escaped} = ${escapeKeyword(aliasOf)};`]
  switch (type.kind) {
    case 'resource':
      return members.length === 0 ? [`resource ${escaped};`] : block(`resource ${escaped}`, members)
    case 'record':
      return block(
        `record ${escaped}`,
        type.fields.flatMap((field) =>
          withDocs(field.name, `${escapeKeyword(field.name)}: ${print(field.type)},`),
        ),
      )
    case 'variant':
      return block(
        `variant ${escaped}`,
        type.cases.flatMap((one) =>
          withDocs(one.name, `${escapeKeyword(one.name)}${one.type ? `(${print(one.type)})` : ''},`),
        ),
      )
    case 'enum':
    case 'flags':
      return block(
        `${type.kind} ${escaped}`,
        type.names.flatMap((label) => withDocs(label, `${escapeKeyword(label)},`)),
      )
    case 'own':
      // Without the keyword it would be another name for the resource itself.
      return [`type ${escaped} = own<${printStructure(type, scope.nameOf)}>;`]
    default:
      return [`type ${escaped} = ${printStructure(type, scope.nameOf)};`]
  }
}

export function block(head: string, lines: Lines): Lines {
  return lines.length === 0 ? [`${head} {}`] : [`${head} {`, ...indent(lines), '}']
}
