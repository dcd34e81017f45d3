/** The source of lifted functions: JavaScript calls them, and they call the guest (CanonicalABI.md, "`canon lift`"). */
import { alignment } from '../../abi/alignment.ts'
import { elementSize } from '../../abi/element-size.ts'
import { type FlatFunction, flattenFunction, parameterTuple } from '../../abi/flatten.ts'
import type { FunctionType } from '../../component/extern-type.ts'
import type { Signature } from '../../runtime/back-end.ts'
import { leastArguments } from '../../runtime/mismatch.ts'
import { ENTERED, MAY_NOT_LEAVE, RUNNING_CALL } from '../../runtime/thread.ts'
import { at, plus } from './address.ts'
import { readFutures } from './async-source.ts'
import type { Entry } from './bind.ts'
import { passesManyHandles } from './handle-count.ts'
import { type Core, CoreValues, FlatLifter } from './lift-flat.ts'
import type { Lending } from './lift-handle.ts'
import { MemoryLoader, offset } from './load-memory.ts'
import { type CallStatements, FlatReader, type Read } from './read-flat.ts'
import { referenceCount } from './reference-count.ts'
import { canChange, isReadAtOnce, runsCode } from './recheck.ts'
import { type Generated, Shared, Source } from './source.ts'
import { MemoryWriter, takeScratch, tupleLayout } from './store-memory.ts'

/** Members of `bound` that the text names. */
export const liftMembers = [
  'border',
  'confinedPostReturn',
  'core',
  'instance',
  'lowerText',
  'memory',
  'postReturn',
  'transient',
  'views',
]

/** The synchronous view. */
export function liftSource(signature: Signature, entry: Entry): Generated {
  return new LiftSource(signature, 'free', false).synchronous(entry)
}

/** The promise view. */
export function liftPromiseSource(signature: Signature): Generated {
  return new LiftSource(signature, 'new Scratch()', true).suspendable()
}

/** Reads the arguments of a task: a function of JavaScript's arguments that returns `TaskArguments`. */
export function taskArgumentsSource(signature: Signature): Generated {
  return new LiftSource(signature, 'new Scratch()', true).taskArguments()
}

/** Lifts what the core function of a task returned: a function that returns a `TaskResult`. */
export function taskReturnedSource(signature: Signature): Generated {
  return new LiftSource(signature, 'undefined', true).taskReturned()
}

/** The same of what it handed to `task.return`. */
export function taskResultSource(signature: Signature): Generated {
  return new LiftSource(signature, 'undefined', true).taskResult()
}

class LiftSource {
  readonly #signature: Signature
  readonly #flat: FlatFunction
  readonly #source: Source
  readonly #statements: CallStatements = { recheck: [], reserve: [], abandon: [], lend: [], end: [] }
  readonly #reader: FlatReader
  /** What lowers the arguments, once they have been read: returns the core arguments. */
  #lower: () => readonly string[] = () => []

  constructor(signature: Signature, scratch: string, suspends: boolean) {
    const { type, options } = signature
    this.#signature = signature
    this.#flat = flattenFunction(type, options, 'lift')
    this.#source = new Source(new Shared(), { scratch, stamped: passesManyHandles(type) })
    this.#reader = new FlatReader(this.#source, options, this.#statements, suspends)
  }

  synchronous(entry: Entry): Generated {
    const source = this.#source
    this.#read()
    this.#enter(entry)
    source.line('let value')
    if (this.#canFail) source.line('let failed = false')
    source.block('try', () => {
      const core = this.#lowerAll()
      if (source.has('scratch')) source.line('scratch.release()')
      this.#call(`core(${core.join(', ')})`)
      this.#liftResult('returned')
      this.#checkBorrows()
      if (entry === 'confined') this.#callPostReturn()
      else this.#postReturn()
      readFutures(source)
    })
    source.block('catch (thrown)', () => {
      this.#end()
      const running = entry === 'confined' ? `words[${RUNNING_CALL}]` : 'running'
      source.line(`throw border.fail(${running}, thrown)`)
    })
    this.#leave(entry)
    this.#end()
    if (this.#canFail) source.line('if (failed) throw new ComponentError(value)')
    source.line('return value')
    return this.#generated(this.#releasing(source.toString()))
  }

  suspendable(): Generated {
    const source = this.#source
    source.line('let value')
    if (this.#canFail) source.line('let failed = false')
    source.line('let waited = false')
    this.#read()
    source.block('return callSuspendable(border,', () => {
      source.block('start(begin)', () => {
        const core = this.#lowerAll()
        source.line('begin()')
        source.line(`return core(${core.join(', ')})`)
      })
      source.line(',')
      source.block('finish(returned)', () => {
        this.#liftResult('returned')
        this.#checkBorrows()
        this.#postReturn()
        readFutures(source)
        source.line(this.#canFail ? 'return failed ? new ComponentError(value) : value' : 'return value')
      })
      source.line(',')
      source.block('reserve()', () => {
        source.line('waited = true')
        for (const statement of this.#statements.reserve) source.line(statement)
      })
      source.line(',')
      source.block('abandon()', () => {
        for (const statement of this.#statements.abandon) source.line(statement)
        if (source.has('loans')) source.line('loans.end()')
      })
      source.line(',')
      source.block('end()', () => {
        this.#end()
        source.block('if (waited)', () => {
          for (const statement of this.#statements.end) source.line(statement)
        })
      })
    })
    source.line(')')
    return this.#generated(rejecting(source.toString()))
  }

  taskArguments(): Generated {
    const source = this.#source
    const { reserve, abandon, end } = this.#statements
    this.#read()
    const lends = end.length > 0
    if (lends) source.line('let lent = false, waited = false')
    if (lends || source.has('loans')) source.line('let ended = false')
    source.block('return', () => {
      this.#member('lower()', () => {
        if (lends) source.line('lent = true')
        source.line(`return [${this.#lowerAll().join(', ')}]`)
      })
      this.#member('reserve()', () => {
        if (lends) source.line('waited = true')
        for (const statement of reserve) source.line(statement)
      })
      this.#member('abandon()', () => {
        for (const statement of abandon) source.line(statement)
        if (source.has('loans')) source.line('loans.end()')
      })
      this.#member('end()', () => {
        if (!lends && !source.has('loans')) return
        source.line('if (ended) return')
        source.line('ended = true')
        for (const when of lends ? ['lent', 'waited'] : []) {
          source.block(`if (${when})`, () => {
            for (const statement of end) source.line(statement)
          })
        }
        if (source.has('loans')) source.line('loans.end()')
      })
      this.#member('get borrows()', () => {
        const counts = []
        if (source.has('scope')) counts.push('(scope === undefined ? 0 : scope.borrows)')
        if (source.has('loans')) counts.push('loans.scope.borrows')
        source.line(`return ${counts.join(' + ') || '0'}`)
      })
    })
    return this.#generated(source.toString())
  }

  /** Of an object literal. */
  #member(header: string, body: () => void): void {
    this.#source.block(header, body)
    this.#source.line(',')
  }

  taskReturned(): Generated {
    const { results, spillsResult } = this.#flat
    const returned = results.map((type) => ({ value: 'returned', type }))
    return this.#lifter(['returned'], returned, spillsResult)
  }

  taskResult(): Generated {
    const { type, options } = this.#signature
    const { result } = type
    const passed: FunctionType = {
      ...type,
      parameters: result === undefined ? [] : [{ name: 'result', type: result }],
      result: undefined,
    }
    const flat = flattenFunction(passed, { ...options, async: false }, 'lower')
    const values = flat.parameters.map((one, i) => ({ value: `c${i}$`, type: one }))
    const parameters = values.map(({ value }) => value)
    return this.#lifter(parameters, values, flat.spillsParameters)
  }

  #lifter(parameters: readonly string[], values: readonly Core[], spilled: boolean): Generated {
    const source = this.#source
    source.line('let value')
    if (this.#canFail) source.line('let failed = false')
    this.#liftFrom(values, spilled)
    readFutures(source)
    source.line(`return { value, failed${this.#canFail ? '' : ': false'} }`)
    const text = `function (${parameters.join(', ')}) {\n${source}\n  }`
    return { text, shared: source.shared }
  }

  /** Its result has an error case, which is thrown. */
  get #canFail(): boolean {
    return this.#signature.type.result?.kind === 'result'
  }

  #generated(body: string): Generated {
    const parameters = this.#signature.type.parameters.map((_, i) => `p${i}$`).join(', ')
    return { text: `function (${parameters}) {\n${body}\n  }`, shared: this.#source.shared }
  }

  /** Checks the arguments and reads them, once. */
  #read(): void {
    const source = this.#source
    const { type } = this.#signature
    const least = leastArguments(type)
    const most = type.parameters.length
    const wrong =
      least === most
        ? `arguments.length !== ${most}`
        : `arguments.length < ${least} || arguments.length > ${most}`
    source.line(`if (${wrong}) throw bound.refuseCount(arguments.length)`)
    if (this.#flat.spillsParameters) this.#readSpilled()
    else this.#readFlat()
    for (const statement of this.#statements.recheck) source.line(statement)
  }

  #readFlat(): void {
    const { parameters } = this.#signature.type
    const { recheck } = this.#statements
    const reads: Read[] = parameters.map(({ name, type }, i) => {
      const before = recheck.length
      const read = this.#reader.read(type, `p${i}$`, { text: `argument ${name}`, indices: [] }, false)
      // Nothing happens between this check and the call.
      const last = !parameters.slice(i + 1).some((later) => runsCode(later.type))
      if (last && isReadAtOnce(type)) recheck.length = before
      return read
    })
    this.#lower = () => reads.flatMap((read) => this.#reader.lower(read))
  }

  /** More than 16 core values: they lie in memory as a tuple (CanonicalABI.md, "Lifting and Lowering Values"). */
  #readSpilled(): void {
    const source = this.#source
    const { type, options } = this.#signature
    const { pointer } = options
    const tuple = parameterTuple(type)
    const size = elementSize(tuple, pointer)
    const start = takeScratch(source, String(size))
    const image = source.constant(
      'm',
      `new MixedImage(${start}, ${size}, ${alignment(tuple, pointer) - 1}, 1, ${referenceCount(tuple)})`,
    )
    const writer = new MemoryWriter(source, pointer, image)
    const { offsets } = tupleLayout(tuple, pointer)
    type.parameters.forEach(({ name, type: one }, i) => {
      writer.store(one, `p${i}$`, plus(at(start), offsets[i]!), { text: `argument ${name}`, indices: [] })
    })
    this.#statements.reserve.push(`${image}.reserve()`)
    this.#statements.abandon.push(`${image}.abandon()`)
    if (canChange(tuple)) {
      const site = source.shared.site({ text: 'arguments', indices: [] }, tuple)
      const changed = source.shared.local('w')
      this.#statements.recheck.push(
        `const ${changed} = ${image}.changed()`,
        `if (${changed} !== undefined) throw bound.refuseWith(${site}, undefined, ${changed})`,
      )
    }
    this.#lower = () => {
      const p = source.constant('p', `${image}.lower(memory, scratch, 'arguments')`)
      return [pointer === 'i32' ? p : `BigInt(${p})`]
    }
  }

  #lowerAll(): readonly string[] {
    for (const statement of this.#statements.lend) this.#source.line(statement)
    return this.#lower()
  }

  #enter(entry: Entry): void {
    const source = this.#source
    if (entry === 'confined') {
      source.line('if (words[instance.word] !== 0) throw border.refusal()')
      return
    }
    if (entry === 'together') {
      source.line('const running = border.enter()')
      return
    }
    // No call is inside, and none that could be suspended is running: one mark is all there is to do.
    source.line('const word = instance.word')
    source.line('let running = 0')
    source.line('let quick = true')
    source.line(`if ((words[word] | words[${RUNNING_CALL}]) === 0) words[word] = ${ENTERED}`)
    source.block('else', () => {
      source.line('running = border.enter()')
      source.line('quick = false')
    })
  }

  /** Anything but the plain mark: the instance was poisoned or disposed, or something waits. */
  #leave(entry: Entry): void {
    const source = this.#source
    if (entry === 'confined') return
    if (entry === 'alone') source.line(`if (quick && words[word] === ${ENTERED}) words[word] = 0`)
    source.line(`${entry === 'alone' ? 'else ' : ''}border.leave(running)`)
  }

  #call(call: string): void {
    this.#source.line(this.#flat.results.length === 0 ? call : `const returned = ${call}`)
  }

  /** Into `value`; of a `result` the error case, too, and `failed` says so. */
  #liftResult(returned: string): void {
    const { results, spillsResult } = this.#flat
    this.#liftFrom(
      results.map((type) => ({ value: returned, type })),
      spillsResult,
    )
  }

  #liftFrom(core: readonly Core[], spilled: boolean): void {
    const { type, options } = this.#signature
    const { result } = type
    if (result === undefined) return
    const source = this.#source
    // No result contains a borrow.
    const lending: Lending = { end: [], locals: [] }
    const loader = new MemoryLoader(source, options, lending)
    const lifter = new FlatLifter(source, options, lending)
    const outcome = (i: number, val: string): void => {
      if (i === 1) source.line('failed = true')
      source.line(`value = ${val}`)
    }
    if (spilled) {
      const pointer = source.constant('p', offset(options, core[0]!.value))
      if (result.kind === 'result') loader.casesChecked(result, pointer, outcome)
      else source.line(`value = ${loader.loadChecked(result, pointer)}`)
      return
    }
    const values = new CoreValues(core)
    if (result.kind === 'result') lifter.cases(result, values, outcome)
    else source.line(`value = ${lifter.lift(result, values)}`)
  }

  #checkBorrows(): void {
    const source = this.#source
    if (source.has('loans')) {
      source.line(`checkBorrowsDropped(loans.scope${source.has('scope') ? ', scope' : ''})`)
    } else if (source.has('scope')) source.line('if (scope !== undefined) checkBorrowsDropped(scope)')
  }

  #postReturn(): void {
    if (!this.#signature.options.postReturn) return
    const source = this.#source
    source.line(`if (!confinedPostReturn) words[instance.word] |= ${MAY_NOT_LEAVE}`)
    this.#callPostReturn()
    source.line(`if (!confinedPostReturn) words[instance.word] &= ~${MAY_NOT_LEAVE}`)
  }

  #callPostReturn(): void {
    if (!this.#signature.options.postReturn) return
    this.#source.line(`postReturn(${this.#flat.results.length === 0 ? '' : 'returned'})`)
  }

  /** What was lent is given back. */
  #end(): void {
    const source = this.#source
    for (const statement of this.#statements.end) source.line(statement)
    if (source.has('loans')) source.line('loans.end()')
  }

  /** The scratch is given back whatever happens. */
  #releasing(body: string): string {
    if (!this.#source.has('scratch')) return body
    return `  const free = freeScratch()\n  try {\n${body}\n  } finally {\n  free.release()\n  }`
  }
}

/** The promise view throws nothing: it rejects. */
function rejecting(body: string): string {
  return `  try {\n${body}\n  } catch (thrown) {\n  return Promise.reject(thrown)\n  }`
}
