import type { Component } from '../component/component.ts'
import type { ComponentType } from '../component/extern-type.ts'
import { limits } from '../component/limits.ts'
import { CompositionError, type TypeDifference } from '../errors.ts'
import { Composition } from './composition.ts'
import type { NodeId } from './composition-node.ts'
import { explainImports } from './explain-imports.ts'
import { compareByVersion, interfaceTrack } from '../component/interface-path.ts'
import { misfitOf } from './type-fit.ts'

/** A component to be plugged. */
export interface Part {
  /** The name of a package, `namespace:name`. */
  readonly name: string
  readonly component: Uint8Array | Component
}

export interface Plugged {
  /** It exports what the socket exports. */
  readonly composition: Composition
  readonly connections: readonly Connection[]
  /** Exports of plugs that were wanted by their names and do not fit; the imports are open, or another plug has what they want. */
  readonly misfits: readonly Misfit[]
  /** Plugs of which nothing was wanted: they are not in the composition. */
  readonly unused: readonly string[]
}

/** `import` of `to` comes from `export` of `from`. */
export interface Connection {
  readonly from: string
  readonly export: string
  readonly to: string
  readonly import: string
}

export interface Misfit extends Connection {
  readonly difference: TypeDifference | undefined
}

/**
 * Gives the socket what it imports, as far as plugs export it: by name, or in a version that can take the place of the one that is
 * wanted. What plugs import comes from other plugs, too, of plugs that export and import the same thing the first from the next, so
 * that they make a chain. Every plug is instantiated once.
 *
 * @throws {CompositionError} `unplugged`, where no plug has anything that the socket wants; `conflict`, where plugs need each other in a
 *   circle; `limit`
 *
 * @example
 * const adder = { name: 'a:adder', component: await assemble('(component (import "log" (func)) (export "add" (func 0)))') }
 * const user = { name: 'a:user', component: await assemble('(component (import "add" (func)) (export "run" (func 0)))') }
 * plug(user, [adder]).connections // [{ from: 'a:adder', export: 'add', to: 'a:user', import: 'add' }]
 */
export function plug(socket: Part, plugs: readonly Part[]): Plugged {
  return new Plugging(socket, plugs).run()
}

interface Candidate {
  readonly plug: string
  readonly export: string
}

class Plugging {
  readonly #socket: string
  #composition: Composition
  /** By plug, in the order in which they were given. */
  readonly #plugs: ReadonlyMap<string, ComponentType>
  #instances: Map<string, NodeId> = new Map()
  /** What is being instantiated, outermost first, and the key of the import for which. */
  readonly #path: { readonly name: string; readonly key: string | undefined }[] = []
  readonly #connections: Connection[] = []
  readonly #misfits: Misfit[] = []
  #attempts = 0

  constructor(socket: Part, plugs: readonly Part[]) {
    this.#socket = socket.name
    this.#composition = [socket, ...plugs].reduce(
      (composition, { name, component }) => composition.add(name, component),
      new Composition(),
    )
    this.#plugs = new Map(plugs.map(({ name }) => [name, this.#typeOf(name)]))
  }

  run(): Plugged {
    const socket = this.#instantiate(this.#socket, undefined)
    if (!this.#connections.some(({ to }) => to === this.#socket)) throw this.#nothingPlugged()
    for (const name of this.#typeOf(this.#socket).exports.keys()) {
      const [aliased, item] = this.#composition.alias(socket, name)
      this.#composition = aliased.export(item, name)
    }
    const unused = [...this.#plugs.keys()].filter((name) => !this.#instances.has(name))
    return {
      composition: this.#composition,
      connections: this.#connections,
      misfits: this.#misfits,
      unused,
    }
  }

  #typeOf(name: string): ComponentType {
    return this.#composition.packages.get(name)!.type
  }

  #instantiate(name: string, key: string | undefined): NodeId {
    const known = this.#instances.get(name)
    if (known !== undefined) return known
    if (this.#path.length > limits.plugDepth)
      throw tooMuch(`plugs need each other ${this.#path.length} deep, up to ${name}`)
    this.#path.push({ name, key })
    const choices = new Map(
      Array.from(this.#typeOf(name).imports.keys(), (wanted) => [wanted, this.#fitting(name, wanted)]),
    )
    const id = this.#withBest(name, choices)
    this.#path.pop()
    this.#instances.set(name, id)
    this.#composition = this.#composition.name(id, name.slice(name.indexOf(':') + 1))
    return id
  }

  /** Takes the best candidate for each import, and the next where it does not fit. */
  #withBest(name: string, choices: ReadonlyMap<string, Candidate[]>): NodeId {
    const [composition, instances, count] = [
      this.#composition,
      new Map(this.#instances),
      this.#connections.length,
    ]
    for (;;) {
      const args = new Map<string, NodeId>()
      for (const [wanted, [best]] of choices) {
        if (best) args.set(wanted, this.#export(best, interfaceTrack(wanted)))
      }
      try {
        const [made, id] = this.#composition.instantiate(name, args)
        this.#composition = made
        for (const [wanted, [best]] of choices) {
          if (best) this.#connections.push(connection(best, name, wanted))
        }
        return id
      } catch (error) {
        if (!(error instanceof CompositionError) || error.problem !== 'mismatch') throw error
        const wanted = error.item!
        if (++this.#attempts > limits.plugAttempts)
          throw tooMuch(
            `there are too many ways to plug ${this.#socket}; the last that does not fit is \`${wanted}\` of ${name}`,
          )
        this.#misfit(choices.get(wanted)!.shift()!, name, wanted, error.difference)
        // Nothing of the attempt stays, an instance that nobody else wants least of all.
        this.#composition = composition
        this.#instances = new Map(instances)
        this.#connections.length = count
      }
    }
  }

  #misfit(candidate: Candidate, to: string, wanted: string, difference: TypeDifference | undefined): void {
    const one = connection(candidate, to, wanted)
    const isKnown = this.#misfits.some(
      (each) =>
        each.from === one.from && each.export === one.export && each.to === to && each.import === wanted,
    )
    if (!isKnown) this.#misfits.push({ ...one, difference })
  }

  #export({ plug: name, export: item }: Candidate, key: string): NodeId {
    const instance = this.#instantiate(name, key)
    const [composition, id] = this.#composition.alias(instance, item)
    this.#composition = composition
    return id
  }

  /** Those whose types fit, as far as can be said before there are instances with resource types of their own. */
  #fitting(name: string, wanted: string): Candidate[] {
    const type = this.#typeOf(name)
    const expected = type.imports.get(wanted)!
    return this.#candidates(wanted).filter((each) => {
      const difference = misfitOf(this.#typeOf(each.plug).exports.get(each.export)!, expected, type)
      if (difference) this.#misfit(each, name, wanted, difference)
      return difference === undefined
    })
  }

  /** The same name first, then the highest version; of one name the plugs in their order. */
  #candidates(wanted: string): Candidate[] {
    const key = interfaceTrack(wanted)
    const found: Candidate[] = []
    for (const [name, { exports }] of this.#plugs) {
      const names = [...exports.keys()].filter((each) => interfaceTrack(each) === key)
      if (names.length === 0) continue
      if (this.#path.some((each) => each.name === name)) this.#checkChain(name, key, wanted)
      else found.push(...names.map((each) => ({ plug: name, export: each })))
    }
    const rank = ({ export: name }: Candidate): number => (name === wanted ? 0 : 1)
    return found.sort((a, b) => rank(a) - rank(b) || compareByVersion(b.export, a.export))
  }

  /** A plug that imports what it exports is a link of a chain; one that needs itself by way of others is a mistake. */
  #checkChain(name: string, key: string, wanted: string): void {
    const start = this.#path.findIndex((each) => each.name === name)
    // What it puts itself in front of it may need all of.
    if (start === this.#path.length - 1) return
    if (this.#path.slice(start).every((each) => each.key === key)) return
    const circle = this.#path.slice(start).map((each) => each.name)
    const user = circle.at(-1)!
    throw new CompositionError(
      'conflict',
      `plugs need each other: ${[...circle, name].join(' → ')}, for \`${wanted}\``,
      {
        item: wanted,
        cure: `${user} needs another component with \`${wanted}\`, or a composition that says which instance gets what (\`tenon compose\`)`,
      },
    )
  }

  #nothingPlugged(): CompositionError {
    const lines = [
      ...this.#misfits.map(describeMisfit),
      ...this.#likeImports(),
      ...Array.from(this.#plugs, ([name, { exports }]) => `${name} exports ${listed(exports.keys())}`),
    ].flatMap((text) => text.split('\n').map((line) => `  ${line}`))
    return new CompositionError(
      'unplugged',
      [`nothing that the plugs export fits an import of ${this.#socket}`, ...lines].join('\n'),
      { cure: `  ${this.#socket} imports ${listed(this.#typeOf(this.#socket).imports.keys())}` },
    )
  }

  /** Exports that are like imports of the socket, and why they are not it, beside those that have been said to be misfits. */
  #likeImports(): string[] {
    return explainImports(this.#composition).flatMap(({ name: wanted, candidates }) =>
      candidates
        .filter(
          ({ package: from, export: name }) => this.#plugs.has(from) && !this.#isMisfit(from, name, wanted),
        )
        .map(({ package: from, export: name, why }) =>
          [
            `\`${name}\` of ${from} is like the import \`${wanted}\`:`,
            ...why.map((line) => `  ${line}`),
          ].join('\n'),
        ),
    )
  }

  #isMisfit(from: string, name: string, wanted: string): boolean {
    return this.#misfits.some(
      (each) =>
        each.from === from && each.export === name && each.to === this.#socket && each.import === wanted,
    )
  }
}

/** Why an export does not fit, in a few lines. */
export function describeMisfit({ from, export: name, to, import: wanted, difference }: Misfit): string {
  const head = `\`${name}\` of ${from} does not fit the import \`${wanted}\` of ${to}`
  if (!difference) return head
  const { path, reason, expected, found } = difference
  const place = path.length > 0 ? `${path.join(' › ')}: ` : ''
  const sides =
    expected === undefined || found === undefined ? [] : [`  expected ${expected}`, `  found    ${found}`]
  return [`${head}:`, `  ${place}${reason}`, ...sides].join('\n')
}

function tooMuch(what: string): CompositionError {
  return new CompositionError('limit', what, {
    cure: 'plug some of them first, to a component of its own, or say which instance gets what (`tenon compose`)',
  })
}

function connection({ plug: from, export: name }: Candidate, to: string, wanted: string): Connection {
  return { from, export: name, to, import: wanted }
}

function listed(names: Iterable<string>): string {
  const all = [...names]
  if (all.length === 0) return 'nothing'
  return all.length > 8 ? `${all.slice(0, 8).join(', ')} and ${all.length - 8} more` : all.join(', ')
}
