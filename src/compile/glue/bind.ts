/**
 * Code of one signature as functions of live objects: which of its variants a call needs, and what is made of them. Where the code
 * comes from is not said here: it is generated when it is first asked for (`glue.ts`), or stands in a module that was written out.
 */
import type { FlatFunction } from '../../abi/flatten.ts'
import type { LiftContext, LiftedFunction, LoweredFunction, LowerContext } from '../../runtime/back-end.ts'
import { isConfinedCall } from '../../runtime/confined.ts'
import { Border } from '../../runtime/entering.ts'
import { traitsOf } from '../../runtime/host-function.ts'
import { mayCallBlock } from '../../runtime/may-block.ts'
import { canSuspend, promising } from '../../runtime/switch.ts'
import { LiftBinding, type LiftBorder, LowerBinding, type Outline, type References } from './binding.ts'
import { lazily } from './lazily.ts'

export type Call = (...args: unknown[]) => unknown

/** A function of one signature, ready to be bound to live objects. */
export interface Factory<Bound> {
  readonly references: References
  readonly make: (bound: Bound) => Call
}

/**
 * How a call enters: by one word where only the instance itself is entered, from the host; else by the border. Where all code of the
 * guest that it runs is confined, nobody could see that the instance is entered: there is no mark.
 */
export type Entry = 'confined' | 'alone' | 'together'

export interface LiftCode extends Record<Entry, Factory<LiftBinding>> {
  readonly outline: Outline
  /** Of the core function. */
  readonly flat: FlatFunction
  readonly suspendable: Factory<LiftBinding>
}

export interface LowerCode {
  readonly outline: Outline
  readonly flat: FlatFunction
  /** Undefined for code that is too large to be generated. */
  readonly plain: Factory<LowerBinding> | undefined
  readonly suspending: Factory<LowerBinding> | undefined
  /** What is there instead. */
  interpreted(context: LowerContext): LoweredFunction
}

export function bindLift(code: LiftCode, context: LiftContext): LiftedFunction {
  const border = new Border(context.instance, context.caller)
  const synchronous = bindSynchronous(code, context, border)
  let suspendable: Call | undefined
  const promise: Call = (...args) => {
    suspendable ??= bindSuspendable(code, context, border, synchronous)
    return suspendable(...args)
  }
  const lifted = synchronous as Call & { promise: Call }
  lifted.promise = promise
  return lifted as LiftedFunction
}

/** How the callers of a context enter its instance. */
function entryOf(context: LiftContext): Entry {
  const { caller, instance } = context
  if (caller !== undefined || instance.parent !== undefined) return 'together'
  return isConfinedCall(context) && instance.async === undefined ? 'confined' : 'alone'
}

export function bindSynchronous(
  code: Pick<LiftCode, 'outline' | Entry>,
  context: LiftContext,
  border: LiftBorder,
): Call {
  const { references, make } = code[entryOf(context)]
  return named(code.outline, make(new LiftBinding(code.outline, references, context, border)))
}

function bindSuspendable(code: LiftCode, context: LiftContext, border: Border, synchronous: Call): Call {
  const core = promising(context.callee, code.flat, context.typeOf)
  if (core === undefined) return promiseOf(synchronous)
  const { references, make } = code.suspendable
  return named(code.outline, make(new LiftBinding(code.outline, references, context, border, core)))
}

/** The promise view of what cannot be suspended. */
export function promiseOf(synchronous: Call): Call {
  return (...args) => new Promise((resolve) => resolve(synchronous(...args)))
}

export function bindLower(code: LowerCode, context: LowerContext): LoweredFunction {
  const suspends = canSuspend && mayBlock(context)
  if (suspends) context.instance.mayBlock = true
  const parameters = code.flat.parameters.length
  // Users' functions are few and called soon. Of those that have traits (WASI) most are never called.
  const soon = context.target === undefined && !hasTraits(context.callee)
  return {
    plain: soon ? bindPlain(code, context) : lazily(parameters, () => bindPlain(code, context)),
    suspending: suspends ? lazily(parameters, () => bindSuspending(code, context)) : undefined,
    instance: context.instance,
    type: code.flat,
  }
}

function bindPlain(code: LowerCode, context: LowerContext): Call {
  const factory = code.plain
  if (factory === undefined) return code.interpreted(context).plain as Call
  const callee = traitsOf(context.callee).sync ?? context.callee
  return named(
    code.outline,
    factory.make(new LowerBinding(code.outline, factory.references, context, callee)),
  )
}

function bindSuspending(code: LowerCode, context: LowerContext): Call {
  const factory = code.suspending
  if (factory === undefined) return code.interpreted(context).suspending as Call
  const { callee } = context
  const suspendable = context.target === undefined ? callee : (callee as LiftedFunction).promise
  return named(
    code.outline,
    factory.make(new LowerBinding(code.outline, factory.references, context, suspendable)),
  )
}

/** Whether a call of the function may have to wait. */
function mayBlock({ callee, target, instance }: LowerContext): boolean {
  if (target === undefined) return traitsOf(callee).blocks !== false
  return mayCallBlock(target, instance)
}

function hasTraits(callee: object): boolean {
  return Object.keys(traitsOf(callee)).length > 0
}

/** For stack traces. */
function named({ name }: Outline, fn: Call): Call {
  return Object.defineProperty(fn, 'name', { value: name })
}
