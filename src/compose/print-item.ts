import type { ExternType, FunctionType } from '../component/extern-type.ts'
import { parseExternName } from '../component/names.ts'
import { isValueType } from '../component/resolve-type.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import { printFunction } from '../wit/print-function.ts'
import { type Definition, type PrintedScope, printScope } from '../wit/print-scope.ts'
import { printExtern } from './type-difference.ts'

/** Of one item: types share their parts, and texts of them do not. */
const [longest, spelledOut] = [20_000, 2_000]

/** Prints what an instance exports, each item by itself. */
export class ItemPrinter {
  /** What types of the instance are called, by identity. */
  readonly #names = new Map<ValueType | ResourceType, string>()
  readonly #spelledOut = new Set<string>()
  readonly #externs: ReadonlyMap<string, ExternType>
  #room = spelledOut

  constructor(externs: ReadonlyMap<string, ExternType>) {
    this.#externs = externs
    for (const [name, type] of externs) {
      const definition = definitionOf(name, type)
      // The first name is the one that defines it; equal ones further down are other names for it.
      if (definition !== undefined && hasName(definition.type) && !this.#names.has(definition.type))
        this.#names.set(definition.type, name)
    }
  }

  /** From now on a type's parts stand wherever it is used, and not its name. */
  spellOut(name: string): void {
    this.#spelledOut.add(name)
  }

  /** WIT, of one or more lines. */
  print(name: string, type: ExternType): string {
    this.#room = spelledOut
    const text = this.#lines(name, type).join('\n')
    return text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text
  }

  #lines(name: string, type: ExternType): readonly string[] {
    if (type.kind === 'function') return this.#function(name, type)
    const definition = definitionOf(name, type)
    if (definition === undefined) return [name === '' ? printExtern(type) : `${name}: ${printExtern(type)}`]
    return printScope(this.#scope([definition], new Map()), '').types
  }

  /** Of a resource's functions the resource around them. */
  #function(name: string, type: FunctionType): readonly string[] {
    const parts = parseExternName(name)
    const isMember = parts.kind === 'constructor' || parts.kind === 'method' || parts.kind === 'static'
    const resource = isMember ? this.#externs.get(parts.resource) : undefined
    const owner = isMember && resource ? definitionOf(parts.resource, resource) : undefined
    if (owner !== undefined) return printScope(this.#scope([owner], new Map([[name, type]])), '').types
    if (name === '' || isMember) return [printFunction(type, (each) => this.#nameOf(each))]
    return printScope(this.#scope([], new Map([[name, type]])), '').functions.flat()
  }

  #scope(definitions: readonly Definition[], functions: ReadonlyMap<string, FunctionType>): PrintedScope {
    const nothing = (): readonly string[] => []
    const own = new Set(definitions.map(({ name }) => name))
    return {
      definitions: definitions.map((each) => ({ ...each, aliasOf: this.#aliasOf(each) })),
      functions,
      uses: [],
      nameOf: (type) => this.#nameOf(type, own),
      before: nothing,
      beforePart: nothing,
    }
  }

  #aliasOf({ name, type }: Definition): string | undefined {
    const first = this.#names.get(type)
    return first === undefined || first === name || this.#spelledOut.has(first) ? undefined : first
  }

  #nameOf(type: ValueType | ResourceType, own: ReadonlySet<string> = new Set()): string | undefined {
    const name = this.#names.get(type)
    if (name !== undefined && (own.has(name) || type.kind === 'resource' || !this.#spelledOut.has(name)))
      return name
    return this.#room-- > 0 || type.kind === 'resource' ? undefined : '…'
  }
}

/** Undefined of what defines neither a type of values nor a resource type. */
function definitionOf(name: string, type: ExternType): Definition | undefined {
  if (type.kind !== 'type') return undefined
  const { type: defined } = type
  if (defined.kind !== 'resource' && !isValueType(defined)) return undefined
  return { name, type: defined, aliasOf: undefined }
}

/** What WIT can only mention by a name; of all else the structure says more. */
function hasName({ kind }: ValueType | ResourceType): boolean {
  return ['record', 'variant', 'enum', 'flags', 'resource'].includes(kind)
}
