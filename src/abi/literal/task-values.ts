/** The values of tasks, moved by the definitions: see `runtime/async/task-values.ts`. */
import type {
  LiftedArguments,
  LiftValues,
  LowerValues,
  TaskArguments,
  TaskResult,
  TaskValues,
} from '../../runtime/async/task-values.ts'
import type { CanonicalContext, LiftContext, LowerContext, Signature } from '../../runtime/back-end.ts'
import {
  flattenFunction,
  MAX_FLAT_ASYNC_PARAMS,
  MAX_FLAT_PARAMS,
  MAX_FLAT_RESULTS,
  parameterTuple,
} from '../flatten.ts'
import { Arguments } from './arguments.ts'
import { LiftLowerContext } from './context.ts'
import { type CoreValue, CoreValueIterator, toCoreValues } from './core-value.ts'
import { liftFlatValues, lowerFlatValues } from './flat-values.ts'
import { JavaScriptReader } from './from-javascript.ts'
import { fromTaskResult, resultTuple, toTaskResult } from './function-result.ts'
import { JavaScriptWriter } from './to-javascript.ts'

export const literalTaskValues: TaskValues = {
  lift: (signature) => (context) => new LiteralLift(signature, context),
  lower: (signature) => (context) => new LiteralLower(signature, context),
}

class LiteralLift implements LiftValues {
  readonly #signature: Signature
  readonly #context: LiftContext

  constructor(signature: Signature, context: LiftContext) {
    this.#signature = signature
    this.#context = context
  }

  read(args: readonly unknown[]): TaskArguments {
    return new LiteralArguments(this.#signature, this.#context, args)
  }

  liftReturned(returned: CoreValue | undefined): TaskResult {
    return this.#lift(MAX_FLAT_RESULTS, returned === undefined ? [] : [returned])
  }

  liftResult(flat: readonly CoreValue[]): TaskResult {
    return this.#lift(MAX_FLAT_PARAMS, flat)
  }

  #lift(maxFlat: number, flat: readonly CoreValue[]): TaskResult {
    const { type, options } = this.#signature
    const cx = contextOf(options, this.#context, this.#context.caller)
    const values = liftFlatValues(cx, maxFlat, new CoreValueIterator(flat), resultTuple(type))
    return toTaskResult(new JavaScriptWriter(cx.between), values, type.result)
  }
}

class LiteralArguments implements TaskArguments {
  readonly #signature: Signature
  readonly #cx: LiftLowerContext
  readonly #args: Arguments

  constructor(signature: Signature, context: LiftContext, args: readonly unknown[]) {
    this.#signature = signature
    this.#cx = contextOf(signature.options, context, context.caller)
    this.#args = new Arguments(signature, context, args)
  }

  lower(): readonly CoreValue[] {
    const { type, options } = this.#signature
    const flat = lowerFlatValues(this.#cx, MAX_FLAT_PARAMS, this.#args.values, parameterTuple(type))
    return toCoreValues(flat, flattenFunction(type, options, 'lift').parameters)
  }

  get borrows(): number {
    return this.#cx.loans.scope.borrows
  }

  reserve(): void {
    this.#args.reserve(this.#cx.loans)
  }

  abandon(): void {
    this.#args.abandon(this.#cx.loans)
  }

  end(): void {
    this.#cx.loans.end()
  }
}

class LiteralLower implements LowerValues {
  readonly #signature: Signature
  readonly #context: LowerContext

  constructor(signature: Signature, context: LowerContext) {
    this.#signature = signature
    this.#context = context
  }

  lift(flat: readonly CoreValue[]): LiftedArguments {
    const { type, options } = this.#signature
    const cx = contextOf(options, this.#context, this.#context.target)
    const most = options.async ? MAX_FLAT_ASYNC_PARAMS : MAX_FLAT_PARAMS
    const { types } = parameterTuple(type)
    const lifted = liftFlatValues(cx, most, new CoreValueIterator(flat), parameterTuple(type))
    const writer = new JavaScriptWriter(cx.between)
    return { values: lifted.map((value, i) => writer.write(value, types[i]!)), end: () => cx.loans.end() }
  }

  lower(result: TaskResult, flat: readonly CoreValue[]): CoreValue | undefined {
    const { name, type, options } = this.#signature
    const cx = contextOf(options, this.#context, this.#context.target)
    const reader = new JavaScriptReader(this.#context, options.pointer)
    const values = fromTaskResult(reader, result, type.result, name)
    reader.recheck()
    const most = options.async ? 0 : MAX_FLAT_RESULTS
    // Where it goes is the last one.
    const out = new CoreValueIterator(flat.slice(-1))
    const lowered = lowerFlatValues(cx, most, values, resultTuple(type), out)
    // Of an asynchronous lower, the core result says how far the call is.
    return options.async
      ? undefined
      : toCoreValues(lowered, flattenFunction(type, options, 'lower').results)[0]
  }
}

function contextOf(
  options: Signature['options'],
  context: CanonicalContext,
  other: object | undefined,
): LiftLowerContext {
  return new LiftLowerContext(options, context, other !== undefined)
}
