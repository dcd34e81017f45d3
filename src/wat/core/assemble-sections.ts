import { branchHintSection, encodeBranchHints } from '../../binary/core/branch-hints.ts'
import type { CoreModule, CoreSectionSyntax } from '../../binary/core/module.ts'
import { encodeNames, type ModuleNames } from '../../binary/core/names.ts'
import type { NameMap } from '../../binary/name-map.ts'
import type { CustomPlace, NameSectionMark, StrayName } from './custom-sections.ts'
import type { ModuleFields } from './parse-fields.ts'

/** A module of its fields: sections in their order, empty ones left out, custom ones at their places. */
export function assembleSections(fields: ModuleFields, name: string | undefined): CoreModule {
  const sections: CoreSectionSyntax[] = []
  addCustoms(sections, fields, (place) => place === 'first')
  for (const section of standardSections(fields)) {
    const at = (before: boolean) => (place: CustomPlace) =>
      typeof place === 'object' && place.before === before && place.section === section.kind
    addCustoms(sections, fields, at(true))
    if (section.kind === 'code' && fields.hints.size > 0) {
      sections.push({ kind: 'custom', name: branchHintSection, bytes: encodeBranchHints(fields.hints) })
    }
    if (isPresent(section)) sections.push(section)
    addCustoms(sections, fields, at(false))
  }
  addLast(sections, fields, name)
  return { sections }
}

/** `start` is -1, and `count`, where there is no such section. */
function standardSections(fields: ModuleFields): CoreSectionSyntax[] {
  return [
    { kind: 'type', items: fields.scope.groups },
    { kind: 'import', items: fields.imports },
    { kind: 'function', items: fields.functions },
    { kind: 'table', items: fields.tables },
    { kind: 'memory', items: fields.memories },
    { kind: 'tag', items: fields.tags },
    { kind: 'global', items: fields.globals },
    { kind: 'export', items: fields.exports },
    { kind: 'start', func: fields.start ?? -1 },
    { kind: 'element', items: fields.elements },
    { kind: 'data count', count: fields.countsData ? fields.data.length : -1 },
    { kind: 'code', items: fields.bodies },
    { kind: 'data', items: fields.data },
  ]
}

function isPresent(section: CoreSectionSyntax): boolean {
  if (section.kind === 'start') return section.func >= 0
  if (section.kind === 'data count') return section.count >= 0
  return section.kind !== 'custom' && section.items.length > 0
}

function addCustoms(
  sections: CoreSectionSyntax[],
  { customs }: ModuleFields,
  at: (place: CustomPlace) => boolean,
): void {
  for (const { place, section } of customs) if (section.kind === 'custom' && at(place)) sections.push(section)
}

/** The name section is the last one, unless an annotation says where it stands. */
function addLast(sections: CoreSectionSyntax[], fields: ModuleFields, name: string | undefined): void {
  const last = fields.customs.filter(({ place }) => place === 'last').map(({ section }) => section)
  const mark = last.find((section) => section.kind === 'names')
  const bytes = encodeNames(namesOf(fields, moduleName(mark, name), mark))
  const names = bytes && ({ kind: 'custom', name: 'name', bytes } as const)
  for (const section of last) {
    if (section.kind === 'custom') sections.push(section)
    else if (section === mark && names) sections.push(names)
  }
  if (!mark && names) sections.push(names)
}

function moduleName(mark: NameSectionMark | undefined, identified: string | undefined): string | undefined {
  if (!mark || mark.module === 'as identified') return identified
  return mark.module === 'none' ? undefined : mark.module.name
}

function namesOf(
  { scope, locals, labels }: ModuleFields,
  module: string | undefined,
  { stray = [], others = [] }: Partial<NameSectionMark> = {},
): ModuleNames {
  const fields = new Map<number, NameMap>()
  for (const [index, space] of scope.fields) fields.set(index, space.names)
  const withStray = (sort: Exclude<StrayName['sort'], 'local' | 'field'>): NameMap =>
    merged(
      scope.spaces[sort].names,
      stray.filter((one) => one.sort === sort).map(({ index, name }) => [index, name]),
    )
  return {
    module,
    items: {
      func: withStray('func'),
      table: withStray('table'),
      memory: withStray('memory'),
      global: withStray('global'),
      tag: withStray('tag'),
      type: withStray('type'),
      elem: withStray('elem'),
      data: withStray('data'),
    },
    locals: withOwned(locals, stray, 'local'),
    labels,
    fields: withOwned(fields, stray, 'field'),
    others,
  }
}

function withOwned(
  all: ReadonlyMap<number, NameMap>,
  stray: readonly StrayName[],
  sort: 'local' | 'field',
): Map<number, NameMap> {
  const more = new Map<number, [number, string][]>()
  for (const { sort: found, owner, index, name } of stray) {
    if (found !== sort || owner === undefined) continue
    const names = more.get(owner)
    if (names) names.push([index, name])
    else more.set(owner, [[index, name]])
  }
  return merged(
    all,
    Array.from(more, ([owner, names]) => [owner, merged(all.get(owner) ?? new Map(), names)]),
  )
}

/** In the order of the keys. */
function merged<T>(all: ReadonlyMap<number, T>, more: readonly (readonly [number, T])[]): Map<number, T> {
  if (more.length === 0) return new Map(all)
  return new Map([...new Map([...all, ...more])].sort(([a], [b]) => a - b))
}
