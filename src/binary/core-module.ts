import type { ByteRange, CoreCompositeType, CoreExternSyntax } from '../component/component.ts'
import type { CoreTypeIndex } from '../component/indices.ts'
import type { CoreExternType, CoreImport, CoreModuleType } from '../component/extern-type.ts'
import { limits } from '../component/limits.ts'
import { ByteReader } from './byte-reader.ts'
import { skipConstantExpression } from './constant-expression.ts'
import { readImportGroup } from './core-imports.ts'
import { type CoreSection, type CoreSectionName, coreSections } from './core-sections.ts'
import {
  readGlobalType,
  readMemoryType,
  readRecType,
  readTableType,
  readTagType,
} from './sections/core-type.ts'

/**
 * What the component layer needs to know of a core module: the types of its imports and exports. Only the sections
 * that these depend on are read; function bodies never are. Whether the module is valid is the engine's business.
 *
 * @throws {DecodeError}
 *
 * @example
 * const type = readCoreModuleType(await assemble('(module (import "a" "f" (func)) (memory (export "m") 1))'))
 * type.imports[0] // { module: 'a', name: 'f', type: { kind: 'func', parameters: [], results: [] } }
 * type.exports.get('m') // { kind: 'memory', limits: { minimum: 1n, … }, pageSizeLog2: 16 }
 */
export function readCoreModuleType(
  bytes: Uint8Array,
  range: ByteRange = { start: 0, end: bytes.length },
): CoreModuleType {
  return new CoreModuleReader(bytes, coreSections(bytes, range)).type()
}

type Sort = CoreExternSyntax['kind']

/** An export as written. */
interface CoreExport {
  readonly name: string
  readonly sort: Sort
  readonly index: number
  readonly offset: number
}

/** By opcode. */
const sorts: readonly Sort[] = ['func', 'table', 'memory', 'global', 'tag']

type Refuse = (problem: string) => never

class CoreModuleReader {
  readonly #bytes: Uint8Array
  readonly #sections: readonly CoreSection[]
  readonly #types: readonly CoreCompositeType[]
  /** Index spaces, imports first; one is read when the first export of its sort asks for it. */
  readonly #spaces = new Map<Sort, CoreExternSyntax[]>()
  readonly #functions = new Map<CoreTypeIndex, CoreExternSyntax>()
  readonly #resolved = new Map<CoreExternSyntax, CoreExternType>()
  readonly #imported: Record<Sort, CoreExternSyntax[]> = {
    func: [],
    table: [],
    memory: [],
    global: [],
    tag: [],
  }

  constructor(bytes: Uint8Array, sections: readonly CoreSection[]) {
    this.#bytes = bytes
    this.#sections = sections
    this.#types = this.#items('type', limits.types, readRecType).flatMap((group) =>
      group.types.map(({ type }) => type),
    )
  }

  type(): CoreModuleType {
    const imports = this.#imports()
    const exports = new Map<string, CoreExternType>()
    for (const { name, sort, index, offset } of this.#items('export', limits.exports, readExport)) {
      const refuse: Refuse = (problem) => this.#at('export', offset).fail(problem)
      const space = this.#space(sort)
      const syntax = space[index] ?? refuse(`unknown ${sort} ${index}: there are ${space.length}`)
      if (exports.has(name)) refuse(`duplicate export name \`${name}\``)
      exports.set(name, this.#resolve(syntax, refuse))
    }
    return { kind: 'core-module', imports, exports }
  }

  #imports(): CoreImport[] {
    const imports: CoreImport[] = []
    const reader = this.#open('import')
    if (!reader) return imports
    const refuse: Refuse = (problem) => reader.fail(problem)
    const count = reader.count('imports', limits.imports)
    for (reader.item = 0; reader.item < count; reader.item++) {
      for (const { module, name, type } of readImportGroup(reader)) {
        if (imports.length === limits.imports) reader.exceeds('too many imports', limits.imports)
        imports.push({ module, name, type: this.#resolve(type, refuse) })
        this.#imported[type.kind].push(type)
      }
    }
    close(reader)
    return imports
  }

  #space(sort: Sort): readonly CoreExternSyntax[] {
    let space = this.#spaces.get(sort)
    if (!space) {
      space = this.#imported[sort].concat(this.#defined(sort))
      this.#spaces.set(sort, space)
    }
    return space
  }

  #defined(sort: Sort): CoreExternSyntax[] {
    switch (sort) {
      case 'func':
        return this.#items('function', limits.functions, this.#readFunction)
      case 'table':
        return this.#items('table', limits.tables, readTable)
      case 'memory':
        return this.#items('memory', limits.memories, readMemoryType)
      case 'global':
        return this.#items('global', limits.globals, readGlobal)
      case 'tag':
        return this.#items('tag', limits.tags, readTagType)
    }
  }

  /** Functions are many and their types are few: those of one type are one object. */
  readonly #readFunction = (reader: ByteReader): CoreExternSyntax => {
    const type = reader.u32() as CoreTypeIndex
    let syntax = this.#functions.get(type)
    if (!syntax) {
      syntax = { kind: 'func', type }
      this.#functions.set(type, syntax)
    }
    return syntax
  }

  #resolve(syntax: CoreExternSyntax, refuse: Refuse): CoreExternType {
    if (syntax.kind !== 'func' && syntax.kind !== 'tag') return syntax
    const known = this.#resolved.get(syntax)
    if (known) return known
    const type = this.#types[syntax.type]
    if (type?.kind !== 'func') {
      const found = type ? `a type of ${type.kind}` : 'none'
      return refuse(`unknown type ${syntax.type}: wanted a function type, found ${found}`)
    }
    const resolved = { kind: syntax.kind, parameters: type.parameters, results: type.results }
    this.#resolved.set(syntax, resolved)
    return resolved
  }

  /** All items of a section that is a vector; none where there is no such section. */
  #items<T>(name: CoreSectionName, limit: number, read: (reader: ByteReader) => T): T[] {
    const reader = this.#open(name)
    if (!reader) return []
    const count = reader.count(`items in the ${name} section`, limit)
    const items: T[] = []
    for (reader.item = 0; reader.item < count; reader.item++) items.push(read(reader))
    close(reader)
    return items
  }

  #open(name: CoreSectionName): ByteReader | undefined {
    const section = this.#sections.find((candidate) => candidate.name === name)
    return section && this.#at(name, section.range.start, section.range.end)
  }

  #at(name: CoreSectionName, offset: number, end = offset): ByteReader {
    const reader = new ByteReader(this.#bytes, offset, end)
    reader.path.push(`${name} section`)
    return reader
  }
}

function close(reader: ByteReader): void {
  reader.item = -1
  if (!reader.atEnd) reader.fail('section size mismatch: unexpected bytes at the end of the section')
}

function readExport(reader: ByteReader): CoreExport {
  const offset = reader.position
  const name = reader.name()
  const byte = reader.byte()
  const sort = sorts[byte] ?? reader.invalidByte(byte, 'external kind', '0x00 to 0x04')
  return { name, sort, index: reader.u32(), offset }
}

/** `table ::= tabletype | 0x40 0x00 tabletype expr` */
function readTable(reader: ByteReader): CoreExternSyntax {
  if (reader.peek() !== 0x40) return readTableType(reader)
  reader.skip(1)
  const reserved = reader.byte()
  if (reserved !== 0x00) reader.invalidByte(reserved, 'table with an initial value', '0x00')
  const type = readTableType(reader)
  skipConstantExpression(reader)
  return type
}

/** `global ::= globaltype expr` */
function readGlobal(reader: ByteReader): CoreExternSyntax {
  const type = readGlobalType(reader)
  skipConstantExpression(reader)
  return type
}
