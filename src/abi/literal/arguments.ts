import type { CanonicalContext, Signature } from '../../runtime/back-end.ts'
import { leastArguments, wrongArgumentCount } from '../../runtime/mismatch.ts'
import { JavaScriptReader } from './from-javascript.ts'
import type { Loans } from './loans.ts'
import type { Value } from './value.ts'

/** The arguments of one call, read from the JavaScript values that the caller passed. */
export class Arguments {
  readonly values: readonly Value[]
  readonly #reader: JavaScriptReader

  /**
   * Reads the arguments; nothing has moved when it throws.
   *
   * @throws {TypeError} where an argument does not fit
   */
  constructor(signature: Signature, context: CanonicalContext, args: readonly unknown[]) {
    this.#reader = new JavaScriptReader(context, signature.options.pointer)
    this.values = this.#read(signature, args)
  }

  #read({ name, type }: Signature, args: readonly unknown[]): readonly Value[] {
    const { parameters } = type
    const least = leastArguments(type)
    if (args.length < least || args.length > parameters.length) {
      const names = parameters.map((parameter) => parameter.name)
      throw wrongArgumentCount(name, names, least, args.length)
    }
    const values = parameters.map((parameter, i) =>
      this.#reader.read(args[i], parameter.type, `${name}: argument ${parameter.name}`),
    )
    this.#reader.recheck()
    return values
  }

  /** The call has to wait: takes the handles among its arguments, so that nobody else does. */
  reserve(loans: Loans): void {
    this.#reader.reserveOwned()
    for (const { resource, own, object } of this.#reader.handles) {
      if (own) continue
      resource.hold(object)
      loans.atEnd(() => resource.endLend(object))
    }
  }

  /** A call that reserved handles is not made: what it owns has nobody else. */
  abandon(loans: Loans): void {
    this.#reader.abandonOwned()
    loans.end()
  }
}
