import type { FunctionType } from '../component/extern-type.ts'
import { parseExternName } from '../component/names.ts'
import { escapeKeyword } from './keywords.ts'
import { printFunction, printSignature } from './print-function.ts'
import { interfacePath } from './package-name.ts'
import { printStructure, printType } from './print-type.ts'
import type { Definition, PrintedScope, Use } from './scope.ts'

/** Lines of WIT text; an empty one separates. */
export type Lines = string[]

export function indent(lines: Lines): Lines {
  return lines.map((line) => (line === '' ? line : `  ${line}`))
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
      lines.push(...before(scope, name), `${printMember(parts, type, scope)};`)
    } else {
      functions.push([
        ...before(scope, name),
        `${escapeKeyword(name)}: ${printFunction(type, scope.nameOf)};`,
      ])
    }
  }
  const types = scope.definitions.map((definition) =>
    printDefinition(definition, scope, members.get(definition.name) ?? []),
  )
  // Last: printing the others can find types that must be used from elsewhere.
  return { uses: printUses(scope, home), types: separate(types), functions }
}

/** A whole interface's body. */
export function printInterfaceBody(scope: PrintedScope, home: string): Lines {
  const { uses, types, functions } = printScope(scope, home)
  return separate([uses, types, separate(functions), printUnprintable(scope)])
}

/** Blocks with an empty line between them. */
export function separate(blocks: readonly Lines[]): Lines {
  const full = blocks.filter((block) => block.length > 0)
  return full.flatMap((block, index) => (index === 0 ? block : ['', ...block]))
}

export function printUnprintable(scope: PrintedScope): Lines {
  return scope.unprintable.map(([name, type]) => `// ${name}: ${describe(type.kind)}, which WIT cannot say`)
}

function describe(kind: string): string {
  return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind.replace('-', ' ')}`
}

function printUses(scope: PrintedScope, home: string): Lines {
  return Array.from(scope.uses, ([from, uses]) =>
    [...Map.groupBy(uses, (use) => use.before?.join('\n') ?? '').values()].flatMap((group) =>
      printUse(from, group, home),
    ),
  ).flat()
}

/** `uses` have the same gates. */
function printUse(from: string, uses: readonly Use[], home: string): Lines {
  const names = uses.map(({ name, local }) =>
    name === local ? escapeKeyword(name) : `${escapeKeyword(name)} as ${escapeKeyword(local)}`,
  )
  return [...(uses[0]!.before ?? []), `use ${interfacePath(from, home)}.{${names.join(', ')}};`]
}

function before(scope: PrintedScope, name: string): readonly string[] {
  return scope.before?.(name) ?? []
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
  return [...before(scope, definition.name), ...printBareDefinition(definition, scope, members)]
}

function printBareDefinition(
  { name, type, aliasOf }: Definition,
  scope: PrintedScope,
  members: Lines,
): Lines {
  const withDocs = (part: string, line: string): Lines => [...(scope.beforePart?.(name, part) ?? []), line]
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
  return [`${head} {`, ...indent(lines), '}']
}
