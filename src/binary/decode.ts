import type {
  Component,
  ComponentDefinition,
  CoreModuleDefinition,
  Definition,
  SectionLayout,
} from '../component/component.ts'
import { limits } from '../component/limits.ts'
import { DecodeError } from '../errors.ts'
import { ByteReader } from './byte-reader.ts'
import { walkCoreSections } from './core-sections.ts'
import { readComponentPreamble } from './preamble.ts'
import { readAlias } from './sections/alias.ts'
import { readCanon } from './sections/canon.ts'
import { readCoreTypeDefinition } from './sections/core-type.ts'
import { readCustom } from './sections/custom.ts'
import { readExport, readImport } from './sections/import-export.ts'
import { readCoreInstance, readInstance } from './sections/instance.ts'
import { RepeatedTypes } from './sections/repeated-types.ts'
import { readStart } from './sections/start.ts'
import { readTypeDefinition } from './sections/type.ts'
import { readValue } from './sections/value.ts'

/**
 * Decodes a component (Binary.md). What it returns is well-formed, not yet valid: indices may lead nowhere.
 * Core modules stay byte ranges of `bytes`, which must not change afterwards.
 *
 * @throws {DecodeError} where the bytes are no component, with the offset and the sections that lead there.
 *
 * @example
 * const preamble = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00)
 * const types = Uint8Array.of(0x07, 0x02, 0x01, 0x73) // a type section with one type: string
 * const component = decode(Uint8Array.of(...preamble, ...types))
 * component.definitions // [{ kind: 'type', offset: 11, type: { kind: 'value', type: { kind: 'primitive', type: 'string' } } }]
 */
export function decode(bytes: Uint8Array): Component {
  const reader = new ByteReader(bytes)
  reader.longForms = []
  reader.repeatedTypes = new RepeatedTypes(bytes)
  return readComponent(reader, 0)
}

/**
 * Decodes what stands before the first malformed byte, and says what is wrong there: of a file that is damaged at its
 * end, the beginning can still be checked.
 */
export function decodeBeginning(bytes: Uint8Array): {
  readonly component: Component
  readonly problem: DecodeError | undefined
} {
  const reader = new ByteReader(bytes)
  const progress = started(0)
  try {
    readSections(reader, progress)
    return { component: componentOf(reader, 0, progress), problem: undefined }
  } catch (problem) {
    if (!(problem instanceof DecodeError)) throw problem
    return { component: componentOf(reader, 0, progress), problem }
  }
}

/** A component as far as it was read. */
interface Progress {
  readonly depth: number
  readonly definitions: Definition[]
  readonly sections: SectionLayout[]
  /** Core modules and components it defines itself, to number them in messages. */
  modules: number
  components: number
}

function started(depth: number): Progress {
  return { depth, definitions: [], sections: [], modules: 0, components: 0 }
}

function readComponent(reader: ByteReader, depth: number): Component {
  const start = reader.position
  const progress = started(depth)
  readSections(reader, progress)
  return componentOf(reader, start, progress)
}

function readSections(reader: ByteReader, progress: Progress): void {
  readComponentPreamble(reader)
  while (!reader.atEnd) readSection(reader, progress)
}

function componentOf(reader: ByteReader, start: number, { definitions, sections }: Progress): Component {
  return {
    bytes: reader.bytes,
    range: { start, end: reader.end },
    definitions,
    layout: { sections, longForms: reader.longForms ?? [] },
  }
}

/** `section_N(B) ::= N:byte size:u32 B`, where B takes `size` bytes */
function readSection(reader: ByteReader, progress: Progress): void {
  const offset = reader.position
  const id = reader.byte()
  const section = sections[id]
  if (!section) reader.fail(`malformed section id: found ${id}, wanted 0 to 12`, reader.position - 1)
  const size = reader.u32()
  const contents = reader.position
  const outer = reader.narrow(size, section.title(progress))
  const before = progress.definitions.length
  section.read(reader, progress)
  reader.widen(outer)
  progress.sections.push({ id, offset, contents, count: progress.definitions.length - before })
}

interface Section {
  title(progress: Progress): string
  read(reader: ByteReader, progress: Progress): void
}

/** A section that is one definition. */
function one(title: Section['title'], read: (reader: ByteReader, progress: Progress) => Definition): Section {
  return { title, read: (reader, progress) => void progress.definitions.push(read(reader, progress)) }
}

/** A section that is a vector of definitions. */
function many(title: string, read: (reader: ByteReader) => Definition): Section {
  return {
    title: () => title,
    read(reader, { definitions }) {
      const count = reader.count('definitions in a section', limits.types)
      for (let i = 0; i < count; i++) {
        reader.item = i
        definitions.push(read(reader))
      }
    },
  }
}

/** By section id. */
const sections: readonly Section[] = [
  one(() => 'custom section', readCustom),
  one((progress) => `core module ${progress.modules++}`, readCoreModule),
  many('core instance section', readCoreInstance),
  many('core type section', readCoreTypeDefinition),
  one((progress) => `component ${progress.components++}`, readNestedComponent),
  many('instance section', readInstance),
  many('alias section', (reader) => readAlias(reader)),
  many('type section', readTypeDefinition),
  many('canon section', readCanon),
  one(() => 'start section', readStart),
  many('import section', readImport),
  many('export section', readExport),
  many('value section', readValue),
]

/** The engine decodes and validates core modules; here only their sections are framed. */
function readCoreModule(reader: ByteReader): CoreModuleDefinition {
  const start = reader.position
  for (const _ of walkCoreSections(reader));
  return { kind: 'core-module', offset: start, range: { start, end: reader.end } }
}

function readNestedComponent(reader: ByteReader, { depth }: Progress): ComponentDefinition {
  if (depth === limits.componentDepth) reader.exceeds('component nesting is too deep', limits.componentDepth)
  return { kind: 'component', offset: reader.position, component: readComponent(reader, depth + 1) }
}
