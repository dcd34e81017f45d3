/** Calls of imports, told of while they happen. What is called is wrapped; the code that moves values stays as it is. */
import type { FunctionType } from '../component/extern-type.ts'
import type { ValueType } from '../component/value-type.ts'
import { ComponentError } from '../errors.ts'
import { parseName } from './names.ts'
import type { Callee } from './host-callee.ts'
import { type HostFunctionTraits, hostFunction, traitsOf } from './host-function.ts'
import { isPending } from './thenable.ts'
import { isInstance } from './thrown.ts'
import { reveal } from './trap.ts'
import { hasPassages, type PassageWatch, type WatchPassage, watchPassages } from './watch-passages.ts'

/** A call of an import that begins. */
export interface ImportCall {
  /** What the component imports, by its name there: an interface, or a function or resource of its world. */
  readonly import: string
  /** `add`, `[method]blob.read`, `[resource-drop]blob`. */
  readonly function: string
  /** `drop`: the guest gives an owned handle up. */
  readonly kind: 'function' | 'constructor' | 'method' | 'static' | 'drop'
  /** Undefined of drops. */
  readonly type: FunctionType | undefined
  /**
   * What the callee gets, the same objects; of methods and drops, the handle comes first. Whoever keeps them copies what may
   * change. A borrowed handle can be used until the call ends, and an owned one is the callee's.
   */
  readonly arguments: readonly unknown[]
  /** In milliseconds, by `performance.now()`. */
  readonly start: number
}

/** How a call of an import ended. */
export type ImportCallEnd = CallOutcome & {
  /** In milliseconds. */
  readonly duration: number
  /** The callee answered with a promise: the guest was suspended, or did something else, until it was settled. */
  readonly waited: boolean
}

export type CallOutcome =
  | { readonly outcome: 'returned'; readonly value: unknown }
  /** The error case of the function's `result`. */
  | { readonly outcome: 'error'; readonly payload: unknown }
  | { readonly outcome: 'trap'; readonly error: WebAssembly.RuntimeError }
  /** Anything else: the guest traps, or ends where it is an `ExitError`. */
  | { readonly outcome: 'thrown'; readonly error: unknown }

/** What an observer wants to know of a call. */
export interface CallWatch {
  /** Told of the end: before the guest goes on. */
  readonly end?: ((end: ImportCallEnd) => void) | undefined
  /**
   * Asked for each stream and future that the call passes, whether as an argument or in what it returns; those of an error's payload are not
   * told of. What it returns is told of the elements, also long after the call.
   */
  readonly passage?: WatchPassage | undefined
}

/**
 * Is told that a call begins, before it does. What it returns, if only a function, is told of the end: before the guest goes on.
 *
 * What it throws disturbs neither guest nor callee: it becomes an uncaught error of the program, like that of an event listener.
 */
export type ImportObserver = (
  call: ImportCall,
  // biome-ignore lint/suspicious/noConfusingVoidType: who is not interested in ends writes no return
) => CallWatch | ((end: ImportCallEnd) => void) | undefined | void

/** Where something is imported: `path` are the names of the instances that lead there, joined by `#`. */
interface Place {
  readonly path: string | undefined
  readonly name: string
}

/** What linking asks for: imports as they were given, and as they can be seen. */
export interface WatchImports {
  function(place: Place, type: FunctionType, callee: Callee): Callee
  /** What drops an object, seen. */
  drop(place: Place): (object: object, drop: () => void) => void
}

export function watchImports(observer: ImportObserver): WatchImports {
  return {
    function: (place, type, callee) => watchFunction(observer, { ...namesOf(place), type }, callee),
    drop: (place) => {
      const { import: imported, function: name } = namesOf(place)
      const at = name.lastIndexOf('#') + 1
      const names = {
        import: imported,
        function: `${name.slice(0, at)}[resource-drop]${name.slice(at)}`,
        kind: 'drop' as const,
        type: undefined,
      }
      return (object, drop) => {
        watched(observer, names, [object], () => drop())
      }
    },
  }
}

type Names = Pick<ImportCall, 'import' | 'function' | 'kind' | 'type'>
type Call = (...args: unknown[]) => unknown

function namesOf({ path, name }: Place): Pick<ImportCall, 'import' | 'function' | 'kind'> {
  const kind = parseName(name)?.kind
  // The name of an import may have `#` in it, but in `<…>` only: `url=<https://…#…>`.
  const end = path?.indexOf('#', path.lastIndexOf('>') + 1) ?? -1
  return {
    import: end < 0 ? (path ?? name) : path!.slice(0, end),
    function: end < 0 ? name : `${path!.slice(end + 1)}#${name}`,
    kind: kind === 'constructor' || kind === 'method' || kind === 'static' ? kind : 'function',
  }
}

function watchFunction(observer: ImportObserver, names: Names, callee: Callee): Callee {
  const around =
    (fn: Callee) =>
    (...args: unknown[]): unknown =>
      watched(observer, names, args, (passed) => (fn as Call)(...passed))
  // An observer may keep what it sees: no views of memory.
  const { sync, borrowsBytes: _, ...traits } = traitsOf(callee)
  const says: HostFunctionTraits = sync ? { ...traits, sync: around(sync) } : traits
  return hostFunction(says, around(callee))
}

function watched(
  observer: ImportObserver,
  names: Names,
  args: readonly unknown[],
  call: (args: readonly unknown[]) => unknown,
): unknown {
  const start = performance.now()
  const told = safely(() => observer({ ...names, arguments: [...args], start }))
  if (!told) return call(args)
  const { end: tellEnd, passage } = typeof told === 'function' ? { end: told } : told
  const passages = passage && new Passages(names, passage)
  const end = (how: CallOutcome, waited: boolean): void => {
    const duration = performance.now() - start
    safely(() => tellEnd?.({ ...how, duration, waited }))
  }
  try {
    const returned = call(passages ? passages.inArguments(args) : args)
    if (names.type === undefined || !isPending(returned, names.type)) {
      end({ outcome: 'returned', value: returned }, false)
      return passages ? passages.inResult(returned) : returned
    }
    // Asked before the runtime does: the end is told before the guest goes on.
    const promise = Promise.resolve(returned)
    promise.then(
      (value) => end({ outcome: 'returned', value }, true),
      (error: unknown) => end(failure(error, names.type), true),
    )
    return passages?.areReturned ? promise.then((value) => passages.inResult(value)) : promise
  } catch (error) {
    end(failure(error, names.type), false)
    throw error
  }
}

/** The streams and futures of one call. */
class Passages {
  readonly #type: FunctionType | undefined
  readonly #watch: WatchPassage

  constructor({ type }: Names, watch: WatchPassage) {
    this.#type = type
    this.#watch = (passage) => {
      const told = safely(() => watch(passage))
      return told && safeWatch(told)
    }
  }

  /** Of methods, the handle that comes first is a parameter, too. */
  inArguments(args: readonly unknown[]): readonly unknown[] {
    const parameters = this.#type?.parameters ?? []
    if (!parameters.some(({ type }) => hasPassages(type))) return args
    return args.map((value, i) => {
      const parameter = parameters[i]
      return parameter ? watchPassages(value, parameter.type, parameter.name, this.#watch) : value
    })
  }

  get areReturned(): boolean {
    return this.#returned !== undefined && hasPassages(this.#returned)
  }

  inResult(value: unknown): unknown {
    return this.areReturned ? watchPassages(value, this.#returned!, 'result', this.#watch) : value
  }

  /** What is returned of a `result` is its value: errors are thrown. */
  get #returned(): ValueType | undefined {
    const result = this.#type?.result
    return result?.kind === 'result' ? result.ok : result
  }
}

function safeWatch(told: PassageWatch): PassageWatch {
  return {
    elements: (values) => safely(() => told.elements(values)),
    end: (how) => safely(() => told.end(how)),
  }
}

function failure(thrown: unknown, type: FunctionType | undefined): CallOutcome {
  const error = reveal(thrown)
  if (type?.result?.kind === 'result' && isInstance(error, ComponentError)) {
    return { outcome: 'error', payload: error.payload }
  }
  if (isInstance(error, WebAssembly.RuntimeError)) return { outcome: 'trap', error }
  return { outcome: 'thrown', error }
}

function safely<T>(tell: () => T): T | undefined {
  try {
    return tell()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
    return undefined
  }
}
