/**
 * The fast back end: JavaScript is generated for each signature, straight-line and without interpretation of types, and
 * evaluated when a function of that signature is first needed. All instances share it.
 */
import { type FlatFunction, flattenFunction } from '../../abi/flatten.ts'
import { literal } from '../../abi/literal/literal.ts'
import {
  type BackEnd,
  type LoweredFunction,
  type LowerContext,
  refuseAsync,
  type Signature,
} from '../../runtime/back-end.ts'
import { bindLift, bindLower, type Factory, type LiftCode, type LowerCode } from './bind.ts'
import type { LiftBinding, LowerBinding, Outline } from './binding.ts'
import { glueElementValues } from './element-values.ts'
import { liftMembers, liftPromiseSource, liftSource } from './lift-source.ts'
import { link } from './link.ts'
import { lowerMembers, lowerSource, lowerSuspendingSource } from './lower-source.ts'
import { outlineOf } from './outline.ts'
import { TooLarge } from './source.ts'
import { glueTaskValues } from './task-values.ts'

/** @throws {TooLarge} where code is asked for */
class GeneratedLift implements LiftCode {
  readonly outline: Outline
  readonly flat: FlatFunction
  readonly #signature: Signature
  #confined: Factory<LiftBinding> | undefined
  #alone: Factory<LiftBinding> | undefined
  #together: Factory<LiftBinding> | undefined
  #suspendable: Factory<LiftBinding> | undefined

  constructor(signature: Signature) {
    this.outline = outlineOf(signature)
    this.flat = flattenFunction(signature.type, signature.options, 'lift')
    this.#signature = signature
  }

  get confined(): Factory<LiftBinding> {
    this.#confined ??= link(liftSource(this.#signature, 'confined'), liftMembers)
    return this.#confined
  }

  get alone(): Factory<LiftBinding> {
    this.#alone ??= link(liftSource(this.#signature, 'alone'), liftMembers)
    return this.#alone
  }

  get together(): Factory<LiftBinding> {
    this.#together ??= link(liftSource(this.#signature, 'together'), liftMembers)
    return this.#together
  }

  get suspendable(): Factory<LiftBinding> {
    this.#suspendable ??= link(liftPromiseSource(this.#signature), liftMembers)
    return this.#suspendable
  }
}

class GeneratedLower implements LowerCode {
  readonly outline: Outline
  readonly flat: FlatFunction
  readonly #signature: Signature
  #plain: Factory<LowerBinding> | undefined
  #suspending: Factory<LowerBinding> | undefined
  #literal: ((context: LowerContext) => LoweredFunction) | undefined

  constructor(signature: Signature) {
    this.outline = outlineOf(signature)
    this.flat = flattenFunction(signature.type, signature.options, 'lower')
    this.#signature = signature
  }

  get plain(): Factory<LowerBinding> | undefined {
    this.#plain ??= unlessTooLarge(() => link(lowerSource(this.#signature), lowerMembers))
    return this.#plain
  }

  get suspending(): Factory<LowerBinding> | undefined {
    this.#suspending ??= unlessTooLarge(() => link(lowerSuspendingSource(this.#signature), lowerMembers))
    return this.#suspending
  }

  interpreted(context: LowerContext): LoweredFunction {
    this.#literal ??= literal.lower(this.#signature)
    return this.#literal(context)
  }
}

function unlessTooLarge<T>(generate: () => T): T | undefined {
  try {
    return generate()
  } catch (error) {
    if (error instanceof TooLarge) return undefined
    throw error
  }
}

export const glue: BackEnd = {
  name: 'glue',
  lift(signature) {
    refuseAsync(signature)
    const code = new GeneratedLift(signature)
    return (context) => {
      try {
        return bindLift(code, context)
      } catch (error) {
        if (error instanceof TooLarge) return literal.lift(signature)(context)
        throw error
      }
    }
  },
  lower(signature) {
    refuseAsync(signature)
    const code = new GeneratedLower(signature)
    return (context) => bindLower(code, context)
  },
  taskValues: glueTaskValues,
  elementValues: glueElementValues,
}
