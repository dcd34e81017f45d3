/** The source of lowered functions: the guest calls them, and they call the host (CanonicalABI.md, "`canon lower`"). */

import { type FlatFunction, flattenFunction, parameterTuple } from '../../abi/flatten.ts'
import { variantLayout } from '../../abi/element-size.ts'
import type { ResultType, ValueType } from '../../component/value-type.ts'
import type { Signature } from '../../runtime/back-end.ts'
import { MAY_NOT_LEAVE, POISONED } from '../../runtime/thread.ts'
import { at, plus } from './address.ts'
import { CoreValues, FlatLifter } from './lift-flat.ts'
import type { Lending } from './lift-handle.ts'
import { checkPlace, MemoryLoader, offset } from './load-memory.ts'
import { FlatReader } from './read-flat.ts'
import { type Generated, Shared, Source } from './source.ts'
import { MemoryWriter, tupleLayout } from './store-memory.ts'
import { unsigned } from './scalar.ts'

/** Members of `bound` that the text names. */
export const lowerMembers = ['bytesOf', 'callee', 'instance', 'memory', 'transient', 'views']

/** For calls that cannot be suspended. */
export function lowerSource(signature: Signature): Generated {
  return new LowerSource(signature).plain()
}

/** For calls that may be: the host function may return a promise. It never throws: the switch traps. */
export function lowerSuspendingSource(signature: Signature): Generated {
  return new LowerSource(signature).suspending()
}

class LowerSource {
  readonly #signature: Signature
  readonly #flat: FlatFunction
  readonly #source: Source
  readonly #lending: Lending = { end: [] }

  constructor(signature: Signature) {
    this.#signature = signature
    this.#flat = flattenFunction(signature.type, signature.options, 'lower')
    // Arguments are lifted straight away; a flat result that is a list does not exist.
    this.#source = new Source(new Shared(), { scratch: 'sharedScratch', stamped: true })
  }

  plain(): Generated {
    const source = this.#source
    source.line('let phase = 0')
    source.block('try', () => {
      source.line(this.#mayLeave())
      this.#callHost(this.#lift())
      source.line('if (isThenable(returned)) throw bound.cannotBlock(returned)')
      this.#end()
      source.line('phase = 2')
      this.#lower('returned')
    })
    source.block('catch (thrown)', () => {
      source.block('if (phase < 2)', () => this.#end())
      source.line('bound.crash(phase, thrown)')
    })
    return this.#generated()
  }

  suspending(): Generated {
    const source = this.#source
    const zero = this.#zero()
    source.line('const call = runningCall()')
    source.line('let phase = 0')
    source.line('let failed = false')
    source.line('let returned')
    source.block('try', () => {
      source.line(this.#mayLeave())
      const args = this.#lift()
      source.line('phase = 1')
      source.line(`returned = callee(${args.join(', ')})`)
      source.block('if (isThenable(returned))', () => {
        source.line('return bound.settled(returned).then(')
        source.indented(() => {
          source.line('(value) => {')
          source.indented(() => {
            source.line('returned = value')
            source.line('return settle()')
          })
          source.line('},')
          source.line('(thrown) => {')
          source.indented(() => this.#rejected(zero))
          source.line('},')
        })
        source.line(')')
      })
    })
    source.block('catch (thrown)', () => this.#rejected(zero))
    source.line('return settle()')
    // A hoisted function: what has to be given back is known only now that the arguments are lifted.
    source.block('function settle()', () => {
      source.block('try', () => {
        this.#end()
        source.line(`if (instance.disposed) return ${zero}`)
        source.line('phase = 2')
        this.#lower('returned')
      })
      source.block('catch (thrown)', () => {
        source.line('bound.failSuspended(call, phase, thrown)')
        source.line(`return ${zero}`)
      })
    })
    return this.#generated()
  }

  /** The host function threw or rejected: an error case where the type has one. */
  #rejected(zero: string): void {
    const source = this.#source
    const throws = this.#signature.type.result?.kind === 'result'
    if (throws) {
      source.block('if (phase === 1 && isInstance(thrown, ComponentError))', () => {
        source.line('returned = thrown.payload')
        source.line('failed = true')
        source.line('return settle()')
      })
    }
    this.#end()
    source.line('bound.failSuspended(call, phase, thrown)')
    source.line(`return ${zero}`)
  }

  #generated(): Generated {
    const parameters = this.#flat.parameters.map((_, i) => `c${i}$`).join(', ')
    return {
      text: `function (${parameters}) {\n${this.#source.toString()}\n  }`,
      shared: this.#source.shared,
    }
  }

  #mayLeave(): string {
    return `if ((words[instance.word] & ${MAY_NOT_LEAVE | POISONED}) !== 0) throw instance.leaveRefusal()`
  }

  /** What the switch never looks at. */
  #zero(): string {
    const [result] = this.#flat.results
    return result === undefined ? 'undefined' : result === 'i64' ? '0n' : '0'
  }

  /** Lifts the arguments; returns expressions without effect. */
  #lift(): readonly string[] {
    return this.#flat.spillsParameters ? this.#liftSpilled() : this.#liftFlat()
  }

  #liftFlat(): readonly string[] {
    const { type, options } = this.#signature
    const lifter = new FlatLifter(this.#source, options, this.#lending)
    const values = new CoreValues(this.#flat.parameters.map((flat, i) => ({ value: `c${i}$`, type: flat })))
    return type.parameters.map((parameter) => lifter.lift(parameter.type, values))
  }

  #liftSpilled(): readonly string[] {
    const source = this.#source
    const { type, options } = this.#signature
    const tuple = parameterTuple(type)
    const pointer = source.constant('p', offset(options, 'c0$'))
    checkPlace(source, options, tuple, pointer)
    const data = source.constant('data', 'views.data')
    const { offsets } = tupleLayout(tuple, options.pointer)
    const loader = new MemoryLoader(source, options, this.#lending)
    return type.parameters.map((parameter, i) =>
      loader.load(parameter.type, plus(at(pointer), offsets[i]!), data),
    )
  }

  /** Into `returned`, and `failed` for the error case of a `result`. */
  #callHost(args: readonly string[]): void {
    const source = this.#source
    source.line('phase = 1')
    const call = `callee(${args.join(', ')})`
    if (this.#signature.type.result?.kind !== 'result') {
      source.line(`const returned = ${call}`)
      return
    }
    source.line('let failed = false')
    source.line('let returned')
    source.block('try', () => source.line(`returned = ${call}`))
    source.block('catch (error)', () => {
      source.line('if (!isInstance(error, ComponentError)) throw error')
      source.line('failed = true')
      source.line('returned = error.payload')
    })
  }

  #end(): void {
    for (const statement of this.#lending.end) this.#source.line(statement)
    if (this.#source.has('loans')) this.#source.line('loans.end()')
  }

  /** Lowers what the host returned, and returns what the core function returns. */
  #lower(returned: string): void {
    const { result } = this.#signature.type
    if (result === undefined) {
      this.#source.line('return')
      return
    }
    if (this.#flat.spillsResult) this.#lowerSpilled(result, returned)
    else this.#lowerFlat(result, returned)
  }

  #lowerSpilled(result: ValueType, returned: string): void {
    const source = this.#source
    const { options } = this.#signature
    const pointer = source.constant('p', offset(options, `c${this.#flat.parameters.length - 1}$`))
    checkPlace(source, options, result, pointer)
    const writer = new MemoryWriter(source, options.pointer, undefined)
    if (result.kind === 'result') this.#lowerOutcome(result, returned, pointer, writer)
    else writer.store(result, returned, at(pointer), { text: 'result', indices: [] })
    source.line('return')
  }

  #lowerOutcome(type: ResultType, returned: string, pointer: string, writer: MemoryWriter): void {
    const source = this.#source
    const { discriminantSize, payloadOffset } = variantLayout(
      [
        { name: 'ok', type: type.ok },
        { name: 'error', type: type.error },
      ],
      this.#signature.options.pointer,
    )
    const set = `views.data.set${unsigned(discriminantSize)}`
    const payload = plus(at(pointer), payloadOffset)
    source.block('if (failed)', () => {
      source.line(`${set}(${pointer}, 1)`)
      if (type.error) writer.store(type.error, returned, payload, { text: 'error', indices: [] })
    })
    source.block('else', () => {
      source.line(`${set}(${pointer}, 0)`)
      if (type.ok) writer.store(type.ok, returned, payload, { text: 'result', indices: [] })
    })
  }

  /** At most one core value: nothing that needs memory. */
  #lowerFlat(result: ValueType, returned: string): void {
    const source = this.#source
    if (result.kind === 'result') {
      source.line('return failed ? 1 : 0')
      return
    }
    const reader = new FlatReader(
      source,
      this.#signature.options,
      {
        recheck: [],
        reserve: [],
        abandon: [],
        lend: [],
        end: [],
      },
      false,
    )
    const read = reader.read(result, returned, { text: 'result', indices: [] }, false)
    source.line(`return ${reader.lower(read).join('') || 'undefined'}`)
  }
}
