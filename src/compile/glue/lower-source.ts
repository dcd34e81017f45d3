/** The source of lowered functions: the guest calls them, and they call the host (CanonicalABI.md, "`canon lower`"). */

import { type FlatFunction, flattenFunction, parameterTuple } from '../../abi/flatten.ts'
import { variantLayout } from '../../abi/element-size.ts'
import type { ResultType, ValueType } from '../../component/value-type.ts'
import type { Signature } from '../../runtime/back-end.ts'
import { returnsFuture } from '../../runtime/thenable.ts'
import { CANNOT_LEAVE, DISPOSED } from '../../runtime/thread.ts'
import { at, plus } from './address.ts'
import { readFutures } from './async-source.ts'
import { CoreValues, FlatLifter } from './lift-flat.ts'
import type { Lending } from './lift-handle.ts'
import { checkPlace, MemoryLoader, offset } from './load-memory.ts'
import { FlatReader } from './read-flat.ts'
import { runsCode } from './recheck.ts'
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

/** Lifts the arguments of a task: a function of core values that returns `LiftedArguments`. */
export function taskLiftSource(signature: Signature): Generated {
  return new LowerSource(signature).taskLift()
}

/** Lowers what a task `returned`, and whether it `failed`. Of the core arguments it gets the one that says where to. */
export function taskLowerSource(signature: Signature): Generated {
  return new LowerSource(signature).taskLower()
}

class LowerSource {
  readonly #signature: Signature
  readonly #flat: FlatFunction
  readonly #shared = new Shared()
  /** Of the function that the guest calls. */
  readonly #source: Source
  readonly #lending: Lending = { end: [], locals: [] }

  constructor(signature: Signature) {
    this.#signature = signature
    this.#flat = flattenFunction(signature.type, signature.options, 'lower')
    this.#source = this.#newSource()
  }

  /** Arguments are lifted straight away, and results go straight into the guest: nothing needs the scratch. */
  #newSource(): Source {
    return new Source(this.#shared, { scratch: 'undefined', stamped: true })
  }

  plain(): Generated {
    const source = this.#source
    source.line('let phase = 0')
    source.block('try', () => {
      source.line(this.#mayLeave())
      this.#callHost(this.#lift())
      source.line(`if (${this.#pending()}) throw bound.cannotBlock(returned)`)
      source.line(`if ((words[instance.word] & ${DISPOSED}) !== 0) throw instance.disposal()`)
      this.#end(source)
      source.line('phase = 2')
      this.#lower(source)
    })
    source.block('catch (thrown)', () => {
      source.block('if (phase < 2)', () => this.#end(source))
      source.line('bound.crash(phase, thrown)')
    })
    return { text: this.#function(this.#parameters(), source), shared: this.#shared }
  }

  /** What has to wait goes on in a function of its own: a call that has not allocates no closure. */
  suspending(): Generated {
    const source = this.#source
    source.line('const call = runningCall()')
    source.line('let phase = 0')
    source.line('let failed = false')
    source.line('let returned')
    source.block('try', () => {
      source.line(this.#mayLeave())
      const args = this.#lift()
      source.line('phase = 1')
      source.line(`returned = callee(${args.join(', ')})`)
      const kept = this.#kept().join(', ')
      source.line(`if (${this.#pending()}) return wait(bound.settled(returned), call, ${kept})`)
    })
    source.block('catch (thrown)', () => {
      this.#orFail(source, 'phase', () => {
        source.line('returned = thrown.payload')
        source.line('failed = true')
      })
    })
    this.#settle(source)
    const main = this.#function(this.#parameters(), source)
    return {
      text: `(() => {\n  const wait = ${this.#wait()}\n  return ${main}\n  })()`,
      shared: this.#shared,
    }
  }

  taskLift(): Generated {
    const source = this.#source
    const values = this.#lift()
    const lends = this.#lending.end.length > 0 || source.has('loans')
    if (lends) source.line('let ended = false')
    source.block('return', () => {
      source.line(`values: [${values.join(', ')}],`)
      source.block('end()', () => {
        if (!lends) return
        source.line('if (ended) return')
        source.line('ended = true')
        this.#end(source)
      })
    })
    return { text: this.#function(this.#parameters(), source), shared: this.#shared }
  }

  taskLower(): Generated {
    this.#lower(this.#source)
    const out = this.#flat.spillsResult ? [this.#parameters().at(-1)!] : []
    return { text: this.#function(['returned', 'failed', ...out], this.#source), shared: this.#shared }
  }

  #wait(): string {
    const source = this.#newSource()
    source.block('const settle = (returned, failed) =>', () => this.#settle(source))
    source.line('return promise.then(')
    source.indented(() => {
      source.line('(value) => settle(value, false),')
      source.block('(thrown) =>', () => {
        this.#orFail(source, '1', () => source.line('return settle(thrown.payload, true)'))
      })
    })
    source.line(')')
    return this.#function(['promise', 'call', ...this.#kept()], source)
  }

  /** What the call still needs when it has waited: what it was lent, and where its result goes. */
  #kept(): readonly string[] {
    const kept = [...this.#lending.locals]
    if (this.#source.has('loans')) kept.push('loans')
    if (this.#flat.spillsResult) kept.push(this.#parameters().at(-1)!)
    return kept
  }

  /** The host function has returned, by and by. */
  #settle(source: Source): void {
    source.block('try', () => {
      this.#end(source)
      source.line(`if (instance.disposed) return ${this.#zero()}`)
      this.#lower(source)
    })
    source.block('catch (thrown)', () => {
      source.line('bound.failSuspended(call, 2, thrown)')
      source.line(`return ${this.#zero()}`)
    })
  }

  /** It threw or rejected: an error case where the type has one, which `otherwise` goes on with. */
  #orFail(source: Source, phase: string, otherwise: () => void): void {
    const fail = (): void => {
      this.#end(source)
      source.line(`bound.failSuspended(call, ${phase}, thrown)`)
      source.line(`return ${this.#zero()}`)
    }
    if (this.#signature.type.result?.kind !== 'result') {
      fail()
      return
    }
    source.block(`if (${phase} !== 1 || !isInstance(thrown, ComponentError))`, fail)
    otherwise()
  }

  #parameters(): readonly string[] {
    return this.#flat.parameters.map((_, i) => `c${i}$`)
  }

  #function(parameters: readonly string[], source: Source): string {
    return `function (${parameters.join(', ')}) {\n${source.toString()}\n  }`
  }

  #mayLeave(): string {
    return `if ((words[instance.word] & ${CANNOT_LEAVE}) !== 0) throw instance.leaveRefusal()`
  }

  /** What the switch never looks at. */
  #zero(): string {
    const [result] = this.#flat.results
    return result === undefined ? 'undefined' : result === 'i64' ? '0n' : '0'
  }

  /** Lifts the arguments; returns expressions without effect. */
  #lift(): readonly string[] {
    const values = this.#flat.spillsParameters ? this.#liftSpilled() : this.#liftFlat()
    readFutures(this.#source)
    return values
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

  /** Whether what the host `returned` has to be waited for. */
  #pending(): string {
    return `${returnsFuture(this.#signature.type) ? 'transient && ' : ''}isThenable(returned)`
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

  #end(source: Source): void {
    for (const statement of this.#lending.end) source.line(statement)
    if (this.#source.has('loans')) source.line('loans.end()')
  }

  /** Lowers what the host `returned`, and returns what the core function returns. */
  #lower(source: Source): void {
    const { result } = this.#signature.type
    if (result === undefined) source.line('return')
    else if (this.#flat.spillsResult) this.#lowerSpilled(source, result)
    else this.#lowerFlat(source, result)
  }

  #lowerSpilled(source: Source, result: ValueType): void {
    const { options } = this.#signature
    const pointer = source.constant('p', offset(options, this.#parameters().at(-1)!))
    checkPlace(source, options, result, pointer)
    const writer = new MemoryWriter(source, options.pointer, undefined)
    if (result.kind === 'result') this.#lowerOutcome(source, result, pointer, writer)
    else writer.store(result, 'returned', at(pointer), { text: 'result', indices: [] })
    this.#refuseIfDisposed(source, result)
    source.line('return')
  }

  /** Getters of what the host returned may have done that: the guest does not go on. */
  #refuseIfDisposed(source: Source, result: ValueType): void {
    const values = result.kind === 'result' ? [result.ok, result.error] : [result]
    if (!values.some((one) => one !== undefined && runsCode(one))) return
    source.line('if (instance.disposed) throw instance.disposal()')
  }

  #lowerOutcome(source: Source, type: ResultType, pointer: string, writer: MemoryWriter): void {
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
      if (type.error) writer.store(type.error, 'returned', payload, { text: 'error', indices: [] })
    })
    source.block('else', () => {
      source.line(`${set}(${pointer}, 0)`)
      if (type.ok) writer.store(type.ok, 'returned', payload, { text: 'result', indices: [] })
    })
  }

  /** At most one core value: nothing that needs memory. */
  #lowerFlat(source: Source, result: ValueType): void {
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
    const read = reader.read(result, 'returned', { text: 'result', indices: [] }, false)
    this.#refuseIfDisposed(source, result)
    source.line(`return ${reader.lower(read).join('') || 'undefined'}`)
  }
}
