import type { Span } from '../diagnostics/span.ts'
import { printPackageName } from '../wit/package.ts'
import type {
  Annotations,
  Attribute,
  ExternSyntax,
  FileSyntax,
  FunctionSyntax,
  FunctionTypeSyntax,
  Identifier,
  InterfaceBody,
  InterfaceSyntax,
  PackageDeclaration,
  ResourceDefinitionSyntax,
  TopLevelItem,
  TypeDefinitionSyntax,
  WorldSyntax,
} from '../wit/syntax.ts'

export type DefinitionKind =
  | 'package'
  | 'interface'
  | 'world'
  | 'import'
  | 'let'
  | 'export'
  | 'function'
  | 'method'
  | 'static'
  | 'constructor'
  | 'type'
  | 'record'
  | 'variant'
  | 'enum'
  | 'flags'
  | 'resource'
  | 'function type'
  | 'field'
  | 'case'
  | 'flag'

/** What a text defines, and where it says its name. */
export interface Definition {
  readonly kind: DefinitionKind
  readonly name: string
  readonly span: Span
  readonly docs: string | undefined
  readonly attributes: readonly Attribute[]
  /** In the order of the text. */
  readonly children: readonly Definition[]
}

/** All that a file defines. */
export function definitionsIn({ declaration, items, packages }: FileSyntax): Definition[] {
  const own = declaration === undefined ? [] : [packageDefinition(declaration, [])]
  const nested = packages.map((one) => packageDefinition(one.declaration, inPackage(one.items)))
  return inOrder([...own, ...inPackage(items), ...nested])
}

function packageDefinition({ name, docs }: PackageDeclaration, children: readonly Definition[]): Definition {
  return { kind: 'package', name: printPackageName(name), span: name, docs, attributes: [], children }
}

function inPackage(items: readonly TopLevelItem[]): Definition[] {
  return items.flatMap((item) => {
    if (item.kind === 'use') return []
    const children = item.kind === 'interface' ? inBody(item.body) : inWorld(item)
    return [define(item.kind, item.name, item, children)]
  })
}

function inBody({ types, functions, functionTypes }: InterfaceBody): Definition[] {
  const free = functions.flatMap((each) => (each.kind === 'function' ? [ofFunction(each)] : []))
  const signatures = functionTypes.map((each) => define('function type', each.name, each, []))
  return inOrder([...types.map(ofType), ...free, ...signatures])
}

function inWorld({ types, items, functionTypes }: WorldSyntax): Definition[] {
  const externs = items.flatMap((each) => (each.kind === 'extern' ? ofExtern(each) : []))
  const signatures = functionTypes.map((each) => define('function type', each.name, each, []))
  return inOrder([...types.map(ofType), ...externs, ...signatures])
}

/** An import of an interface under its own name defines nothing. */
function ofExtern(syntax: ExternSyntax): Definition[] {
  const { direction, label, type } = syntax
  if (label === undefined) return []
  return [define(direction, label, syntax, type.kind === 'interface' ? inBody(type.body) : [])]
}

/** An interface, a world or a type of a WAC text. */
export function definitionsOf(
  syntax: InterfaceSyntax | WorldSyntax | TypeDefinitionSyntax | FunctionTypeSyntax,
): Definition[] {
  if (syntax.kind === 'interface' || syntax.kind === 'world') return inPackage([syntax])
  return [syntax.kind === 'function-type' ? define('function type', syntax.name, syntax, []) : ofType(syntax)]
}

function ofFunction(syntax: FunctionSyntax): Definition {
  return define('function', syntax.name, syntax, [])
}

function ofType(syntax: TypeDefinitionSyntax): Definition {
  if (syntax.kind === 'alias') return define('type', syntax.name, syntax, [])
  if (syntax.kind === 'resource') return define('resource', syntax.name, syntax, membersOf(syntax))
  const [kind, parts] =
    syntax.kind === 'record'
      ? (['field', syntax.fields] as const)
      : ([syntax.kind === 'flags' ? 'flag' : 'case', syntax.cases] as const)
  const children = parts.map(({ name, docs }) => define(kind, name, { docs, attributes: [] }, []))
  return define(syntax.kind, syntax.name, syntax, children)
}

function membersOf({ functions }: ResourceDefinitionSyntax): Definition[] {
  return functions.map((each) => define(each.role, each.name, each, []))
}

export function define(
  kind: DefinitionKind,
  { name, start, end }: Identifier,
  { docs, attributes }: Annotations,
  children: readonly Definition[],
): Definition {
  return { kind, name, span: { start, end }, docs, attributes, children }
}

function inOrder(definitions: readonly Definition[]): Definition[] {
  return definitions.toSorted((a, b) => a.span.start - b.span.start)
}
