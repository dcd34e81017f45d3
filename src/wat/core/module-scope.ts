import type { CoreCompositeType, CoreRecType, CoreSubType } from '../../component/component.ts'
import type { CoreValueType } from '../../component/extern-type.ts'
import type { CoreTypeIndex } from '../../component/indices.ts'
import type { Span } from '../../diagnostics/span.ts'
import type { IndexKind } from '../../binary/core/instruction.ts'
import type { TokenReader } from '../token-reader.ts'
import { IndexSpace } from './index-space.ts'
import { type Signature, type TakeTypeIndex, takeSignature } from './parse-core-type.ts'

type Sort = Exclude<IndexKind, 'local'>

/** How a function's type was written: by index, by its parameters and results, or both. */
export interface TypeUse {
  readonly index: CoreTypeIndex | undefined
  readonly signature: Signature
  /** Where the index stands, or what is there instead. */
  readonly span: Span
}

/** The index spaces of a module, and its types. */
export class ModuleScope {
  readonly spaces: Readonly<Record<Sort, IndexSpace>> = {
    func: new IndexSpace('func'),
    table: new IndexSpace('table'),
    memory: new IndexSpace('memory'),
    global: new IndexSpace('global'),
    tag: new IndexSpace('tag'),
    type: new IndexSpace('type'),
    elem: new IndexSpace('elem'),
    data: new IndexSpace('data'),
  }
  /** Names of fields, by the index of their struct type. */
  readonly fields = new Map<number, IndexSpace>()
  /** The type section: what was written, then the function types that nobody wrote out. */
  readonly groups: CoreRecType[] = []
  readonly #types: CoreCompositeType[] = []
  /** Plain function types by {@link keyOf}: the first of each. */
  readonly #functions = new Map<string, CoreTypeIndex>()

  readonly takeTypeIndex: TakeTypeIndex = (tokens) => this.spaces.type.take(tokens) as CoreTypeIndex

  /** Adds types that were written, in the order of their indices. */
  addTypes(types: readonly CoreSubType[], explicit: boolean): void {
    this.groups.push({ kind: 'rec', types, explicit })
    for (const { type, final, supertypes, shared } of types) {
      const index = this.#types.push(type) - 1
      const plain = !explicit && final && supertypes.length === 0 && !shared
      if (plain && type.kind === 'func') this.#remember(type.parameters, type.results, index)
    }
  }

  /** `typeuse ::= (type typeidx)? (param …)* (result …)*`; {@link ModuleScope.typeIndex} says what it means. */
  takeTypeUse(tokens: TokenReader, named: boolean): TypeUse {
    const { span } = tokens.lexer
    if (!tokens.enters('type')) {
      return { index: undefined, signature: takeSignature(tokens, this.takeTypeIndex, named), span }
    }
    const at = tokens.lexer.span
    const index = this.takeTypeIndex(tokens)
    tokens.leave()
    return { index, signature: takeSignature(tokens, this.takeTypeIndex, named), span: at }
  }

  /** The index of the type; adds one where it was only written out and none is like it. */
  typeIndex(tokens: TokenReader, { index, signature, span }: TypeUse): CoreTypeIndex {
    const parameters = signature.parameters.map(({ type }) => type)
    if (index === undefined) return this.#functionType(parameters, signature.results)
    if (signature.written) {
      const type = this.#types[index] ?? tokens.fail(`unknown type: there is no type ${index}`, span)
      if (type.kind !== 'func') tokens.fail(`type mismatch: type ${index} is a ${type.kind} type`, span)
      if (keyOf(type.parameters, type.results) !== keyOf(parameters, signature.results)) {
        tokens.fail('inline function type does not match the type that is referenced', span)
      }
    }
    return index
  }

  /** The parameters of a function type; undefined where the index is of none. */
  parametersOf(index: CoreTypeIndex): readonly CoreValueType[] | undefined {
    const type = this.#types[index]
    return type?.kind === 'func' ? type.parameters : undefined
  }

  #functionType(parameters: readonly CoreValueType[], results: readonly CoreValueType[]): CoreTypeIndex {
    const known = this.#functions.get(keyOf(parameters, results))
    if (known !== undefined) return known
    const type: CoreCompositeType = { kind: 'func', parameters, results }
    this.addTypes([{ final: true, supertypes: [], shared: false, type }], false)
    return (this.#types.length - 1) as CoreTypeIndex
  }

  #remember(parameters: readonly CoreValueType[], results: readonly CoreValueType[], index: number): void {
    const key = keyOf(parameters, results)
    if (!this.#functions.has(key)) this.#functions.set(key, index as CoreTypeIndex)
  }
}

function keyOf(parameters: readonly CoreValueType[], results: readonly CoreValueType[]): string {
  return `${parameters.join()}→${results.join()}`
}
