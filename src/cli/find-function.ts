import { type CallableFunction, callableFunctions, fullName } from '../component/callable-function.ts'
import type { ComponentType } from '../component/extern-type.ts'
import { parseExternName } from '../component/names.ts'
import { nearest } from '../diagnostics/nearest.ts'
import { WaveError } from '../errors.ts'
import type { Call } from '../wave/parse-call.ts'
import { printFunction } from '../wit/print-function.ts'

/** One line for lists of candidates. */
export function describeFunction(callable: CallableFunction): string {
  return `${fullName(callable)}: ${printFunction(callable.type)}`
}

/** Short names count only where no longer one matches. */
const tiers: readonly ((callable: CallableFunction) => readonly string[])[] = [
  (callable) => [fullName(callable), withHash(callable)],
  ({ interface: path, name }) => {
    const parts = path === undefined ? undefined : parseExternName(path)
    if (parts?.kind !== 'interface') return []
    const { namespace, package: of, interface: own, version } = parts
    const unversioned = `${namespace}:${of}/${own}`
    const names = [`${unversioned}.${name}`, `${unversioned}#${name}`, `${own}.${name}`, `${own}#${name}`]
    // WAVE puts the version behind the function.
    return version === undefined ? names : [`${unversioned}.${name}@${version}`, ...names]
  },
  ({ name }) => [name],
]

function withHash({ interface: path, name }: CallableFunction): string {
  return path === undefined ? name : `${path}#${name}`
}

/** The one function that the call can mean. Throws a WaveError that lists the candidates. */
export function findFunction(component: ComponentType, call: Call): CallableFunction {
  const all = callableFunctions(component)
  for (const spellings of tiers) {
    const found = all.filter((callable) => spellings(callable).includes(call.name))
    if (found.length === 1) return found[0]!
    if (found.length > 1) throw ambiguous(call, found)
  }
  throw unknown(call, all)
}

function ambiguous(call: Call, found: readonly CallableFunction[]): WaveError {
  const notes = ['write one of:', ...found.map((callable) => `  ${describeFunction(callable)}`)]
  return problem(call, `\`${call.name}\` is ambiguous`, `${found.length} functions have this name`, notes)
}

function unknown(call: Call, all: readonly CallableFunction[]): WaveError {
  const spellings = new Set(all.flatMap((callable) => tiers.flatMap((tier) => tier(callable))))
  const candidates = nearest(call.name, spellings)
  const label = candidates.length > 0 ? `did you mean \`${candidates[0]}\`?` : ''
  const notes =
    all.length === 0
      ? ['the component exports no functions that can be called from here']
      : ['the component exports:', ...all.map((callable) => `  ${describeFunction(callable)}`)]
  return problem(call, `unknown function \`${call.name}\``, label, notes)
}

function problem(call: Call, message: string, text: string, notes: readonly string[]): WaveError {
  return new WaveError({ message, labels: [{ source: call.source, span: call.nameSpan, text }], notes })
}
