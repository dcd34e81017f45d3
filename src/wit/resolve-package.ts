import { completeWorld } from './complete-world.ts'
import type { Gates } from './gates.ts'
import { printPackageName, type WitInterface, type WitPackage, type WitWorld } from './package.ts'
import type { PackageSource, Section } from './package-sources.ts'
import { pathsIn } from './paths.ts'
import type { Place, Problems } from './problems.ts'
import type { References } from './references.ts'
import { type ResolveContext, resolveInterface } from './resolve-interface.ts'
import { resolveWorld } from './resolve-world.ts'
import type { ResolvedInterface, ResolvedItem, ResolvedWorld } from './resolved-item.ts'
import type { Span } from '../diagnostics/span.ts'
import type {
  Identifier,
  InterfaceSyntax,
  PackageNameSyntax,
  TopLevelUse,
  UsePath,
  WorldSyntax,
} from './syntax.ts'
import { type Edge, topologicalOrder } from './topological-order.ts'

/** A package whose names are looked up, for those that need it. */
export interface ResolvedPackage {
  readonly model: WitPackage
  readonly items: ReadonlyMap<string, ResolvedItem>
}

/** Packages by their names. */
export type KnownPackages = Pick<ReadonlyMap<string, ResolvedPackage>, 'get'>

/** @param packages all that this one needs; what is missing there was reported */
export function resolvePackage(
  source: PackageSource,
  packages: KnownPackages,
  gates: Gates,
  problems: Problems,
  references?: References,
): ResolvedPackage {
  return new PackageResolver(source, packages, gates, problems, references).resolve()
}

interface Declared {
  readonly syntax: InterfaceSyntax | WorldSyntax
  readonly section: Section
}

class PackageResolver {
  readonly #source: PackageSource
  readonly #packages: KnownPackages
  readonly #context: ResolveContext
  readonly #declared = new Map<string, Declared>()
  /** What top-level `use`s of each file name. */
  readonly #used = new Map<Section, Map<string, TopLevelUse>>()
  readonly #items = new Map<string, ResolvedItem>()

  constructor(
    source: PackageSource,
    packages: KnownPackages,
    gates: Gates,
    problems: Problems,
    references: References | undefined,
  ) {
    this.#source = source
    this.#packages = packages
    this.#context = { package: source.name, gates, problems, references }
  }

  resolve(): ResolvedPackage {
    this.#declare()
    const interfaces = new Map<string, WitInterface>()
    const worlds = new Map<string, WitWorld>()
    const order = this.#order()
    for (const { syntax, section } of order) {
      if (syntax.kind === 'interface') this.#resolveInterface(syntax, section, interfaces)
    }
    for (const { syntax, section } of order) {
      if (syntax.kind === 'world') this.#resolveWorld(syntax, section, worlds)
    }
    const { name, docs, place } = this.#source
    return { model: { name, docs, place, interfaces, worlds }, items: this.#items }
  }

  #resolveInterface(syntax: InterfaceSyntax, section: Section, into: Map<string, WitInterface>): void {
    const { name, ...rest } = syntax
    const written = { ...rest, name: name.name, at: name }
    const made = resolveInterface(this.#context, section, written, (path) => this.#interface(path, section))
    this.#items.set(name.name, made)
    if (!made.excluded) into.set(name.name, made.model)
  }

  #resolveWorld(syntax: WorldSyntax, section: Section, into: Map<string, WitWorld>): void {
    const { name } = syntax
    const made = resolveWorld(this.#context, section, syntax, (path) => this.#interface(path, section))
    this.#items.set(name.name, made)
    completeWorld(made, syntax, this.#context, section.source, (path) => this.#world(path, section))
    if (!made.excluded) into.set(name.name, made.model)
  }

  #declare(): void {
    for (const section of this.#source.sections) {
      for (const item of section.items) {
        if (item.kind === 'use') continue
        const other = this.#declared.get(item.name.name)
        if (other === undefined) this.#declared.set(item.name.name, { syntax: item, section })
        else this.#clash(item.name, section, `duplicate item named \`${item.name.name}\``, placeOf(other))
      }
    }
    for (const section of this.#source.sections) this.#declareUses(section)
  }

  #declareUses(section: Section): void {
    const names = new Map<string, Identifier>()
    const used = new Map<string, TopLevelUse>()
    this.#used.set(section, used)
    for (const item of section.items) {
      const name = item.kind === 'use' ? (item.as ?? item.path.name) : item.name
      const other = names.get(name.name)
      const isKnownClash = item.kind !== 'use' && this.#declared.get(name.name)?.syntax !== item
      if (other !== undefined && !isKnownClash) {
        const place = { source: section.source, span: other }
        this.#clash(name, section, `duplicate name \`${name.name}\` in this file`, place)
        continue
      }
      names.set(name.name, name)
      if (item.kind !== 'use') continue
      used.set(name.name, item)
      if (item.attributes.length > 0)
        this.#report(section, item.span, 'attributes not allowed on top-level use')
      this.#checkUse(item, section)
    }
  }

  #checkUse({ path, as }: TopLevelUse, section: Section): void {
    const { references } = this.#context
    const from = { source: section.source, span: path.name }
    if (path.package !== undefined) this.#foreign(path.package, path.name, section, 'interface')
    else {
      const declared = this.#declared.get(path.name.name)
      if (declared === undefined) this.#refuseUnknown(path.name, section)
      else references?.add(from, placeOf(declared))
    }
    const to = references?.at(from)?.to
    if (as && to) references!.add({ source: section.source, span: as }, to, true)
  }

  /** Interfaces behind those that they use, worlds behind those that they include. */
  #order(): Declared[] {
    const graph = new Map<string, Edge<Place>[]>()
    for (const name of this.#declared.keys()) graph.set(name, [])
    for (const section of this.#source.sections) {
      for (const { path, dependent } of pathsIn(section.items)) {
        if (dependent === undefined || path.package !== undefined) continue
        const edge = this.#edge(path.name, section)
        if (edge !== undefined) graph.get(dependent)!.push(edge)
      }
    }
    const { order, cycles } = topologicalOrder(graph)
    for (const { edge, names } of cycles) {
      const around = names
        .slice(0, 5)
        .map((name) => ({ ...placeOf(this.#declared.get(name)!), text: 'part of the cycle' }))
      this.#context.problems.report(edge.from, `interface or world \`${edge.to}\` depends on itself`, {
        related: around.filter(({ span }) => span !== edge.from.span),
      })
    }
    for (const name of this.#declared.keys()) this.#items.set(name, { kind: 'broken' })
    return order.map((name) => this.#declared.get(name)!)
  }

  /** To an item of this package. Its place is where the file gives the name its meaning. */
  #edge(name: Identifier, section: Section): Edge<Place> | undefined {
    const used = this.#used.get(section)!.get(name.name)?.path
    if (used !== undefined)
      return used.package === undefined
        ? { to: used.name.name, from: { source: section.source, span: used.name } }
        : undefined
    const declared = this.#declared.get(name.name)
    if (declared === undefined) return undefined
    const from = declared.section === section ? placeOf(declared) : { source: section.source, span: name }
    return { to: name.name, from }
  }

  #interface(path: UsePath, section: Section): ResolvedInterface | undefined {
    const found = this.#item(path, section, 'interface')
    return found?.kind === 'interface' ? found : undefined
  }

  #world(path: UsePath, section: Section): ResolvedWorld | undefined {
    const found = this.#item(path, section, 'world')
    return found?.kind === 'world' ? found : undefined
  }

  #item(path: UsePath, section: Section, kind: 'interface' | 'world'): ResolvedItem | undefined {
    if (path.package !== undefined) return this.#foreign(path.package, path.name, section, kind)
    const use = this.#used.get(section)!.get(path.name.name)
    const used = use?.path
    const from = { source: section.source, span: path.name }
    if (use) this.#context.references?.add(from, { ...from, span: use.as ?? use.path.name })
    // One that is not there was reported with the `use`.
    if (used?.package !== undefined)
      return this.#packages.get(printPackageName(used.package))?.items.get(used.name.name)
    const name = used?.name ?? path.name
    const declared = this.#declared.get(name.name)
    if (declared && !use) this.#context.references?.add(from, placeOf(declared))
    if (declared === undefined) {
      // An unknown name in a top-level `use` is reported there.
      if (used === undefined) this.#refuseUnknown(name, section)
    } else if (declared.syntax.kind !== kind) {
      const [is, wanted] = kind === 'interface' ? ['a world', 'an interface'] : ['an interface', 'a world']
      this.#report(section, path.name, `name \`${path.name.name}\` is defined as ${is}, not ${wanted}`, [
        { ...placeOf(declared), text: is },
      ])
    }
    return this.#items.get(name.name)
  }

  #foreign(
    wanted: PackageNameSyntax,
    name: Identifier,
    section: Section,
    kind: 'interface' | 'world',
  ): ResolvedItem | undefined {
    const own = printPackageName(wanted)
    const found = this.#packages.get(own)
    if (found === undefined) return undefined
    const item = found.items.get(name.name)
    this.#refer(wanted, name, section, found, item)
    if (item?.kind === kind || item?.kind === 'broken') return item
    const notes = item
      ? [`\`${name.name}\` is ${item.kind === 'world' ? 'a world' : 'an interface'}`]
      : undefined
    const names = [...found.items].filter(([, each]) => each.kind === kind).map(([each]) => each)
    this.#context.problems.report(
      { source: section.source, span: name },
      `${kind} '${name.name}' not found in package '${own}'`,
      { notes: notes ?? this.#known(name.name, names, kind) },
    )
    return undefined
  }

  #refer(
    wanted: Span,
    name: Identifier,
    { source }: Section,
    { model }: ResolvedPackage,
    item: ResolvedItem | undefined,
  ): void {
    const { references } = this.#context
    if (references === undefined) return
    if (model.place) references.add({ source, span: wanted }, model.place)
    if (item !== undefined && item.kind !== 'broken') references.add({ source, span: name }, item.place)
  }

  /** What may be meant, else what there is. */
  #known(name: string, names: readonly string[], kind: string): string[] {
    const likely = this.#context.problems.didYouMean(name, names)
    if (likely.length > 0 || names.length === 0) return likely
    const shown = names.length > 10 ? [...names.slice(0, 10), '…'] : names
    return [`it has the ${kind}${names.length > 1 ? 's' : ''} ${shown.join(', ')}`]
  }

  #refuseUnknown(name: Identifier, section: Section): void {
    const known = [...this.#declared.keys(), ...this.#used.get(section)!.keys()]
    this.#context.problems.report(
      { source: section.source, span: name },
      `interface or world \`${name.name}\` does not exist`,
      { notes: this.#context.problems.didYouMean(name.name, known) },
    )
  }

  #clash(name: Identifier, section: Section, message: string, other: Place): void {
    this.#report(section, name, message, [{ ...other, text: 'first defined here' }])
  }

  #report(
    { source }: Section,
    span: Place['span'],
    message: string,
    related: readonly (Place & { readonly text: string })[] = [],
  ): void {
    this.#context.problems.report({ source, span }, message, { related })
  }
}

function placeOf({ syntax, section }: Declared): Place {
  return { source: section.source, span: syntax.name }
}
