import { type CallableFunction, fullName } from '../component/callable-function.ts'
import { mapHandles } from './map-handles.ts'
import { printValue } from '../wave/print-value.ts'
import type { TracedStep } from './step.ts'
import type { Targets } from './target.ts'

type TracedCall = TracedStep & { readonly kind: 'call' }

/**
 * What was done, as arguments for `tenon call`: each call in WAVE, with names for the handles that are used again.
 *
 * @param all every function of the component, so that names are as short as is clear
 */
export function reproduce(
  trace: readonly TracedStep[],
  { targets, resources }: Targets,
  all: readonly CallableFunction[],
): readonly string[] {
  const used = new Set(trace.flatMap((step) => (step.kind === 'drop' ? [step.handle] : handlesPassed(step))))
  const names = new Map<number, string>()
  const counts = new Map<string, number>()
  const nameHandle = (id: number, base: string): string => {
    const count = (counts.get(base) ?? 0) + 1
    counts.set(base, count)
    const name = `${base}-${count}`
    names.set(id, name)
    return name
  }

  function handlesPassed({ target, args }: TracedCall): number[] {
    const found: number[] = []
    targets[target]!.function.type.parameters.forEach(({ type }, index) => {
      mapHandles(args[index], type, (id) => found.push(id as number))
    })
    return found
  }

  return trace.map((step) => {
    if (step.kind === 'drop') return `drop ${names.get(step.handle)}`
    const { function: callable, produces } = targets[step.target]!
    const text = callText(step, callable, all, (id) => names.get(id)!)
    const last = step.handles.findLastIndex((id) => used.has(id))
    if (last === -1) return text
    const base = produces.length === 1 ? nameFor(resources[produces[0]!]!.name) : 'handle'
    const bound = step.handles.slice(0, last + 1).map((id) => nameHandle(id, base))
    return `let ${bound.join(', ')} = ${text}`
  })
}

/** A number follows, so that no keyword comes of it. */
function nameFor(resource: string): string {
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(resource) ? resource : 'handle'
}

function callText(
  { args }: TracedCall,
  callable: CallableFunction,
  all: readonly CallableFunction[],
  nameOf: (id: number) => string,
): string {
  const texts = callable.type.parameters.map(({ type }, index) =>
    printValue(args[index], type, (id) => nameOf(id as number)),
  )
  const isMethod = callable.name.startsWith('[method]')
  if (!isMethod) return `${shortName(callable, all)}(${texts.join(', ')})`
  const [self, ...rest] = texts
  return `${self}.${callable.name.slice(callable.name.indexOf('.') + 1)}(${rest.join(', ')})`
}

/** Without the interface, where no other function has the same name. */
function shortName(callable: CallableFunction, all: readonly CallableFunction[]): string {
  return all.filter(({ name }) => name === callable.name).length === 1 ? callable.name : fullName(callable)
}

/** A line for a POSIX shell. */
export function commandLine(words: readonly string[]): string {
  return words.map(quoteForShell).join(' ')
}

/**
 * @example
 * quoteForShell('add(1, 2)') === "'add(1, 2)'" // true
 */
export function quoteForShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
