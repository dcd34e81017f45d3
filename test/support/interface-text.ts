import type { FunctionType } from '../../src/component/extern-type.ts'
import { partsOf } from '../../src/component/type-parts.ts'
import type { ResourceType, ValueType } from '../../src/component/value-type.ts'

interface NamedFunction {
  readonly name: string
  readonly type: FunctionType
}

/**
 * An interface in the text format: its type, and what is said of it where it is imported as `$in` or exported. Records,
 * variants, enums and flags have names `t-0`, `t-1` …, as they must where they are exported.
 */
export class InterfaceText {
  readonly functions: readonly NamedFunction[]
  readonly #resources: readonly ResourceType[]
  readonly #names = new Map<ValueType, string>()

  constructor(functions: readonly NamedFunction[], resources: readonly ResourceType[]) {
    this.functions = functions
    this.#resources = resources
    for (const { type } of functions) {
      for (const part of [...type.parameters.map((one) => one.type), type.result]) if (part) this.#name(part)
    }
  }

  /** What a type refers to has its name before it. */
  #name(type: ValueType): void {
    for (const part of partsOf(type)) this.#name(part)
    const named = ['record', 'variant', 'enum', 'flags'].includes(type.kind)
    if (named && !this.#names.has(type)) this.#names.set(type, `t-${this.#names.size}`)
  }

  /** `(instance …)` */
  get type(): string {
    const resources = this.#resources.map(({ name }) => `(export "${name}" (type $${name} (sub resource)))`)
    const types = Array.from(
      this.#names,
      ([type, name]) =>
        `(type $${name}' ${this.#definition(type)}) (export "${name}" (type $${name} (eq $${name}')))`,
    )
    const functions = this.functions.map(
      ({ name, type }) => `(export "${name}" (func ${this.signature(type)}))`,
    )
    return `(instance\n${[...resources, ...types, ...functions].join('\n')})`
  }

  /** All that is in the instance `$in`; its functions are `$in-0`, `$in-1` … */
  get aliases(): string {
    const types = this.#types.map((name) => `(alias export $in "${name}" (type $${name}))`)
    const functions = this.functions.map(
      ({ name }, index) => `(alias export $in "${name}" (func $in-${index}))`,
    )
    return [...types, ...functions].join('\n')
  }

  /** The same as inline exports. */
  exports(idOf: (name: string, index: number) => string): string {
    const types = this.#types.map((name) => `(export "${name}" (type $${name}))`)
    const functions = this.functions.map(
      ({ name }, index) => `(export "${name}" (func ${idOf(name, index)}))`,
    )
    return [...types, ...functions].join(' ')
  }

  signature({ parameters, result }: FunctionType): string {
    const texts = parameters.map(({ name, type }) => `(param "${name}" ${this.#reference(type)})`)
    return [...texts, ...(result ? [`(result ${this.#reference(result)})`] : [])].join(' ')
  }

  get #types(): readonly string[] {
    return [...this.#resources.map(({ name }) => name!), ...this.#names.values()]
  }

  #reference(type: ValueType): string {
    const name = this.#names.get(type)
    return name === undefined ? this.#definition(type) : `$${name}`
  }

  #definition(type: ValueType): string {
    const of = (part: ValueType) => this.#reference(part)
    const labels = (names: readonly string[]) => names.map((name) => `"${name}"`).join(' ')
    switch (type.kind) {
      case 'record':
        return `(record ${type.fields.map((field) => `(field "${field.name}" ${of(field.type)})`).join(' ')})`
      case 'variant':
        return `(variant ${type.cases.map((one) => `(case "${one.name}"${one.type ? ` ${of(one.type)}` : ''})`).join(' ')})`
      case 'enum':
      case 'flags':
        return `(${type.kind} ${labels(type.names)})`
      case 'list':
        return `(list ${of(type.element)}${type.length === undefined ? '' : ` ${type.length}`})`
      case 'map':
        return `(map ${of(type.key)} ${of(type.value)})`
      case 'tuple':
        return `(tuple ${type.types.map(of).join(' ')})`
      case 'option':
        return `(option ${of(type.type)})`
      case 'result':
        return `(result${type.ok ? ` ${of(type.ok)}` : ''}${type.error ? ` (error ${of(type.error)})` : ''})`
      case 'own':
      case 'borrow':
        return `(${type.kind} $${type.resource.name})`
      case 'stream':
      case 'future':
        throw new Error(`no text for a ${type.kind}`)
      default:
        return type.kind
    }
  }
}
