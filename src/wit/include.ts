import type { Source } from '../diagnostics/source.ts'
import type { Stability, TypeDefinition, WorldItem } from './package.ts'
import type { Place, Problems } from './problems.ts'
import type { ResolvedWorld, WorldItems } from './resolved-item.ts'
import type { References } from './references.ts'
import type { Identifier, IncludeSyntax } from './syntax.ts'

/**
 * Adds the items of one world, which is finished, to another (WIT.md, "Item: `include`"). Interfaces that have a name of their own
 * are one; what has a plain name must be new, or renamed.
 */
export function include(
  from: ResolvedWorld,
  into: ResolvedWorld,
  syntax: IncludeSyntax,
  source: Source,
  problems: Problems,
  references?: References,
): void {
  const renamings = new Map(syntax.names.map(({ name, as }) => [name.name, as.name]))
  const place = { source, span: syntax.path.name }
  refuseUnknownNames(from, syntax, place, problems)
  if (references !== undefined) addReferences(from, syntax, source, references)
  const copies = new Map<TypeDefinition, TypeDefinition>()
  for (const direction of ['imports', 'exports'] as const) {
    for (const [name, { item }] of from[direction]) {
      if (item.kind === 'interface' && item.label === undefined) {
        addInterface(into[direction], name, item, place, problems, from.model.package !== into.model.package)
        continue
      }
      const key = rename(name, renamings) ?? name
      const other = into[direction].get(key)
      if (other !== undefined) {
        const what = direction.slice(0, -1)
        const renaming = syntax.names.find(({ as }) => as.name === key)
        const renamed = renaming ? [{ source, span: renaming.as, text: 'renamed here' }] : []
        problems.report(place, `${what} of \`${key}\` shadows previously ${what}ed items`, {
          related: [{ ...other.place, text: `already ${what}ed` }, ...renamed],
          notes: [`rename it: \`include ${syntax.path.name.name} with { ${key} as other }\``],
        })
      } else into[direction].set(key, { item: copy(item, key, into, copies), place })
    }
  }
}

function addInterface(
  into: WorldItems,
  name: string,
  item: Extract<WorldItem, { kind: 'interface' }>,
  place: Place,
  problems: Problems,
  isForeign: boolean,
): void {
  const other = into.get(name)
  if (other === undefined) {
    into.set(name, { item: isForeign ? withoutVersion(item) : item, place })
    return
  }
  const theirs = item.stability
  const ours = other.item.stability
  if (isForeign && theirs?.kind === 'since')
    into.set(name, { ...other, item: { ...other.item, stability: undefined } })
  else if (theirs !== undefined && ours === undefined)
    into.set(name, { ...other, item: { ...other.item, stability: theirs } })
  else if (theirs !== undefined && !sameStability(theirs, ours))
    problems.report(place, `the gates of \`${name}\` are not the same in both worlds`, {
      related: [{ ...other.place, text: 'with another gate' }],
    })
}

/** The versions of another package's gates say nothing about this one's. */
function withoutVersion(item: Extract<WorldItem, { kind: 'interface' }>): WorldItem {
  return item.stability?.kind === 'since' ? { ...item, stability: undefined } : item
}

function sameStability(a: Stability, b: Stability | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function addReferences(
  from: ResolvedWorld,
  { names }: IncludeSyntax,
  source: Source,
  references: References,
): void {
  for (const { name, as } of names) {
    const found = from.imports.get(name.name) ?? from.exports.get(name.name)
    if (found === undefined) continue
    references.add({ source, span: name }, found.place)
    references.add({ source, span: as }, found.place, true)
  }
}

/** Types of the world itself belong to the world that includes it from then on. */
function copy(
  item: WorldItem,
  name: string,
  into: ResolvedWorld,
  copies: Map<TypeDefinition, TypeDefinition>,
): WorldItem {
  if (item.kind === 'interface') return { ...item, label: name }
  if (item.kind === 'function') return { ...item, name }
  const aliasOf = item.aliasOf && (copies.get(item.aliasOf) ?? item.aliasOf)
  const made = { ...item, name, owner: into.model, aliasOf }
  copies.set(item, made)
  return made
}

/** With a resource its functions are renamed, too. Undefined where nothing is. */
function rename(name: string, renamings: ReadonlyMap<string, string>): string | undefined {
  const whole = renamings.get(name)
  if (whole !== undefined || !name.startsWith('[')) return whole
  const resource = resourceOf(name)!
  const renamed = renamings.get(resource)
  return renamed === undefined ? undefined : name.replace(`]${resource}`, `]${renamed}`)
}

/** Of a resource's function: the resource's name. */
function resourceOf(name: string): string | undefined {
  return /^\[[a-z]+\]([^.]*)/.exec(name)?.[1]
}

function refuseUnknownNames(
  from: ResolvedWorld,
  { names }: IncludeSyntax,
  place: Place,
  problems: Problems,
): void {
  const plain = [...from.imports, ...from.exports].flatMap(([name, { item }]) =>
    item.kind === 'interface' && item.label === undefined ? [] : [name],
  )
  const known = new Set(plain.flatMap((name) => [name, resourceOf(name) ?? name]))
  const seen = new Map<string, Identifier>()
  for (const { name } of names) {
    const first = seen.get(name.name)
    if (first !== undefined)
      problems.report({ source: place.source, span: name }, `\`${name.name}\` is renamed more than once`, {
        related: [{ source: place.source, span: first, text: 'first renamed here' }],
      })
    seen.set(name.name, name)
    if (known.has(name.name)) continue
    problems.report(
      place,
      `no import or export kebab-name \`${name.name}\`. Note that an ID does not support renaming`,
      {
        related: [{ source: place.source, span: name, text: 'this name' }],
        notes: problems.didYouMean(name.name, plain),
      },
    )
  }
}
