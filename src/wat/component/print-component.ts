/** Components as text, in the layout of wasm-tools. */
import { areSameBytes } from '../../binary/same-bytes.ts'
import { type ComponentNames, readComponentNames } from '../../binary/component-name-section.ts'
import { encodeComponentNames } from '../../binary/encode-component-names.ts'
import { readProducers } from '../../binary/producers.ts'
import type { CanonDefinition, Component, CustomSection, Definition } from '../../component/component.ts'
import { encodeProducers } from '../core/custom-sections.ts'
import { printCoreModule } from '../core/print-module.ts'
import { printedName, quoted, quotedBytes } from '../core/print-name.ts'
import type { Printer } from '../printer.ts'
import { externNameText, externTypeText, itemText } from './extern-text.ts'
import { isNameSection, namesThatExist, unusualOrder } from './name-section.ts'
import { canonText } from './print-canon.ts'
import { printShared } from './print-type-definitions.ts'
import { valueTypeText } from './print-types.ts'
import { PrintedNames } from './printed-names.ts'

/** Prints `(component …)`, names from its `component-name` section. */
export function printComponent(printer: Printer, component: Component): void {
  const names = readComponentNames(component)
  const own = names.component === undefined ? undefined : printedName(names.component, 'component0')
  printer.open(own ? `component ${own.id}${own.annotation}` : 'component')
  const scope = new PrintedNames(own?.id, undefined, names)
  new ComponentPrinter(printer, component, names, scope, names.component).print()
  printer.close()
}

class ComponentPrinter {
  readonly #printer: Printer
  readonly #component: Component
  readonly #tables: ComponentNames
  readonly #names: PrintedNames
  /** What the name section calls the component, if a parser makes it from the text around. */
  readonly #assumed: string | undefined

  constructor(
    printer: Printer,
    component: Component,
    tables: ComponentNames,
    names: PrintedNames,
    assumed: string | undefined,
  ) {
    this.#printer = printer
    this.#component = component
    this.#tables = tables
    this.#names = names
    this.#assumed = assumed
  }

  print(): void {
    const { definitions } = this.#component
    const names = this.#namesText()
    for (const definition of definitions) {
      if (names !== undefined && isNameSection(definition)) {
        if (names !== '' || definition !== definitions.at(-1)) this.#printer.line().write(`(@names${names})`)
      } else this.#definition(definition)
    }
    const hasNames = definitions.some(isNameSection)
    if (!hasNames && this.#assumed !== undefined) this.#printer.line().write('(@names none)')
  }

  /**
   * What `(@names …)` says besides the place of the section: nothing where a parser makes the same section of the
   * identifiers. Undefined where it could not, and the section is printed as bytes.
   */
  #namesText(): string | undefined {
    const { bytes, definitions } = this.#component
    const [section, another] = definitions.filter(isNameSection)
    if (!section || another) return undefined
    const contents = bytes.subarray(section.range.start, section.range.end)
    const order = unusualOrder(contents)
    const made = encodeComponentNames(namesThatExist(this.#tables, definitions), order)
    if (!made || !areSameBytes(made, contents)) return undefined
    const { component } = this.#tables
    const own = component === undefined ? ' none' : ` ${quoted(component)}`
    const sorts = order?.map((sort) => ` ${sort.replace(' ', '-')}`).join('')
    return `${component === this.#assumed ? '' : own}${sorts === undefined ? '' : ` (sorts${sorts})`}`
  }

  #definition(definition: Definition): void {
    const printer = this.#printer
    const names = this.#names
    switch (definition.kind) {
      case 'custom':
        this.#custom(definition)
        return
      case 'core-module': {
        const { bytes } = this.#component
        const name = this.#tables.sorts.get('core module')?.get(names.count('core module'))
        printer.line().open(`core module ${names.define('core module')}`)
        printCoreModule(printer, bytes, definition.range, name)
        printer.close()
        return
      }
      case 'core-instance':
        this.#coreInstance(definition)
        return
      case 'component':
        this.#nested(definition.component)
        return
      case 'instance':
        this.#instance(definition)
        return
      case 'canon':
        this.#canon(definition)
        return
      case 'start':
        this.#start(definition)
        return
      case 'import': {
        printer.line().write(`(import ${externNameText(definition.name)} `)
        printer.write(`${externTypeText(names, definition.type, true)})`)
        return
      }
      case 'export':
        this.#export(definition)
        return
      case 'value': {
        const { start, end } = definition.range
        const type = valueTypeText(names, definition.type)
        printer.line().write(`(value ${names.define('value')} ${type} (binary `)
        for (const piece of quotedBytes(this.#component.bytes.subarray(start, end))) printer.write(piece)
        printer.write('))')
        return
      }
      default:
        printer.line()
        printShared(printer, names, definition)
    }
  }

  #custom({ name, range }: CustomSection): void {
    const printer = this.#printer
    const bytes = this.#component.bytes.subarray(range.start, range.end)
    const producers = name === 'producers' ? readProducers(bytes, { start: 0, end: bytes.length }) : []
    printer.line()
    if (producers.length > 0 && areSameBytes(producersBytes(producers), bytes)) {
      printer.open('@producers')
      for (const { field, name, version } of producers) {
        printer.line().write(`(${field} ${quoted(name)} ${quoted(version)})`)
      }
      printer.close()
      return
    }
    printer.write(`(@custom ${quoted(name)} `)
    for (const piece of quotedBytes(bytes)) printer.write(piece)
    printer.write(')')
  }

  #coreInstance({ instance }: Extract<Definition, { kind: 'core-instance' }>): void {
    const printer = this.#printer
    const names = this.#names
    printer.line().open(`core instance ${names.peek('core instance')}`)
    if (instance.kind === 'exports') {
      for (const { name, sort, index } of instance.exports) {
        printer.line().write(`(export ${quoted(name)} (${sort} ${names.use(`core ${sort}`, index)}))`)
      }
    } else {
      printer.write(' ').open(`instantiate ${names.use('core module', instance.module)}`)
      for (const { name, instance: argument } of instance.args) {
        printer.line().write(`(with ${quoted(name)} (instance ${names.use('core instance', argument)}))`)
      }
      printer.close()
    }
    printer.close()
    names.define('core instance')
  }

  #instance({ instance }: Extract<Definition, { kind: 'instance' }>): void {
    const printer = this.#printer
    const names = this.#names
    printer.line().open(`instance ${names.peek('instance')}`)
    if (instance.kind === 'exports') {
      for (const { name, item } of instance.exports) {
        printer.line().write(`(export ${externNameText(name)} ${itemText(names, item)})`)
      }
    } else {
      printer.write(' ').open(`instantiate ${names.use('component', instance.component)}`)
      for (const { name, item } of instance.args) {
        printer.line().write(`(with ${quoted(name)} ${itemText(names, item)})`)
      }
      printer.close()
    }
    printer.close()
    names.define('instance')
  }

  #nested(component: Component): void {
    const tables = readComponentNames(component)
    const id = this.#names.nextId('component')
    const assumed = this.#tables.sorts.get('component')?.get(this.#names.count('component'))
    this.#printer.line().open(`component ${this.#names.peek('component')}`)
    const names = new PrintedNames(id, this.#names, tables)
    new ComponentPrinter(this.#printer, component, tables, names, assumed).print()
    this.#printer.close()
    this.#names.define('component')
  }

  #canon({ canon }: CanonDefinition): void {
    const names = this.#names
    const text = canonText(names, canon)
    this.#printer.line()
    if (canon.kind === 'lift') {
      const type = names.use('type', canon.type)
      this.#printer.write(`(func ${names.define('func')} (type ${type}) (${text}))`)
    } else this.#printer.write(`(core func ${names.define('core func')} (${text}))`)
  }

  #start({ func, args, results }: Extract<Definition, { kind: 'start' }>): void {
    const names = this.#names
    const parts = [`start ${names.use('func', func)}`]
    for (const arg of args) parts.push(`(value ${names.use('value', arg)})`)
    for (let i = 0; i < results; i++) parts.push(`(result (value ${names.define('value')}))`)
    this.#printer.line().write(`(${parts.join(' ')})`)
  }

  #export({ name, item, type }: Extract<Definition, { kind: 'export' }>): void {
    const names = this.#names
    const text = itemText(names, item)
    const ascribed = type ? ` ${externTypeText(names, type, false)}` : ''
    const id = names.define(item.sort)
    this.#printer.line().write(`(export ${id} ${externNameText(name)} ${text}${ascribed})`)
  }
}

function producersBytes(producers: ReturnType<typeof readProducers>): Uint8Array {
  const fields = new Map<string, [name: string, version: string][]>([
    ['language', []],
    ['sdk', []],
    ['processed-by', []],
  ])
  for (const { field, name, version } of producers) fields.get(field)?.push([name, version])
  return encodeProducers(fields)
}
