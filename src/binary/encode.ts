import type { Component, Definition, SectionLayout } from '../component/component.ts'
import { LayoutWriter, type LongForms } from './layout-writer.ts'
import { writeAlias } from './sections/encode-alias.ts'
import { writeCanon } from './sections/encode-canon.ts'
import { writeCoreType } from './sections/encode-core-type.ts'
import { writeExport, writeImport } from './sections/encode-import-export.ts'
import { writeCoreInstance, writeInstance } from './sections/encode-instance.ts'
import { writeStart } from './sections/encode-start.ts'
import { writeType } from './sections/encode-type.ts'
import { writeValueType } from './sections/encode-value-type.ts'

/**
 * Encodes a component (Binary.md). What {@link decode} made becomes the bytes that it came from, to the last padded
 * integer; where definitions were put in, taken out or moved, and for components made by hand, neighbours of one sort
 * share a section, and integers are as short as they can be.
 *
 * Nothing is checked: decode and validate the result. Ranges (of core modules, custom sections and values) refer to
 * the `bytes` of the component in which they stand.
 *
 * @example
 * const component = decode(bytes)
 * encode(component).every((byte, i) => byte === bytes[i]) // true
 * const [first] = component.definitions
 * decode(encode({ ...component, definitions: [first] })).definitions.length // 1
 */
export function encode(component: Component): Uint8Array<ArrayBuffer> {
  return new Encoder().component(component).finish()
}

const preamble = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00]

interface Section {
  readonly id: number
  readonly definitions: readonly Definition[]
  readonly layout: SectionLayout | undefined
}

class Encoder {
  /** Components of one file have one list. */
  readonly #longForms = new Map<readonly number[] | undefined, LongForms>()

  component(component: Component): LayoutWriter {
    const longForms = this.#longFormsOf(component)
    const writer = new LayoutWriter(longForms)
    writer.bytes(preamble)
    for (const section of sectionsOf(component)) {
      const contents = this.#contents(section, component, longForms).view()
      if (section.layout) writer.at(section.layout.offset)
      writer.byte(section.id).u32(contents.length).bytes(contents)
    }
    return writer
  }

  #longFormsOf({ layout }: Component): LongForms {
    const known = this.#longForms.get(layout?.longForms)
    if (known) return known
    const forms = new Map<number, number>()
    const list = layout?.longForms ?? []
    for (let i = 0; i < list.length; i += 2) forms.set(list[i]!, list[i + 1]!)
    this.#longForms.set(layout?.longForms, forms)
    return forms
  }

  #contents({ id, definitions, layout }: Section, component: Component, longForms: LongForms): LayoutWriter {
    const writer = new LayoutWriter(longForms)
    if (!single.has(id)) {
      if (layout) writer.at(layout.contents)
      writer.u32(definitions.length)
    }
    for (const definition of definitions)
      this.#definition(writer.at(definition.offset), definition, component)
    return writer
  }

  #definition(writer: LayoutWriter, definition: Definition, { bytes }: Component): void {
    switch (definition.kind) {
      case 'custom': {
        const { start, end } = definition.range
        writer.name(definition.name).bytes(bytes.subarray(start, end))
        return
      }
      case 'core-module':
        writer.bytes(bytes.subarray(definition.range.start, definition.range.end))
        return
      case 'core-instance':
        writeCoreInstance(writer, definition.instance)
        return
      case 'core-type':
        writeCoreType(writer, definition.type)
        return
      case 'component':
        writer.bytes(this.component(definition.component).view())
        return
      case 'instance':
        writeInstance(writer, definition.instance)
        return
      case 'alias':
        writeAlias(writer, definition)
        return
      case 'type':
        writeType(writer, definition.type)
        return
      case 'canon':
        writeCanon(writer, definition.canon)
        return
      case 'start':
        writeStart(writer, definition)
        return
      case 'import':
        writeImport(writer, definition)
        return
      case 'export':
        writeExport(writer, definition)
        return
      case 'value': {
        const { start, end } = definition.range
        writeValueType(writer, definition.type)
        writer.u32(end - start).bytes(bytes.subarray(start, end))
      }
    }
  }
}

const sectionIds: Readonly<Record<Definition['kind'], number>> = {
  custom: 0,
  'core-module': 1,
  'core-instance': 2,
  'core-type': 3,
  component: 4,
  instance: 5,
  alias: 6,
  type: 7,
  canon: 8,
  start: 9,
  import: 10,
  export: 11,
  value: 12,
}

/** Ids of sections that are one definition; the others are vectors. */
const single: ReadonlySet<number> = new Set([0, 1, 4, 9])

function sectionsOf({ definitions, layout }: Component): Section[] {
  return (layout && sectionsAsDecoded(definitions, layout.sections)) ?? fewestSections(definitions)
}

/** Undefined where the definitions are no longer those of the file. */
function sectionsAsDecoded(
  definitions: readonly Definition[],
  layouts: readonly SectionLayout[],
): Section[] | undefined {
  const sections: Section[] = []
  let next = 0
  for (const layout of layouts) {
    const own = definitions.slice(next, next + layout.count)
    if (own.length < layout.count || own.some(({ kind }) => sectionIds[kind] !== layout.id)) return undefined
    sections.push({ id: layout.id, definitions: own, layout })
    next += layout.count
  }
  return next === definitions.length ? sections : undefined
}

function fewestSections(definitions: readonly Definition[]): Section[] {
  const sections: { readonly id: number; readonly definitions: Definition[]; readonly layout: undefined }[] =
    []
  for (const definition of definitions) {
    const id = sectionIds[definition.kind]
    const last = sections.at(-1)
    if (last?.id === id && !single.has(id)) last.definitions.push(definition)
    else sections.push({ id, definitions: [definition], layout: undefined })
  }
  return sections
}
