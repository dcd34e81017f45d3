import type { FunctionType } from '../component/extern-type.ts'
import { excludedBy } from './excluded.ts'
import type { Gates } from './gates.ts'
import { nameInPackage, type WitWorld, type WorldItem } from './package.ts'
import type { Section } from './package-sources.ts'
import type { Place } from './problems.ts'
import { DefinitionResolver } from './resolve-definitions.ts'
import { FunctionResolver } from './resolve-function.ts'
import {
  defineFunctionTypes,
  defineTypes,
  type InterfaceLookup,
  type ResolveContext,
  resolveInterface,
  typesOf,
  withFunctionTypes,
} from './resolve-interface.ts'
import type { ResolvedWorld, WorldItems } from './resolved-item.ts'
import type { ExternSyntax, Identifier, UsePath, WorldSyntax } from './syntax.ts'
import { TypeScope } from './type-scope.ts'

/** What a world says itself: without what it includes, and what its interfaces need. */
export function resolveWorld(
  context: ResolveContext,
  section: Section,
  syntax: WorldSyntax,
  lookUp: InterfaceLookup,
): ResolvedWorld {
  return new WorldResolver(context, section, lookUp).resolve(syntax)
}

class WorldResolver {
  readonly #context: ResolveContext
  readonly #section: Section
  readonly #lookUp: InterfaceLookup
  readonly #scope: TypeScope
  readonly #gates: Gates
  readonly #items: { readonly import: WorldItems; readonly export: WorldItems } = {
    import: new Map(),
    export: new Map(),
  }

  constructor(context: ResolveContext, section: Section, lookUp: InterfaceLookup) {
    this.#context = context
    this.#section = section
    this.#lookUp = lookUp
    this.#gates = context.gates
    this.#scope = new TypeScope(section.source, context.problems, context.references)
  }

  resolve(syntax: WorldSyntax): ResolvedWorld {
    const place = this.#scope.place(syntax.name)
    const stability = this.#gates.stability(this.#section.source, syntax.attributes)
    const excluded = !this.#gates.includes(stability, this.#context.package, place)
    this.#context.references?.addScope(place, this.#scope.names)
    const imports = new Map<string, WorldItem>()
    const exports = new Map<string, WorldItem>()
    const { docs } = syntax
    const own = { package: this.#context.package, imports, exports, docs, stability, place }
    const model: WitWorld = { kind: 'world', name: syntax.name.name, ...own }
    this.#addItems(withFunctionTypes(syntax), model)
    const items = { imports: this.#items.import, exports: this.#items.export }
    return { kind: 'world', model, finished: { imports, exports }, place, excluded, ...items }
  }

  #addItems(syntax: WorldSyntax, model: WitWorld): void {
    const definitions = new DefinitionResolver(this.#scope, model, this.#gates)
    defineTypes(definitions, syntax, this.#lookUp)
    for (const [name, { definition, place }] of typesOf(this.#scope.names)) {
      this.#items.import.set(name, { item: definition, place })
    }
    const functions = new FunctionResolver(this.#scope, this.#context.package, this.#gates)
    defineFunctionTypes(this.#scope, functions, syntax.functionTypes)
    for (const each of syntax.items) {
      if (each.kind === 'extern') this.#addExtern(each, functions, definitions)
      else
        for (const item of functions.functionsOf(each)) {
          this.#items.import.set(item.name, { item, place: this.#scope.place(each.name) })
        }
    }
  }

  #addExtern(syntax: ExternSyntax, functions: FunctionResolver, definitions: DefinitionResolver): void {
    const { type, label } = syntax
    if (type.kind === 'path') {
      this.#addPath(syntax, type.path.name, definitions)
      return
    }
    const at = label!
    const place = this.#scope.place(at)
    if (type.kind === 'function') {
      const item = functions.function({ ...syntax, name: at, signature: type.signature })
      if (item !== undefined) this.#add(syntax, at.name, item, place)
      return
    }
    const { docs, attributes } = syntax
    const { body } = type
    const made = resolveInterface(
      this.#context,
      this.#section,
      { docs, attributes, body, name: undefined, at },
      this.#lookUp,
    )
    if (made.excluded) return
    const { stability } = made.model
    const externalId = this.#gates.externalId(this.#section.source, attributes)
    const item = { kind: 'interface', label: at.name, interface: made.model, externalId, stability } as const
    this.#add(syntax, at.name, { ...item, docs: undefined, place }, place)
  }

  #addPath(syntax: ExternSyntax, name: Identifier, definitions: DefinitionResolver): void {
    if (syntax.type.kind !== 'path') return
    const { source } = this.#section
    const { docs, label } = syntax
    const place = this.#scope.place(label ?? name)
    const stability = this.#gates.stability(source, syntax.attributes)
    const externalId = this.#gates.externalId(source, syntax.attributes)
    if (!this.#gates.includes(stability, this.#context.package, place)) return
    const functionType = label && this.#functionType(syntax.type.path)
    if (functionType !== undefined) {
      const own = { name: label!.name, type: functionType, docs, stability, externalId, place }
      this.#add(syntax, label!.name, { kind: 'function', ...own }, place)
      return
    }
    const found = this.#lookUp(syntax.type.path)
    if (found === undefined) return
    if (found.excluded) {
      definitions.refuseExcluded(place.span, excludedBy(found.model.stability, found.place), 'an interface')
      return
    }
    const { model } = found
    const key = label?.name ?? nameInPackage(model.package, model.name!)
    const item = {
      kind: 'interface',
      label: label?.name,
      interface: model,
      docs,
      stability,
      externalId,
      place,
    } as const
    this.#add(syntax, key, item, place)
  }

  /** WAC: a name in the place of a function's type. */
  #functionType({ package: home, name }: UsePath): FunctionType | undefined {
    if (home !== undefined) return undefined
    const found = this.#scope.names.get(name.name)
    return found?.kind === 'function-type' ? found.type : this.#context.functionTypes?.get(name.name)
  }

  #add({ direction }: ExternSyntax, key: string, item: WorldItem, place: Place): void {
    const items = this.#items[direction]
    const other = items.get(key)
    if (other === undefined) {
      items.set(key, { item, place })
      return
    }
    const isNamed = item.kind === 'interface' && item.label === undefined
    const message = isNamed
      ? `interface cannot be ${direction}ed more than once`
      : `${direction} \`${key}\` conflicts with prior ${wordFor(other.item)} of same name`
    this.#context.problems.report(place, message, {
      related: [{ ...other.place, text: `first ${direction}ed here` }],
    })
  }
}

function wordFor({ kind }: WorldItem): string {
  return kind === 'function' ? 'func' : kind
}
