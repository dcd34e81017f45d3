import { externSorts, type ImportGroup } from '../core-imports.ts'
import { type CoreSectionName, coreSectionNames } from '../core-sections.ts'
import { LayoutWriter } from '../layout-writer.ts'
import {
  writeCoreExternType,
  writeCoreValueType,
  writeGlobalType,
  writeMemoryType,
  writeRecType,
  writeTableType,
  writeTagType,
} from '../sections/encode-core-type.ts'
import type {
  CoreModule,
  CoreSectionSyntax,
  DataSegment,
  ElementSegment,
  ExportSyntax,
  Expression,
  FunctionBody,
  GlobalSyntax,
  LocalGroup,
  TableSyntax,
} from './module.ts'

const preamble = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]

/**
 * The bytes of a core module, all integers in their shortest form; the grammar stands in `decode-module.ts`.
 *
 * @example
 * encodeModule({ sections: [] }) // new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])
 */
export function encodeModule({ sections }: CoreModule): Uint8Array<ArrayBuffer> {
  const writer = shortest().bytes(preamble)
  for (const section of sections) {
    const contents = shortest()
    writeContents(contents, section)
    writer
      .byte(coreSectionNames.indexOf(sectionName(section)))
      .u32(contents.length)
      .bytes(contents.view())
  }
  return writer.finish()
}

/** A writer that gives everything its shortest form. */
function shortest(): LayoutWriter {
  return new LayoutWriter(new Map())
}

function sectionName(section: CoreSectionSyntax): CoreSectionName {
  return section.kind
}

function writeContents(writer: LayoutWriter, section: CoreSectionSyntax): void {
  switch (section.kind) {
    case 'custom':
      writer.name(section.name).bytes(section.bytes)
      return
    case 'type':
      writer.vector(section.items, (type) => writeRecType(writer, type))
      return
    case 'import':
      writer.vector(section.items, writeImportGroup)
      return
    case 'function':
      writer.vector(section.items, (type) => writer.u32(type))
      return
    case 'table':
      writer.vector(section.items, writeTable)
      return
    case 'memory':
      writer.vector(section.items, (type) => writeMemoryType(writer, type))
      return
    case 'tag':
      writer.vector(section.items, (type) => writeTagType(writer, type))
      return
    case 'global':
      writer.vector(section.items, writeGlobal)
      return
    case 'export':
      writer.vector(section.items, writeExport)
      return
    case 'start':
      writer.u32(section.func)
      return
    case 'element':
      writer.vector(section.items, writeElementSegment)
      return
    case 'data count':
      writer.u32(section.count)
      return
    case 'code':
      writer.vector(section.items, writeFunctionBody)
      return
    case 'data':
      writer.vector(section.items, writeDataSegment)
  }
}

function writeImportGroup({ module, compact, items, type }: ImportGroup, writer: LayoutWriter): void {
  writer.name(module)
  const [first] = items
  const shared = first?.type ?? type
  if (compact === undefined && first) {
    writer.name(first.name)
    writeCoreExternType(writer, first.type)
  } else if (compact === 'type' && shared) {
    writer.name('').byte(0x7e)
    writeCoreExternType(writer, shared)
    writer.vector(items, ({ name }) => writer.name(name))
  } else {
    writer.name('').byte(0x7f)
    writer.vector(items, ({ name, type }) => writeCoreExternType(writer.name(name), type))
  }
}

function writeExpression(writer: LayoutWriter, { bytes }: Expression): void {
  writer.bytes(bytes)
}

function writeTable({ type, initial }: TableSyntax, writer: LayoutWriter): void {
  if (initial) writer.byte(0x40).byte(0x00)
  writeTableType(writer, type)
  if (initial) writeExpression(writer, initial)
}

function writeGlobal({ type, initial }: GlobalSyntax, writer: LayoutWriter): void {
  writeGlobalType(writer, type)
  writeExpression(writer, initial)
}

function writeExport({ name, sort, index }: ExportSyntax, writer: LayoutWriter): void {
  writer.name(name).byte(externSorts.indexOf(sort)).u32(index)
}

function writeElementSegment({ mode, elements }: ElementSegment, writer: LayoutWriter): void {
  const active = mode.kind === 'active'
  const explicit = active ? mode.table !== undefined || !isShort(elements) : mode.kind === 'declared'
  const expressions = elements.kind === 'expressions'
  writer.u32(Number(!active) | (Number(explicit) << 1) | (Number(expressions) << 2))
  if (active) {
    if (explicit) writer.u32(mode.table ?? 0)
    writeExpression(writer, mode.offset)
  }
  const typed = !active || explicit
  if (elements.kind === 'functions') {
    if (typed) writer.byte(0x00)
    writer.vector(elements.indices, (index) => writer.u32(index))
  } else {
    if (typed) writeCoreValueType(writer, elements.type)
    writer.vector(elements.expressions, (expression) => writeExpression(writer, expression))
  }
}

/** The short form of an active segment has no room for a type. */
function isShort(elements: ElementSegment['elements']): boolean {
  return elements.kind === 'functions' || elements.type === 'funcref'
}

function writeDataSegment({ mode, bytes }: DataSegment, writer: LayoutWriter): void {
  if (mode.kind === 'passive') writer.u32(1)
  else {
    if (mode.memory === undefined) writer.u32(0)
    else writer.u32(2).u32(mode.memory)
    writeExpression(writer, mode.offset)
  }
  writer.u32(bytes.length).bytes(bytes)
}

function writeFunctionBody({ locals, code }: FunctionBody, writer: LayoutWriter): void {
  const head = encodeLocals(locals)
  writer
    .u32(head.length + code.bytes.length)
    .bytes(head)
    .bytes(code.bytes)
}

/** The bytes of a function before its instructions. */
export function encodeLocals(locals: readonly LocalGroup[]): Uint8Array {
  const writer = shortest()
  return writer.vector(locals, ({ count, type }) => writeCoreValueType(writer.u32(count), type)).view()
}
