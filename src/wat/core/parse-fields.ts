/** The second pass over the fields of a module: what they define. */
import type { CoreExternSyntax, CoreSubType } from '../../component/component.ts'
import type { CoreTypeIndex } from '../../component/indices.ts'
import { limits } from '../../component/limits.ts'
import type { Span } from '../../diagnostics/span.ts'
import type { CoreValueType } from '../../component/extern-type.ts'
import type { BranchHint } from '../../binary/core/branch-hints.ts'
import { encodeLocals } from '../../binary/core/encode-module.ts'
import type {
  CoreExternOf,
  DataSegment,
  ElementSegment,
  ExportSyntax,
  FunctionBody,
  GlobalSyntax,
  LocalGroup,
  TableSyntax,
} from '../../binary/core/module.ts'
import type { ImportGroup } from '../../binary/core-imports.ts'
import type { NameMap } from '../../binary/name-map.ts'
import { type Identifier, TokenReader } from '../token-reader.ts'
import { type PlacedCustom, takeCustom } from './custom-sections.ts'
import { IndexSpace } from './index-space.ts'
import { ModuleScope, type TypeUse } from './module-scope.ts'
import { isSort, nameFields, type Sort } from './name-fields.ts'
import {
  atReferenceType,
  takeAddressType,
  takeGlobalType,
  takeMemoryType,
  takePageSize,
  takeReferenceType,
  takeSubType,
  takeTableType,
  takeValueType,
} from './parse-core-type.ts'
import { takeExpression } from './parse-expression.ts'
import {
  atZero,
  takeConstant,
  takeData,
  takeDataSegment,
  takeElementSegment,
  takeTableElements,
} from './parse-segments.ts'

/** All that the fields of a module define, by section. */
export class ModuleFields {
  readonly scope = new ModuleScope()
  readonly imports: ImportGroup[] = []
  readonly functions: CoreTypeIndex[] = []
  readonly tables: TableSyntax[] = []
  readonly memories: CoreExternOf<'memory'>[] = []
  readonly tags: CoreExternOf<'tag'>[] = []
  readonly globals: GlobalSyntax[] = []
  readonly exports: ExportSyntax[] = []
  start: number | undefined
  readonly elements: ElementSegment[] = []
  readonly bodies: FunctionBody[] = []
  readonly data: DataSegment[] = []
  readonly customs: PlacedCustom[] = []
  /** Whether there is a data count section: an instruction names a data segment, or an annotation says so. */
  countsData = false
  readonly hints = new Map<number, readonly BranchHint[]>()
  /** Names of locals, and of labels, by function; of fields, by type. */
  readonly locals = new Map<number, NameMap>()
  readonly labels = new Map<number, NameMap>()
  readonly #tokens: TokenReader
  /** How many of each sort were read. */
  readonly #read: Record<Sort, number> = { func: 0, table: 0, memory: 0, global: 0, tag: 0 }

  /** Reads all fields; `tokens` stand before the first one, and after the last one when it is done. */
  constructor(tokens: TokenReader) {
    const { source } = tokens
    const { start } = tokens.lexer
    const types = nameFields(tokens, this.scope)
    const end = tokens.lexer.start
    let index = 0
    for (const at of types) index = this.#readTypes(new TokenReader(source, at, end), index)
    this.#tokens = new TokenReader(source, start, end)
    while (!this.#tokens.atEnd) this.#readField()
  }

  /** `(type id? subtype) | (rec (type id? subtype)*)`; returns the index of the type that follows. */
  #readTypes(tokens: TokenReader, index: number): number {
    const explicit = tokens.enters('rec')
    const types: CoreSubType[] = []
    do {
      if (!tokens.enters('type')) {
        if (explicit && tokens.atEnd) break
        tokens.expected('`(type …)`')
      }
      tokens.takeIdentifier()
      tokens.takeName()
      types.push(this.#takeSubType(tokens, index + types.length))
      tokens.leave()
    } while (explicit)
    this.scope.addTypes(types, explicit)
    return index + types.length
  }

  #takeSubType(tokens: TokenReader, index: number): CoreSubType {
    const fields = new IndexSpace('field')
    const type = takeSubType(tokens, this.scope.takeTypeIndex, (id, name) => fields.define(tokens, id, name))
    if (fields.names.size > 0) this.scope.fields.set(index, fields)
    return type
  }

  #readField(): void {
    const tokens = this.#tokens
    if (tokens.lexer.kind === 'annotation' && tokens.lexer.annotation === 'data-count') {
      tokens.lexer.next()
      tokens.leave()
      this.countsData = true
      return
    }
    if (tokens.lexer.kind === 'annotation') {
      this.customs.push(takeCustom(tokens) ?? tokens.expected('a field of the module'))
      return
    }
    tokens.enter('a field of the module')
    const { span } = tokens.lexer
    const keyword = tokens.takeKeyword('a field of the module')
    if (keyword === 'type' || keyword === 'rec') {
      tokens.skipRest()
      return
    }
    this.#readContents(keyword, span)
    tokens.leave()
  }

  #readContents(keyword: string, span: Span): void {
    const tokens = this.#tokens
    if (isSort(keyword)) {
      this.#readDefinition(keyword)
      return
    }
    switch (keyword) {
      case 'import':
        this.#readImports()
        return
      case 'export':
        this.exports.push({ name: tokens.takeText('the name of an export'), ...this.#takeItem() })
        return
      case 'start':
        if (this.start !== undefined) tokens.fail('multiple start sections: a module starts once', span)
        this.start = this.scope.spaces.func.take(tokens)
        return
      case 'elem':
        this.#skipName()
        this.elements.push(takeElementSegment(tokens, this.scope))
        return
      case 'data':
        this.#skipName()
        this.data.push(takeDataSegment(tokens, this.scope))
        return
      default:
        tokens.fail(`unexpected token: \`${keyword}\` is no field of a module`, span)
    }
  }

  /** They were taken in the first pass. */
  #skipName(): void {
    this.#tokens.takeIdentifier()
    this.#tokens.takeName()
  }

  /** `(sort x)` */
  #takeItem(): { sort: Sort; index: number } {
    const tokens = this.#tokens
    tokens.enter('what is exported')
    const sort = this.#takeSort()
    const index = this.scope.spaces[sort].take(tokens)
    tokens.leave()
    return { sort, index }
  }

  #takeSort(): Sort {
    const { span } = this.#tokens.lexer
    const keyword = this.#tokens.takeKeyword('`func`, `table`, `memory`, `global` or `tag`')
    if (isSort(keyword)) return keyword
    return this.#tokens.fail(`unexpected token: \`${keyword}\` can be neither imported nor exported`, span)
  }

  /** See `name-fields.ts` for the grammar. */
  #readImports(): void {
    const tokens = this.#tokens
    const module = tokens.takeText('the name of a module')
    if (tokens.lexer.kind === 'string') {
      const name = tokens.takeText('the name of an import')
      this.imports.push({ module, compact: undefined, items: [{ name, type: this.#takeImport() }] })
      return
    }
    const items: { name: string; type: CoreExternSyntax | undefined }[] = []
    while (tokens.enters('item')) {
      const name = tokens.takeText('the name of an import')
      items.push({ name, type: tokens.atEnd ? undefined : this.#takeImport() })
      tokens.leave()
    }
    const untyped = items.filter(({ type }) => type === undefined).length
    if (untyped > 0 && untyped < items.length)
      tokens.fail('unexpected token: all imports have types, or none')
    // It may have a type and nothing of it.
    const none = items.length === 0 && !tokens.atEnd
    const shared = untyped > 0 || none ? this.#takeImport(untyped) : undefined
    const compact = shared ? 'type' : 'module'
    const typed = items.map(({ name, type }) => ({ name, type: (type ?? shared)! }))
    this.imports.push({ module, compact, items: typed, ...(none && shared && { type: shared }) })
  }

  /** `(sort id? type)`, of so many imports */
  #takeImport(count = 1): CoreExternSyntax {
    this.#tokens.enter('the type of the import')
    const sort = this.#takeSort()
    this.#skipName()
    const type = this.#takeExternType(sort, count === 1 ? this.#read[sort] : undefined)
    this.#tokens.leave()
    this.#read[sort] += count
    return type
  }

  /** `index`: of the item, where it is one. */
  #takeExternType(sort: Sort, index: number | undefined): CoreExternSyntax {
    const tokens = this.#tokens
    const { scope } = this
    switch (sort) {
      case 'func': {
        const use = scope.takeTypeUse(tokens, true)
        const { names } = this.#parametersOf(use)
        if (index !== undefined && names.size > 0) this.locals.set(index, names)
        return { kind: sort, type: scope.typeIndex(tokens, use) }
      }
      case 'tag':
        return { kind: sort, type: scope.typeIndex(tokens, scope.takeTypeUse(tokens, true)) }
      case 'table':
        return takeTableType(tokens, scope.takeTypeIndex)
      case 'memory':
        return takeMemoryType(tokens)
      case 'global':
        return takeGlobalType(tokens, scope.takeTypeIndex)
    }
  }

  /** `(sort id? (export "…")* (import "…" "…")? …)` */
  #readDefinition(sort: Sort): void {
    const tokens = this.#tokens
    this.#skipName()
    const index = this.#read[sort]++
    while (tokens.enters('export')) {
      this.exports.push({ name: tokens.takeText('the name of an export'), sort, index })
      tokens.leave()
    }
    if (!tokens.enters('import')) {
      this.#readInline(sort, index)
      return
    }
    const module = tokens.takeText('the name of a module')
    const name = tokens.takeText('the name of an import')
    tokens.leave()
    this.imports.push({
      module,
      compact: undefined,
      items: [{ name, type: this.#takeExternType(sort, index) }],
    })
  }

  #readInline(sort: Sort, index: number): void {
    const tokens = this.#tokens
    switch (sort) {
      case 'func':
        this.#readFunction(index)
        return
      case 'table':
        this.#readTable(index)
        return
      case 'memory':
        this.#readMemory(index)
        return
      case 'global': {
        const type = takeGlobalType(tokens, this.scope.takeTypeIndex)
        this.globals.push({ type, initial: takeConstant(tokens, this.scope) })
        return
      }
      case 'tag':
        this.tags.push({
          kind: 'tag',
          type: this.scope.typeIndex(tokens, this.scope.takeTypeUse(tokens, true)),
        })
    }
  }

  /** `tabletype instr*`, or `addrtype? reftype (elem …)` */
  #readTable(index: number): void {
    const tokens = this.#tokens
    const { scope } = this
    const ahead = new TokenReader(tokens.source, tokens.lexer.start)
    takeAddressType(ahead)
    if (!atReferenceType(ahead)) {
      const type = takeTableType(tokens, scope.takeTypeIndex)
      this.tables.push({ type, initial: tokens.atEnd ? undefined : takeConstant(tokens, scope) })
      return
    }
    const index64 = takeAddressType(tokens)
    const element = takeReferenceType(tokens, scope.takeTypeIndex)
    if (!tokens.enters('elem')) tokens.expected('`(elem …)`')
    const elements = takeTableElements(tokens, scope, element)
    tokens.leave()
    const length = elements.kind === 'functions' ? elements.indices.length : elements.expressions.length
    this.elements.push({ mode: { kind: 'active', table: index, offset: atZero(index64) }, elements })
    const size = { minimum: BigInt(length), maximum: BigInt(length), shared: false, index64 }
    this.tables.push({ type: { kind: 'table', element, limits: size }, initial: undefined })
  }

  /** `memtype`, or `addrtype? (pagesize n)? (data value*)` */
  #readMemory(index: number): void {
    const tokens = this.#tokens
    const ahead = new TokenReader(tokens.source, tokens.lexer.start)
    takeAddressType(ahead)
    if (ahead.lexer.kind !== '(') {
      this.memories.push(takeMemoryType(tokens))
      return
    }
    const index64 = takeAddressType(tokens)
    const pageSize = takePageSize(tokens)
    if (!tokens.enters('data')) tokens.expected('`(data …)`')
    const bytes = takeData(tokens)
    tokens.leave()
    this.data.push({ mode: { kind: 'active', memory: index || undefined, offset: atZero(index64) }, bytes })
    const pages = BigInt(Math.ceil(bytes.length / 2 ** pageSize.pageSizeLog2))
    const size = { minimum: pages, maximum: pages, shared: false, index64 }
    this.memories.push({ kind: 'memory', limits: size, ...pageSize })
  }

  /** `typeuse (local id? valtype*)* instr*` */
  #readFunction(index: number): void {
    const tokens = this.#tokens
    const { scope } = this
    const use = scope.takeTypeUse(tokens, true)
    const type = scope.typeIndex(tokens, use)
    this.functions.push(type)
    const locals = this.#parametersOf(use)
    if (!use.signature.written) locals.length = scope.parametersOf(type)?.length ?? 0
    const groups = this.#takeLocals(locals)
    const { bytes, facts } = takeExpression(tokens, scope, locals)
    this.bodies.push({ locals: groups, code: { bytes, offset: 0 }, offset: 0 })
    this.countsData ||= facts.namesData
    if (locals.names.size > 0) this.locals.set(index, locals.names)
    if (facts.labels.length > 0) this.labels.set(index, new Map(facts.labels))
    if (facts.hints.length === 0) return
    // The section counts from the first byte of the function, which is that of its locals.
    const before = encodeLocals(groups).length
    this.hints.set(
      index,
      facts.hints.map(({ offset, value }) => ({ offset: offset + before, value })),
    )
  }

  #parametersOf({ signature }: TypeUse): IndexSpace {
    const locals = new IndexSpace('local')
    for (const { id, name } of signature.parameters) locals.define(this.#tokens, id, name)
    return locals
  }

  #takeLocals(locals: IndexSpace): LocalGroup[] {
    const tokens = this.#tokens
    const groups: { count: number; type: CoreValueType }[] = []
    let total = 0
    const take = (id: Identifier | undefined, name: string | undefined): void => {
      if (++total > limits.locals) tokens.fail(`too many locals: the limit is ${limits.locals}`)
      const type = takeValueType(tokens, this.scope.takeTypeIndex)
      locals.define(tokens, id, name)
      const last = groups.at(-1)
      if (last?.type === type) last.count++
      else groups.push({ count: 1, type })
    }
    while (tokens.enters('local')) {
      const id = tokens.takeIdentifier()
      const name = tokens.takeName()
      if (id || name !== undefined) take(id, name)
      else while (!tokens.atEnd) take(undefined, undefined)
      tokens.leave()
    }
    return groups
  }
}
