/** Generated source → function: what its names stand for. */
import { memoizeByPointer } from '../../abi/memoize.ts'
import type { PointerType } from '../../abi/pointer.ts'
import type { FutureType, StreamType, ValueType } from '../../component/value-type.ts'
import type { Factory } from './bind.ts'
import type { EndsReference, References } from './binding.ts'
import type { HostElementBinding, HostElementFactory } from './host-element.ts'
import { hostElementMembers, hostElementSource } from './host-element-source.ts'
import * as helpers from './source-names.ts'
import type { Generated } from './source.ts'

/** Each is read when it is named: the command line tool loads some of what is behind them only then. */
const helperValues: Readonly<Record<string, unknown>> = helpers
export const helperNames: readonly string[] = Object.keys(helperValues)

/**
 * Source as an expression that makes a function from `bound`. It may name helpers, and the constants of `shared`.
 *
 * @param members of `bound`, that the text may name
 */
export function factoryText({ text, shared }: Generated, members: readonly string[]): string {
  const resources = [...shared.resources.values()]
  const ends = shared.allEnds
  const used = members.filter((member) => new RegExp(`\\b${member}\\b`).test(text))
  if (resources.length > 0 && !used.includes('instance')) used.push('instance')
  return [
    '(bound) => {',
    ...(used.length > 0 ? [`  const { ${used.join(', ')} } = bound`] : []),
    ...resources.map((name, i) => `  const ${name} = bound.resources[${i}]`),
    ...resources.map((name) => `  const ${name}$inside = ${name}.owner === instance`),
    ...ends.map(({ name }, i) => `  const ${name} = asyncEnds(bound, ${i})`),
    `  return ${text}`,
    '}',
  ].join('\n')
}

/** What its text refers to, in the order of its names. */
export function referencesOf({ shared }: Generated): References {
  const ends = shared.allEnds.map((one) => new LinkedEnds(one))
  return { resources: [...shared.resources.keys()], sites: shared.sites, ...(ends.length > 0 && { ends }) }
}

/** What reads elements is generated when the first of them comes. */
class LinkedEnds implements EndsReference {
  readonly type: StreamType | FutureType
  readonly pointer: PointerType
  readonly #written: boolean

  constructor({ type, pointer, written }: EndsReference & { readonly written: boolean }) {
    this.type = type
    this.pointer = pointer
    this.#written = written
  }

  get element(): HostElementFactory | undefined {
    const { type, pointer } = this
    return this.#written && type.element ? hostElementFactory(type.element, pointer) : undefined
  }
}

const hostElementFactory = memoizeByPointer((type: ValueType, pointer) => {
  const generated = hostElementSource(type, pointer)
  return generated && link<HostElementBinding>(generated, hostElementMembers)
})

/** Evaluates source, once; the result makes functions. */
export function link<Bound>(generated: Generated, members: readonly string[]): Factory<Bound> {
  const constants = [...generated.shared.constants]
  const source = `"use strict"\nreturn ${factoryText(generated, members)}`
  const named = helperNames.filter((name) => source.includes(name))
  const make = new Function(...named, ...constants.map(([, name]) => name), source)
  return {
    references: referencesOf(generated),
    make: make(...named.map((name) => helperValues[name]), ...constants.map(([value]) => value)),
  }
}
