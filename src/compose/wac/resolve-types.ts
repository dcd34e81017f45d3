import type { FunctionType, TypeExtern } from '../../component/extern-type.ts'
import type { ValueType } from '../../component/value-type.ts'
import type { Span } from '../../diagnostics/span.ts'
import { completeWorld } from '../../wit/complete-world.ts'
import type { Gates } from '../../wit/gates.ts'
import type { PackageName, TypeDefinition, WitWorld } from '../../wit/package.ts'
import { DefinitionResolver } from '../../wit/resolve-definitions.ts'
import { FunctionResolver } from '../../wit/resolve-function.ts'
import { type ResolveContext, resolveInterface } from '../../wit/resolve-interface.ts'
import { resolveWorld } from '../../wit/resolve-world.ts'
import type { ResolvedInterface, ResolvedWorld } from '../../wit/resolved-item.ts'
import type {
  FunctionTypeSyntax,
  Identifier,
  InterfaceBody,
  InterfaceSyntax,
  SignatureSyntax,
  TypeDefinitionSyntax,
  UsePath,
  WorldSyntax,
} from '../../wit/syntax.ts'
import type { Document } from './document.ts'
import type { Item } from './item.ts'
import { namedTypeIn } from './named-types.ts'
import type { PathResolver } from './resolve-path.ts'
import { refuseClashesInInterface, refuseClashesInWorld } from './refuse-clashes.ts'
import { RootScope } from './root-scope.ts'

/** The types of a document: those of its own, and those in what it imports. */
export class TypeResolver {
  readonly #document: Document
  readonly #paths: PathResolver
  readonly #context: ResolveContext & { readonly functionTypes: Map<string, FunctionType> }
  readonly #scope: RootScope
  readonly #definitions: DefinitionResolver
  readonly #functions: FunctionResolver
  readonly #externs = new Map<TypeDefinition, TypeExtern>()

  constructor(document: Document, paths: PathResolver, home: PackageName, gates: Gates) {
    this.#document = document
    this.#paths = paths
    const { problems, references } = document
    this.#context = { package: home, gates, problems, references, functionTypes: new Map() }
    this.#scope = new RootScope(document)
    this.#definitions = new DefinitionResolver(this.#scope, rootOf(home), gates)
    this.#functions = new FunctionResolver(this.#scope, home, gates)
  }

  interface(syntax: InterfaceSyntax): ResolvedInterface {
    return this.#interface(syntax.name, syntax.body, syntax)
  }

  /** One that is written where it is imported. */
  inlineInterface(at: Identifier, body: InterfaceBody): ResolvedInterface {
    return this.#interface(undefined, body, { docs: undefined, attributes: [], name: at })
  }

  #interface(
    name: Identifier | undefined,
    body: InterfaceBody,
    { docs, attributes, name: at }: Pick<InterfaceSyntax, 'docs' | 'attributes' | 'name'>,
  ): ResolvedInterface {
    const section = { source: this.#document.source, items: [] }
    const syntax = { docs, attributes, body, name: name?.name, at }
    const made = resolveInterface(this.#context, section, syntax, (path) => this.#lookUpInterface(path))
    refuseClashesInInterface(made.model, this.#document.problems)
    return made
  }

  world(syntax: WorldSyntax): ResolvedWorld {
    const section = { source: this.#document.source, items: [] }
    const made = resolveWorld(this.#context, section, syntax, (path) => this.#lookUpInterface(path))
    completeWorld(made, syntax, this.#context, section.source, (path) => this.#lookUpWorld(path))
    refuseClashesInWorld(made.model, this.#document.problems)
    this.#refuseTypesAround(syntax)
    return made
  }

  /** A world has all types that its functions mention: it can have a function type of the document only if that needs none. */
  #refuseTypesAround({ items, functionTypes }: WorldSyntax): void {
    const own = new Set(functionTypes.map(({ name }) => name.name))
    for (const each of items) {
      if (each.kind !== 'extern' || each.type.kind !== 'path' || each.type.path.package) continue
      const { name } = each.type.path
      const type = own.has(name.name) ? undefined : this.#context.functionTypes.get(name.name)
      const found = type && namedTypeIn(type)
      if (found === undefined) continue
      this.#report(name, `\`${name.name}\` mentions ${this.nameOf(found)}, which is no type of the world`, [
        'define the function type in the world, with what it mentions, or use that from an interface',
      ])
    }
  }

  /** What a statement `type …`, `record …` and the like defines; undefined where a gate leaves it out. */
  define(syntax: TypeDefinitionSyntax | FunctionTypeSyntax): Item | undefined {
    if (syntax.kind === 'function-type') return this.#defineSignature(syntax.name, syntax.signature)
    const renamed = this.#renamedSignature(syntax)
    if (renamed !== undefined) return this.#defineSignature(syntax.name, renamed)
    const before = this.#document.problems.count
    if (this.#document.names.has(syntax.name.name)) {
      this.#check(syntax)
      return undefined
    }
    this.#definitions.define([], [syntax])
    const found = this.#scope.names.get(syntax.name.name)
    if (found?.kind !== 'type' || this.#document.problems.count > before) return undefined
    const { definition } = found
    return { kind: 'type', definition, node: this.#add(syntax.name, this.#extern(definition)) }
  }

  /** Looks for problems in what is defined under a name that is taken, which is a problem by itself. */
  #check(syntax: TypeDefinitionSyntax): void {
    const name = '%taken'
    this.#definitions.define([], [{ ...syntax, name: { ...syntax.name, name } }])
    this.#scope.names.delete(name)
  }

  #defineSignature(id: Identifier, signature: SignatureSyntax): Item {
    const type = this.signature(id, signature)
    this.#context.functionTypes.set(id.name, type)
    return { kind: 'function-type', type, node: this.#add(id, { kind: 'type', bound: 'eq', type }) }
  }

  /** Of a definition that gives a function type another name. */
  #renamedSignature(syntax: TypeDefinitionSyntax): SignatureSyntax | undefined {
    if (syntax.kind !== 'alias' || syntax.type.kind !== 'name') return undefined
    const { name, start, end } = syntax.type
    if (!this.functionTypeNamed(name)) return undefined
    const reference = { name, start, end }
    return { async: false, parameters: [], result: undefined, reference }
  }

  /** The function type that a name stands for: that of a function, too. */
  functionTypeNamed(name: string): FunctionType | undefined {
    const item = this.#document.names.get(name)?.item
    if (item?.kind === 'function-type') return item.type
    if (item?.kind !== 'node') return undefined
    const type = this.#document.composition.typeOf(item.node)
    return type.kind === 'function' ? type : undefined
  }

  /** `the record \`point\``, of a type that the document defines. */
  nameOf(type: ValueType): string | undefined {
    const found = [...this.#externs.keys()].find((definition) => definition.type === type)
    return found && `the ${type.kind} \`${found.name}\``
  }

  /** @throws {Unreadable} */
  signature(name: Identifier, signature: SignatureSyntax): FunctionType {
    if (signature.reference !== undefined) {
      const known = this.functionTypeNamed(signature.reference.name)
      if (known !== undefined) return known
    }
    const before = this.#document.problems.count
    const made = this.#functions.function({ name, signature, docs: undefined, attributes: [] })
    if (made === undefined || this.#document.problems.count > before) return this.#document.stop()
    return made.type
  }

  #add({ name, ...span }: Identifier, type: TypeExtern): Extract<Item, { kind: 'type' }>['node'] {
    return this.#document.defineType(name, span, type)
  }

  #extern(definition: TypeDefinition): TypeExtern {
    const { type, aliasOf } = definition
    const made: TypeExtern = {
      kind: 'type',
      bound: 'eq',
      type,
      aliasOf: aliasOf && this.#externs.get(aliasOf),
    }
    this.#externs.set(definition, made)
    return made
  }

  #lookUpInterface(path: UsePath): ResolvedInterface | undefined {
    const found = this.#document.attempt(() => this.#paths.usePath(path))
    if (found === undefined || found.kind === 'interface') return found?.resolved
    this.#report(path.name, `\`${path.name.name}\` (${this.#document.describe(found)}) is not an interface`)
    return undefined
  }

  #lookUpWorld(path: UsePath): ResolvedWorld | undefined {
    const found = this.#document.attempt(() => this.#paths.usePath(path))
    if (found === undefined || found.kind === 'world') return found?.resolved
    this.#report(path.name, `\`${path.name.name}\` (${this.#document.describe(found)}) is not a world`)
    return undefined
  }

  #report(span: Span, message: string, notes: readonly string[] = []): void {
    this.#document.report(span, message, { notes })
  }
}

/** Types of a document have an owner, as those of a world do. */
function rootOf(home: PackageName): WitWorld {
  const parts = { docs: undefined, stability: undefined, imports: new Map(), exports: new Map() }
  return { kind: 'world', name: 'root', package: home, ...parts }
}
