import { nearest } from '../diagnostics/nearest.ts'
import type { ImportItem, PlanImport } from '../compile/plan.ts'
import type { ExternNameParts } from '../component/names.ts'
import { type Callee, constructorCallee, functionCallee, methodCallee } from './host-callee.ts'
import { type Found, ImportSource, read } from './import-source.ts'
import { assignShortNames, memberNames, parseName, shortNamesOf } from './names.ts'

/** What is known of the names of one world or interface before anything is given. */
interface ScopeName {
  /** The exact name, and the short ones that are unique. */
  readonly keys: readonly string[]
  readonly parts: ExternNameParts | undefined
  /** Of the member of a class: its names on the class. */
  readonly memberKeys: readonly string[]
}

const known = new WeakMap<readonly PlanImport[], ReadonlyMap<string, ScopeName>>()

/** Worked out once for each Plan, however often its component is linked. */
function scopeNames(imports: readonly PlanImport[]): ReadonlyMap<string, ScopeName> {
  const before = known.get(imports)
  if (before) return before
  const wanted = imports.map(({ name, item }) => [name, shortNamesOf(name, item.kind)] as const)
  const { short } = assignShortNames(new Map(wanted))
  const names = new Map<string, ScopeName>()
  const members = memberKeysOf(imports)
  for (const { name } of imports) {
    const keys = [name, ...short.get(name)!]
    names.set(name, { keys, parts: parseName(name), memberKeys: members.get(name) ?? [] })
  }
  known.set(imports, names)
  return names
}

/** Of methods and statics by their full names. */
function memberKeysOf(imports: readonly PlanImport[]): ReadonlyMap<string, readonly string[]> {
  const members = imports.flatMap(({ name }) => {
    const parts = parseName(name)
    return parts?.kind === 'method' || parts?.kind === 'static' ? [{ name, ...parts }] : []
  })
  const classes = Map.groupBy(members, ({ resource }) => resource)
  return new Map(
    Array.from(classes.values()).flatMap((all) => {
      const keys = memberNames(all.map(({ label }) => label))
      return all.map(({ name }, i) => [name, keys[i]!] as const)
    }),
  )
}

/** One world or interface, and the object that should provide it. */
export class LinkScope {
  readonly path: string | undefined
  readonly #source: ImportSource
  readonly #names: ReadonlyMap<string, ScopeName>

  constructor(imports: readonly PlanImport[], source: ImportSource, path: string | undefined) {
    this.path = path
    this.#source = source
    this.#names = scopeNames(imports)
  }

  pathOf(name: string): string {
    return this.path === undefined ? name : `${this.path}#${name}`
  }

  nearest(name: string): readonly string[] {
    return nearest(name, this.#source.names)
  }

  find(name: string): Found | undefined {
    // A class may be missing from the imports that its members are among.
    return this.#source.find(this.#names.get(name)?.keys ?? [name])
  }

  instance({ name, versionSuffix, implements: implemented }: PlanImport): Found | undefined {
    if (parseName(name)?.kind !== 'interface') {
      return (
        this.find(name) ?? (implemented === undefined ? undefined : this.#source.findInterface(implemented))
      )
    }
    return this.#source.findInterface(name + (versionSuffix ?? '')) ?? this.#source.findInterface(name)
  }

  /** A function, or a member of a class in this scope. */
  member(name: string, { type }: ImportItem & { kind: 'function' }): Member {
    const { parts, memberKeys } = this.#names.get(name)!
    const count = type.parameters.length
    if (parts?.kind !== 'constructor' && parts?.kind !== 'method' && parts?.kind !== 'static') {
      return this.#function(name)
    }
    const Class = this.find(parts.resource)?.value
    if (!isClass(Class)) return { kind: 'missing', ofMissingClass: true, candidates: [] }
    if (parts.kind === 'constructor') {
      return { kind: 'found', value: Class, callee: () => constructorCallee(Class, count) }
    }
    const holder = parts.kind === 'static' ? Class : Class.prototype
    for (const key of memberKeys) {
      const value = read(holder, key)
      if (value === undefined) continue
      if (!isFunction(value)) return { kind: 'mistyped', value }
      const callee = (): Callee =>
        parts.kind === 'static' ? functionCallee(value, Class) : methodCallee(holder, key, value, count)
      return { kind: 'found', value, callee }
    }
    const candidates = nearest(parts.label, new ImportSource(holder).names)
    return { kind: 'missing', ofMissingClass: false, candidates }
  }

  #function(name: string): Member {
    const value = this.find(name)?.value
    if (value === undefined) return { kind: 'missing', ofMissingClass: false, candidates: this.nearest(name) }
    if (!isFunction(value)) return { kind: 'mistyped', value }
    return { kind: 'found', value, callee: () => functionCallee(value, this.#source.object) }
  }
}

/** What was found under the name of a function, or of a member of a class. */
export type Member =
  | { readonly kind: 'found'; readonly value: object; callee(): Callee }
  | { readonly kind: 'mistyped'; readonly value: unknown }
  | { readonly kind: 'missing'; readonly ofMissingClass: boolean; readonly candidates: readonly string[] }

export function isFunction(value: unknown): value is Callee {
  return typeof value === 'function'
}

export function isClass(value: unknown): value is Callee & { readonly prototype: object } {
  return isFunction(value) && typeof value.prototype === 'object' && value.prototype !== null
}
