import type { ByteRange, CoreExternSyntax, CoreSubType } from '../component/component.ts'
import type { CoreExternType, CoreImport, CoreModuleType } from '../component/extern-type.ts'
import { functionForm } from '../component/function-form.ts'
import { limits } from '../component/limits.ts'
import { ByteReader } from './byte-reader.ts'
import { skipConstantExpression } from './constant-expression.ts'
import { externSorts, readImportGroup } from './core-imports.ts'
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
 * @param path the sections that lead to the module, for messages
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
  path: readonly string[] = [],
): CoreModuleType {
  return new CoreModuleReader(bytes, coreSections(bytes, range), path).type()
}

type Sort = CoreExternSyntax['kind']

class CoreModuleReader {
  readonly #bytes: Uint8Array
  readonly #sections: readonly CoreSection[]
  readonly #path: readonly string[]
  readonly #types: readonly CoreSubType[]
  /** What the module defines itself; of one sort, all are read when the first export asks for one. */
  readonly #defined = new Map<Sort, readonly CoreExternSyntax[]>()
  /** Functions are many and their types are few: the type index of each, and a resolved type for each type index. */
  #functions: Uint32Array | undefined
  readonly #functionTypes: (CoreFunctionType | undefined)[] = []
  readonly #imported: Record<Sort, CoreExternType[]> = {
    func: [],
    table: [],
    memory: [],
    global: [],
    tag: [],
  }

  constructor(bytes: Uint8Array, sections: readonly CoreSection[], path: readonly string[]) {
    this.#bytes = bytes
    this.#sections = sections
    this.#path = path
    this.#types = this.#items('type', limits.types, readRecType).flatMap((group) => group.types)
  }

  type(): CoreModuleType {
    const imports = this.#imports()
    return { kind: 'core-module', imports, exports: this.#exports() }
  }

  #imports(): CoreImport[] {
    const imports: CoreImport[] = []
    const reader = this.#open('import')
    if (!reader) return imports
    const count = reader.count('imports', limits.imports)
    for (reader.item = 0; reader.item < count; reader.item++) {
      const { module, items } = readImportGroup(reader)
      for (const { name, type: syntax } of items) {
        if (imports.length === limits.imports) reader.exceeds('too many imports', limits.imports)
        const type = this.#resolve(syntax, reader)
        imports.push({ module, name, type })
        this.#imported[type.kind].push(type)
      }
    }
    close(reader)
    return imports
  }

  #exports(): ReadonlyMap<string, CoreExternType> {
    const exports = new Map<string, CoreExternType>()
    const reader = this.#open('export')
    if (!reader) return exports
    const count = reader.count('items in the export section', limits.exports)
    for (reader.item = 0; reader.item < count; reader.item++) {
      const offset = reader.position
      const name = reader.name()
      const byte = reader.byte()
      const sort = externSorts[byte] ?? reader.invalidByte(byte, 'external kind', '0x00 to 0x04')
      exports.set(name, this.#item(sort, reader.u32(), reader, offset))
      if (exports.size <= reader.item) reader.fail(`duplicate export name \`${name}\``, offset)
    }
    close(reader)
    return exports
  }

  /** The item at an index of a sort's index space: first what is imported, then what is defined. */
  #item(sort: Sort, index: number, reader: ByteReader, offset: number): CoreExternType {
    const imported = this.#imported[sort]
    if (index < imported.length) return imported[index]!
    const defined = sort === 'func' ? this.#definedFunctions() : this.#definedOf(sort)
    const item = defined[index - imported.length]
    if (item === undefined) {
      return reader.fail(`unknown ${sort} ${index}: there are ${imported.length + defined.length}`, offset)
    }
    return typeof item === 'number' ? this.#functionType(item, reader) : this.#resolve(item, reader)
  }

  #definedFunctions(): Uint32Array {
    this.#functions ??= this.#readFunctions()
    return this.#functions
  }

  #readFunctions(): Uint32Array {
    const reader = this.#open('function')
    if (!reader) return new Uint32Array()
    const functions = new Uint32Array(reader.count('items in the function section', limits.functions))
    for (reader.item = 0; reader.item < functions.length; reader.item++) functions[reader.item] = reader.u32()
    close(reader)
    return functions
  }

  #definedOf(sort: Exclude<Sort, 'func'>): readonly CoreExternSyntax[] {
    let items = this.#defined.get(sort)
    if (!items) {
      items = this.#readDefined(sort)
      this.#defined.set(sort, items)
    }
    return items
  }

  #readDefined(sort: Exclude<Sort, 'func'>): CoreExternSyntax[] {
    switch (sort) {
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

  #resolve(syntax: CoreExternSyntax, reader: ByteReader): CoreExternType {
    switch (syntax.kind) {
      case 'func':
        return this.#functionType(syntax.type, reader)
      case 'tag':
        return this.#tagType(syntax.type, reader)
      default:
        return syntax
    }
  }

  #tagType(index: number, reader: ByteReader): CoreExternType {
    return { ...this.#functionType(index, reader), kind: 'tag' }
  }

  #functionType(index: number, reader: ByteReader): CoreFunctionType {
    const known = this.#functionTypes[index]
    if (known) return known
    const type = this.#types[index]
    if (type?.type.kind !== 'func') {
      const found = type ? `a type of ${type.type.kind}` : 'none'
      return reader.fail(`unknown type ${index}: wanted a function type, found ${found}`)
    }
    const { parameters, results } = type.type
    const made: CoreFunctionType = { kind: 'func', parameters, results, ...functionForm(type) }
    this.#functionTypes[index] = made
    return made
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
    if (!section) return undefined
    const reader = new ByteReader(this.#bytes, section.range.start, section.range.end)
    reader.path.push(...this.#path, `${name} section`)
    return reader
  }
}

type CoreFunctionType = Extract<CoreExternType, { kind: 'func' }>

function close(reader: ByteReader): void {
  reader.item = -1
  if (!reader.atEnd) reader.fail('section size mismatch: unexpected bytes at the end of the section')
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
