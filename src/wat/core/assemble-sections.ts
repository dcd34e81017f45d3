import { branchHintSection, encodeBranchHints } from '../../binary/core/branch-hints.ts'
import type { CoreModule, CoreSectionSyntax } from '../../binary/core/module.ts'
import { encodeNames, type ModuleNames } from '../../binary/core/names.ts'
import type { NameMap } from '../../binary/name-map.ts'
import type { CustomPlace, NameSectionMark } from './custom-sections.ts'
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
    { kind: 'data count', count: fields.namesData ? fields.data.length : -1 },
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
  const bytes = encodeNames(namesOf(fields, moduleName(mark, name)))
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

function namesOf({ scope, locals, labels }: ModuleFields, module: string | undefined): ModuleNames {
  const { func, table, memory, global, tag, type, elem, data } = scope.spaces
  const fields = new Map<number, NameMap>()
  for (const [index, space] of scope.fields) fields.set(index, space.names)
  return {
    module,
    items: {
      func: func.names,
      table: table.names,
      memory: memory.names,
      global: global.names,
      tag: tag.names,
      type: type.names,
      elem: elem.names,
      data: data.names,
    },
    locals,
    labels,
    fields,
  }
}
