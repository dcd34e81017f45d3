/** Core modules as text, laid out as wasm-tools does. */
import type { ByteRange, CoreCompositeType, CoreExternSyntax } from '../../component/component.ts'
import type { CoreValueType } from '../../component/extern-type.ts'
import type { CoreTypeIndex } from '../../component/indices.ts'
import type { BranchHint, BranchHints } from '../../binary/core/branch-hints.ts'
import { decodeModule } from '../../binary/core/decode-module.ts'
import type {
  CoreModule,
  CoreSectionSyntax,
  CustomSectionSyntax,
  DataSegment,
  ElementSegment,
  Expression,
  FunctionBody,
  TableSyntax,
} from '../../binary/core/module.ts'
import type { ImportGroup } from '../../binary/core-imports.ts'
import { decodeNames, encodeNames, type ModuleNames, namesOfNone } from '../../binary/core/names.ts'
import { DecodeError } from '../../errors.ts'
import { Printer } from '../printer.ts'
import {
  globalTypeText,
  memoryTypeText,
  namedText,
  signatureText,
  subTypeText,
  tableTypeText,
  type UseType,
  valueTypeText,
} from './print-core-type.ts'
import { printCustom, type Zone, zonesOf } from './print-custom.ts'
import { constantText, printBody } from './print-expression.ts'
import { printedName, quoted, quotedBytes } from './print-name.ts'
import { printableHints } from './printable-hints.ts'
import { PrintedModuleNames, type PrintedNames } from './printed-module-names.ts'
import { withoutStrays } from './stray-names.ts'

/**
 * A core module as text.
 *
 * @throws {DecodeError}
 *
 * @example
 * printModule(parseModuleText(new Source('m.wat', '(module (memory $m 1))')))
 * // '(module\n  (memory $m (;0;) 1)\n)\n'
 */
export function printModule(bytes: Uint8Array): string {
  const printer = new Printer()
  const module = decodeModule(bytes)
  const { module: name } = usedNames(module).names
  const head = name === undefined ? undefined : printedName(name, 'module0')
  printer.open(head ? `module ${head.id}${head.annotation}` : 'module')
  new ModulePrinter(printer, bytes, module).print(name)
  printer.close().write('\n')
  return printer.finish()
}

/**
 * Prints what stands in the parentheses of a module after its identifier; `name` is the name that the identifier, or
 * the annotation after it, gives the module.
 *
 * @throws {DecodeError}
 */
export function printCoreModule(
  printer: Printer,
  bytes: Uint8Array,
  range: ByteRange,
  name: string | undefined,
): void {
  new ModulePrinter(printer, bytes, decodeModule(bytes, range)).print(name)
}

/** The name section that becomes identifiers: the only one, well-formed, with names in it. */
function usedNames({ sections }: CoreModule): { names: ModuleNames; section?: CoreSectionSyntax } {
  const [section, ...more] = sections.filter((one) => one.kind === 'custom' && one.name === 'name')
  if (section?.kind !== 'custom' || more.length > 0) return { names: namesOfNone }
  try {
    const names = decodeNames(section.bytes)
    return encodeNames(names) ? { names, section } : { names: namesOfNone }
  } catch (error) {
    if (error instanceof DecodeError) return { names: namesOfNone }
    throw error
  }
}

class ModulePrinter {
  readonly bytes: Uint8Array
  readonly names: PrintedModuleNames
  readonly types: CoreCompositeType[] = []
  readonly #printer: Printer
  readonly #module: CoreModule
  readonly #given: ModuleNames
  /** The name section, where its names are identifiers. */
  readonly #nameSection: CoreSectionSyntax | undefined
  /** Names of what the module does not have, as words. */
  readonly #stray: readonly string[]
  readonly #use: UseType
  /** How many of each sort were printed. */
  readonly #printed: Record<CoreExternSyntax['kind'], number> = {
    func: 0,
    table: 0,
    memory: 0,
    global: 0,
    tag: 0,
  }
  /** The types of defined functions. */
  #functions: readonly CoreTypeIndex[] = []
  #hints: BranchHints = new Map()
  /** Whether there is a data count section, and whether an instruction names a segment, which makes a parser write it. */
  #countsData = false
  #namesData = false

  constructor(printer: Printer, bytes: Uint8Array, module: CoreModule) {
    this.bytes = bytes
    this.#printer = printer
    this.#module = module
    const { names, section } = usedNames(module)
    this.#given = names
    this.#nameSection = section
    const { names: present, stray } = withoutStrays(module, names)
    this.#stray = stray
    this.names = new PrintedModuleNames(present)
    this.#use = (index) => this.names.use('type', index)
  }

  print(name: string | undefined): void {
    const { sections } = this.#module
    const zones = zonesOf(this.#module)
    const mark = this.#markText(name, zones)
    for (const [i, section] of sections.entries()) {
      if (section === this.#nameSection) {
        if (mark !== undefined) this.#printer.line().write(mark)
      } else if (section.kind !== 'custom') this.#section(section)
      else if (!this.#takeHints(i)) printCustom(this.#printer, section, zones[i]!)
    }
    if (this.#countsData && !this.#namesData) this.#printer.line().write('(@data-count)')
    if (!this.#nameSection && name !== undefined) this.#printer.line().write('(@names none)')
  }

  /** What identifiers do not say of the name section: its place, the module's name, names of what is not there. */
  #markText(name: string | undefined, zones: readonly Zone[]): string | undefined {
    const section = this.#nameSection
    if (!section) return undefined
    const { sections } = this.#module
    const at = sections.indexOf(section)
    const { module } = this.#given
    const moved = at < sections.length - 1 && zones[at] === 'last'
    const words = [...this.#stray]
    if (module !== name) words.unshift(module === undefined ? 'none' : quoted(module))
    if (words.length === 0 && !moved) return undefined
    return `(${['@names', ...words].join(' ')})`
  }

  /** Hints become annotations of instructions, if those can say all. */
  #takeHints(index: number): boolean {
    const hints = printableHints(this.bytes, this.#module, index, this.#printed.func)
    if (hints) this.#hints = hints
    return hints !== undefined
  }

  #section(section: Exclude<CoreSectionSyntax, CustomSectionSyntax>): void {
    const printer = this.#printer
    switch (section.kind) {
      case 'type':
        for (const group of section.items) {
          if (group.explicit) printer.line().open('rec')
          for (const type of group.types) {
            const index = this.types.push(type.type) - 1
            const text = subTypeText(type, this.#use, this.names.fields(index))
            printer.line().write(`(type ${this.names.define('type', index)} ${text})`)
          }
          if (group.explicit) printer.close()
        }
        return
      case 'import':
        for (const group of section.items) printer.line().write(this.#importText(group))
        return
      case 'function':
        this.#functions = section.items
        return
      case 'table':
        for (const table of section.items) printer.line().write(this.#tableText(table))
        return
      case 'memory':
        for (const type of section.items) printer.line().write(this.#externText(type))
        return
      case 'tag':
        for (const type of section.items) printer.line().write(this.#externText(type))
        return
      case 'global':
        for (const { type, initial } of section.items) {
          const head = `(global ${this.#define('global')} ${globalTypeText(type, this.#use)}`
          printer.line().write(`${head}${this.#constant(initial)})`)
        }
        return
      case 'export':
        for (const { name, sort, index } of section.items) {
          printer.line().write(`(export ${quoted(name)} (${sort} ${this.names.use(sort, index)}))`)
        }
        return
      case 'start':
        printer.line().write(`(start ${this.names.use('func', section.func)})`)
        return
      case 'element':
        for (const [i, segment] of section.items.entries()) this.#element(segment, i)
        return
      case 'data count':
        this.#countsData = true
        return
      case 'code':
        this.#code(section.items)
        return
      case 'data':
        for (const [i, segment] of section.items.entries()) this.#data(segment, i)
    }
  }

  /** `$name (;3;)`, of the next item of the sort. */
  #define(sort: CoreExternSyntax['kind']): string {
    return this.names.define(sort, this.#printed[sort]++)
  }

  #importText({ module, compact, items, type: unused }: ImportGroup): string {
    const head = `(import ${quoted(module)}`
    if (compact === undefined) {
      return items.map(({ name, type }) => `${head} ${quoted(name)} ${this.#externText(type)})`).join('')
    }
    const typed = compact === 'module'
    const texts = items.map(({ name, type }) => {
      const text = this.#externText(type)
      return `(item ${quoted(name)}${typed ? ` ${text}` : ''})`
    })
    const shared = items[0]?.type ?? unused
    if (!typed && shared) texts.push(this.#bareExternText(shared))
    return `${[head, ...texts].join(' ')})`
  }

  /** `(func $name (;3;) (type 0))`, with the parameters of a function where they have names */
  #externText(type: CoreExternSyntax): string {
    const names = type.kind === 'func' ? this.names.locals(this.#printed.func) : undefined
    const head = `(${type.kind} ${this.#define(type.kind)} ${this.#typeText(type)}`
    return `${head}${type.kind === 'func' && names && names.size > 0 ? this.#signature(type.type, names) : ''})`
  }

  /** Without name and number. */
  #bareExternText(type: CoreExternSyntax): string {
    return `(${type.kind} ${this.#typeText(type)})`
  }

  #typeText(type: CoreExternSyntax): string {
    switch (type.kind) {
      case 'func':
        return `(type ${this.#use(type.type)})`
      case 'tag':
        return `(type ${this.#use(type.type)})${this.#signature(type.type)}`
      case 'table':
        return tableTypeText(type, this.#use)
      case 'memory':
        return memoryTypeText(type)
      case 'global':
        return globalTypeText(type, this.#use)
    }
  }

  #signature(index: CoreTypeIndex, names?: PrintedNames): string {
    const type = this.types[index]
    if (type?.kind !== 'func') return ''
    const results = signatureText([], type.results, this.#use)
    return namedText('param', type.parameters, this.#use, names) + results
  }

  #tableText({ type, initial }: TableSyntax): string {
    const head = `(table ${this.#define('table')} ${tableTypeText(type, this.#use)}`
    return `${head}${initial ? this.#constant(initial) : ''})`
  }

  /** ` instr instr` */
  #constant(expression: Expression): string {
    const { text } = constantText(this, expression)
    return text === '' ? '' : ` ${text}`
  }

  /** `(instr)`, or in a list with this keyword what is not exactly one instruction. */
  #wrapped(keyword: string, expression: Expression): string {
    const { text, count } = constantText(this, expression)
    if (count === 1) return `(${text})`
    return text === '' ? `(${keyword})` : `(${keyword} ${text})`
  }

  #element({ mode, elements }: ElementSegment, index: number): void {
    const words = [`elem ${this.names.define('elem', index)}`]
    if (mode.kind === 'declared') words.push('declare')
    if (mode.kind === 'active') {
      if (mode.table !== undefined) words.push(`(table ${this.names.use('table', mode.table)})`)
      words.push(this.#wrapped('offset', mode.offset))
    }
    words.push(elements.kind === 'functions' ? 'func' : valueTypeText(elements.type, this.#use))
    const printer = this.#printer.line().open(words.join(' '))
    if (elements.kind === 'functions') {
      for (const func of elements.indices) printer.write(` ${this.names.use('func', func)}`)
    } else {
      for (const element of elements.expressions) printer.write(` ${this.#wrapped('item', element)}`)
    }
    printer.close()
  }

  #data({ mode, bytes }: DataSegment, index: number): void {
    const words = [`(data ${this.names.define('data', index)}`]
    if (mode.kind === 'active') {
      if (mode.memory) words.push(`(memory ${this.names.use('memory', mode.memory)})`)
      words.push(this.#wrapped('offset', mode.offset))
    }
    const printer = this.#printer.line().write(`${words.join(' ')} `)
    for (const piece of quotedBytes(bytes)) printer.write(piece)
    printer.write(')')
  }

  #code(bodies: readonly FunctionBody[]): void {
    for (const [i, body] of bodies.entries()) this.#function(body, this.#functions[i]!)
  }

  #function({ locals, code, offset }: FunctionBody, type: CoreTypeIndex): void {
    const index = this.#printed.func
    const names = this.names.locals(index)
    const composite = this.types[type]
    const parameters = composite?.kind === 'func' ? composite.parameters : []
    const results = composite?.kind === 'func' ? composite.results : []
    const printer = this.#printer.line().open(`func ${this.#define('func')} (type ${this.#use(type)})`)
    printer.write(namedText('param', parameters, this.#use, names))
    printer.write(signatureText([], results, this.#use))
    if (locals.length > 0) {
      const text = namedText('local', repeated(locals), this.#use, names, parameters.length)
      if (text !== '') printer.line().write(text.slice(1))
    }
    const hints = new Map(
      this.#hints.get(index)?.map((hint): [number, BranchHint] => [offset + hint.offset, hint]),
    )
    this.#namesData =
      printBody(printer, this, { locals: names, labels: this.names.labels(index), hints }, code) ||
      this.#namesData
    printer.close()
  }
}

/** The type of each local; their number is bounded. */
function* repeated(groups: FunctionBody['locals']): Generator<CoreValueType, void, undefined> {
  for (const { count, type } of groups) for (let i = 0; i < count; i++) yield type
}
