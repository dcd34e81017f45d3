/** CanonicalABI.md, "canon lower" and "Subtask State": one call of an import, from the guest's arguments to its results. */
import type { LowerContext, Signature } from '../../runtime/back-end.ts'
import { isPending, isThenable } from '../../runtime/thenable.ts'
import { flattenFunction, MAX_FLAT_PARAMS, MAX_FLAT_RESULTS, parameterTuple } from '../flatten.ts'
import { LiftLowerContext } from './context.ts'
import { type CoreValue, CoreValueIterator, toCoreValues } from './core-value.ts'
import { liftFlatValues, lowerFlatValues } from './flat-values.ts'
import { JavaScriptReader } from './from-javascript.ts'
import { fromReturned, fromThrown, resultTuple } from './function-result.ts'
import { JavaScriptWriter } from './to-javascript.ts'
import type { Value } from './value.ts'

export class Subtask {
  readonly #signature: Signature
  readonly #cx: LiftLowerContext
  readonly #flatArgs: CoreValueIterator
  readonly #reader: JavaScriptReader

  constructor(signature: Signature, context: LowerContext, flatArgs: readonly CoreValue[]) {
    this.#signature = signature
    this.#cx = new LiftLowerContext(signature.options, context, context.target !== undefined)
    this.#flatArgs = new CoreValueIterator(flatArgs)
    this.#reader = new JavaScriptReader(context, signature.options.pointer)
  }

  /** Lifts the guest's arguments: the callee's. */
  start(): unknown[] {
    const tuple = parameterTuple(this.#signature.type)
    const values = liftFlatValues(this.#cx, MAX_FLAT_PARAMS, this.#flatArgs, tuple)
    const writer = new JavaScriptWriter(this.#cx.between)
    return values.map((value, i) => writer.write(value, tuple.types[i]!))
  }

  /** Whether what the callee returned has to be waited for. */
  isPending(returned: unknown): returned is PromiseLike<unknown> {
    return this.#cx.between ? isThenable(returned) : isPending(returned, this.#signature.type)
  }

  /** Lowers what the callee returned: what the guest gets. */
  returned(value: unknown): CoreValue | undefined {
    const { name, type } = this.#signature
    return this.#resolve(fromReturned(this.#reader, value, type.result, name))
  }

  /** Lowers what it threw, if that is the error case of its type; else throws it on. */
  thrown(error: unknown): CoreValue | undefined {
    const { name, type } = this.#signature
    return this.#resolve(fromThrown(this.#reader, error, type.result, name))
  }

  #resolve(result: readonly Value[]): CoreValue | undefined {
    this.#reader.recheck()
    // Disposed meanwhile: what it would get may be somebody else's memory by now.
    if (this.#cx.instance.disposed) throw this.#cx.instance.disposal()
    const { type, options } = this.#signature
    const flat = lowerFlatValues(this.#cx, MAX_FLAT_RESULTS, result, resultTuple(type), this.#flatArgs)
    return toCoreValues(flat, flattenFunction(type, options, 'lower').results)[0]
  }

  /** The call is over: the guest has its handles back (`Subtask.deliver_resolve`). */
  end(): void {
    this.#cx.loans.end()
  }
}
