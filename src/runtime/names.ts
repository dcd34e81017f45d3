/**
 * Which short names the members of one scope have: of an interface, a class, or a component. The exact WIT name always works;
 * a short one exists only where exactly one member would have it and no member has it as its exact name.
 */
import type { ExternKind } from '../compile/plan.ts'
import { camelCase, pascalCase } from '../component/js-name.ts'
import { limits } from '../component/limits.ts'
import { type ExternNameParts, parseExternName } from '../component/names.ts'

/** Short names and who has them, and those that nobody has because several would. */
export interface ShortNames {
  /** By exact name. */
  readonly short: ReadonlyMap<string, readonly string[]>
  readonly collisions: readonly Collision[]
}

export interface Collision {
  readonly short: string
  readonly names: readonly string[]
}

/** `members`: exact names with the short names they would like. */
export function assignShortNames(members: ReadonlyMap<string, readonly string[]>): ShortNames {
  const wanted = new Map<string, string[]>()
  for (const [name, shorts] of members) {
    for (const short of shorts) {
      const others = wanted.get(short)
      if (others) others.push(name)
      else wanted.set(short, [name])
    }
  }
  const assigned = new Map<string, string[]>()
  for (const name of members.keys()) assigned.set(name, [])
  const collisions: Collision[] = []
  for (const [short, names] of wanted) {
    if (members.has(short)) collisions.push({ short, names: [short, ...names] })
    else if (names.length > 1) collisions.push({ short, names })
    else assigned.get(names[0]!)!.push(short)
  }
  return { short: assigned, collisions }
}

/**
 * The short names that an import or export would like: a function camelCase, a type PascalCase, an interface its own
 * name, and its full name without the version.
 *
 * @example
 * shortNamesOf('get-value', 'function') // ['getValue']
 * shortNamesOf('wasi:cli/terminal-input@0.2.6', 'instance') // ['wasi:cli/terminal-input', 'terminalInput']
 */
export function shortNamesOf(name: string, kind: ExternKind): readonly string[] {
  const parts = parseName(name)
  if (parts?.kind === 'interface') {
    const short = camelCase(parts.interface)
    const unversioned = `${parts.namespace}:${parts.package}/${parts.interface}`
    return parts.version === undefined ? [short] : [unversioned, short]
  }
  if (parts?.kind !== 'label') return []
  const short = kind === 'resource' || kind === 'type' ? pascalCase(parts.label) : camelCase(parts.label)
  return short === name ? [] : [short]
}

const reserved = new Set(['constructor', 'prototype', 'name', 'length', 'then'])

/**
 * The names of the members of one class, the WIT name first; a short one as in other scopes. Those that JavaScript keeps for
 * itself on classes get a trailing `_` and stand only under that.
 *
 * @example
 * memberNames(['get-value', 'name']) // [['get-value', 'getValue'], ['name_']]
 * memberNames(['a1', 'a-1']) // [['a1'], ['a-1']]
 */
export function memberNames(labels: readonly string[]): readonly (readonly string[])[] {
  const isReserved = (label: string): boolean => reserved.has(camelCase(label))
  const wanted = labels.filter((label) => !isReserved(label)).map((label) => [label, shortOf(label)] as const)
  const { short } = assignShortNames(new Map(wanted))
  return labels.map((label) =>
    isReserved(label) ? [`${camelCase(label)}_`] : [label, ...(short.get(label) ?? [])],
  )
}

function shortOf(label: string): readonly string[] {
  const short = camelCase(label)
  return short === label ? [] : [short]
}

const parsed = new Map<string, ExternNameParts | undefined>()

/** The parts of an extern name, or undefined for what is none. Remembers: hosts give the same names again and again. */
export function parseName(name: string): ExternNameParts | undefined {
  if (parsed.has(name)) return parsed.get(name)
  const parts = parseExternName(name)
  const known = parts.kind === 'invalid' ? undefined : parts
  if (parsed.size >= limits.rememberedNames) parsed.clear()
  parsed.set(name, known)
  return known
}
