/**
 * The fast back end: JavaScript is generated for each signature, straight-line and without interpretation of types, and
 * evaluated when a function of that signature is first needed. All instances share it.
 */
import { type FlatFunction, flattenFunction } from '../../abi/flatten.ts'
import { literal } from '../../abi/literal/literal.ts'
import {
  type BackEnd,
  type LiftContext,
  type LiftedFunction,
  type LowerContext,
  type LoweredFunction,
  refuseAsync,
  type Signature,
} from '../../runtime/back-end.ts'
import { traitsOf } from '../../runtime/host-function.ts'
import { mayCallBlock } from '../../runtime/may-block.ts'
import { canSuspend, promising } from '../../runtime/switch.ts'
import { LiftBinding, LowerBinding, type References } from './binding.ts'
import { lazily } from './lazily.ts'
import { type Entry, liftMembers, liftPromiseSource, liftSource } from './lift-source.ts'
import { link } from './link.ts'
import { lowerMembers, lowerSource, lowerSuspendingSource } from './lower-source.ts'
import { type Generated, TooLarge } from './source.ts'

type Call = (...args: unknown[]) => unknown

/** A function of one signature, ready to be bound to live objects. */
interface Factory<Bound> {
  readonly references: References
  readonly make: (bound: Bound) => Call
}

class LiftGlue {
  readonly #signature: Signature
  readonly #synchronous = new Map<Entry, Factory<LiftBinding>>()
  #suspendable: Factory<LiftBinding> | undefined

  constructor(signature: Signature) {
    this.#signature = signature
  }

  /** @throws {TooLarge} */
  bind(context: LiftContext): LiftedFunction {
    const synchronous = this.#bindSynchronous(context)
    let suspendable: Call | undefined
    const promise: Call = (...args) => {
      suspendable ??= this.#bindSuspendable(context, synchronous)
      return suspendable(...args)
    }
    return Object.assign(synchronous, { promise }) as LiftedFunction
  }

  #bindSynchronous(context: LiftContext): Call {
    const alone = context.caller === undefined && context.instance.parent === undefined
    const entry = alone ? 'alone' : 'together'
    let factory = this.#synchronous.get(entry)
    if (factory === undefined) {
      factory = factoryOf(liftSource(this.#signature, entry), liftMembers)
      this.#synchronous.set(entry, factory)
    }
    return named(this.#signature, factory.make(new LiftBinding(this.#signature, factory.references, context)))
  }

  #bindSuspendable(context: LiftContext, synchronous: Call): Call {
    const { type, options } = this.#signature
    const core = promising(context.callee, flattenFunction(type, options, 'lift'))
    if (core === undefined) return (...args) => new Promise((resolve) => resolve(synchronous(...args)))
    this.#suspendable ??= factoryOf(liftPromiseSource(this.#signature), liftMembers)
    const { references, make } = this.#suspendable
    return named(this.#signature, make(new LiftBinding(this.#signature, references, context, core)))
  }
}

class LowerGlue {
  readonly #signature: Signature
  readonly #flat: FlatFunction
  #plain: Factory<LowerBinding> | undefined
  #suspending: Factory<LowerBinding> | undefined
  #literal: ((context: LowerContext) => LoweredFunction) | undefined

  constructor(signature: Signature) {
    this.#signature = signature
    this.#flat = flattenFunction(signature.type, signature.options, 'lower')
  }

  bind(context: LowerContext): LoweredFunction {
    const suspends = canSuspend && mayBlock(context)
    if (suspends) context.instance.mayBlock = true
    const parameters = this.#flat.parameters.length
    // Users' functions are few and called soon. Of those that have traits (WASI) most are never called.
    const soon = context.target === undefined && !hasTraits(context.callee)
    return {
      plain: soon ? this.#bindPlain(context) : lazily(parameters, () => this.#bindPlain(context)),
      suspending: suspends ? lazily(parameters, () => this.#bindSuspending(context)) : undefined,
      instance: context.instance,
      type: this.#flat,
    }
  }

  #bindPlain(context: LowerContext): Call {
    try {
      this.#plain ??= factoryOf(lowerSource(this.#signature), lowerMembers)
    } catch (error) {
      if (error instanceof TooLarge) return this.#interpreted(context).plain as Call
      throw error
    }
    const { references, make } = this.#plain
    const callee = traitsOf(context.callee).sync ?? context.callee
    return named(this.#signature, make(new LowerBinding(this.#signature, references, context, callee)))
  }

  #bindSuspending(context: LowerContext): Call {
    try {
      this.#suspending ??= factoryOf(lowerSuspendingSource(this.#signature), lowerMembers)
    } catch (error) {
      if (error instanceof TooLarge) return this.#interpreted(context).suspending as Call
      throw error
    }
    const { references, make } = this.#suspending
    const { callee } = context
    const suspendable = context.target === undefined ? callee : (callee as LiftedFunction).promise
    return named(this.#signature, make(new LowerBinding(this.#signature, references, context, suspendable)))
  }

  #interpreted(context: LowerContext): LoweredFunction {
    this.#literal ??= literal.lower(this.#signature)
    return this.#literal(context)
  }
}

/** Whether a call of the function may have to wait. */
function mayBlock({ callee, target, instance }: LowerContext): boolean {
  if (target === undefined) return traitsOf(callee).blocks !== false
  return mayCallBlock(target, instance)
}

function hasTraits(callee: object): boolean {
  return Object.keys(traitsOf(callee)).length > 0
}

function factoryOf<Bound>(generated: Generated, members: readonly string[]): Factory<Bound> {
  const { shared } = generated
  const references = { resources: [...shared.resources.keys()], sites: shared.sites }
  return { references, make: link<Bound, Call>(generated, members) }
}

/** For stack traces. */
function named({ name }: Signature, fn: Call): Call {
  return Object.defineProperty(fn, 'name', { value: name })
}

export const glue: BackEnd = {
  name: 'glue',
  lift(signature) {
    refuseAsync(signature)
    const lift = new LiftGlue(signature)
    return (context) => {
      try {
        return lift.bind(context)
      } catch (error) {
        if (error instanceof TooLarge) return literal.lift(signature)(context)
        throw error
      }
    }
  },
  lower(signature) {
    refuseAsync(signature)
    const lower = new LowerGlue(signature)
    return (context) => lower.bind(context)
  },
}
