import { TenonError } from 'tenon'
import { type ComponentType, CompositionError, type ExternType, misfitOf, type NodeId } from 'tenon/compose'
import type { PortRef } from '../contract/graph.ts'
import type { Fit } from '../contract/workshop.ts'
import { cut } from './limits.ts'
import type { Part } from './parts.ts'
import { portsOf, typeOfPort } from './port-types.ts'
import type { ReadText } from './read-text.ts'

/** Why an export cannot stand for an import; `undefined` where it can. */
type Verdict = string | undefined

interface PortTypes {
  readonly actual: ExternType
  readonly expected: ExternType
  readonly importer: ComponentType
}

interface TypeVerdict {
  readonly verdict: Verdict
  /** Whose they are decides, too. */
  readonly hasResources: boolean
}

/** By export and import: packages keep their types, whatever becomes of the text. */
const verdicts = new WeakMap<ExternType, WeakMap<ExternType, TypeVerdict>>()

/** What a wire that begins at a port could end at. */
export function fitting(text: ReadText, from: PortRef): Fit[] {
  return new Fitting(text).all(from)
}

export class Fitting {
  readonly #text: ReadText
  readonly #wired = new Set<string>()
  /** Who is given something of a block, and of whom a block is given something. */
  readonly #users = new Map<string, string[]>()
  readonly #sources = new Map<string, string[]>()

  constructor(text: ReadText) {
    this.#text = text
    for (const { from, to, port } of wiresOf(text)) this.#addWire(from, to, port)
  }

  all(from: PortRef): Fit[] {
    const { parts, analysis } = this.#text
    const origin = parts.get(from.block)
    const isKnown = typeOfPort(from, parts, analysis.composition) !== undefined
    if (origin === undefined || !isKnown) return []
    const other = from.side === 'export' ? 'import' : 'export'
    const unreachable = this.#cycle(from)
    return parts.all.flatMap((part) =>
      part === origin
        ? []
        : this.#candidates(part, other).flatMap((port) => this.#fit(from, port, unreachable.has(part.id))),
    )
  }

  #candidates(part: Part, side: PortRef['side']): PortRef[] {
    const ports = portsOf(part, side, this.#text.analysis.composition)
    return side === 'export' && part.kind === 'instance'
      ? [...ports, { block: part.id, side, port: undefined }]
      : ports
  }

  #fit(from: PortRef, port: PortRef, isCycle: boolean): Fit[] {
    const [exported, imported] = from.side === 'export' ? [from, port] : [port, from]
    const reason = isCycle ? 'it would need itself: a cycle' : this.verdict(exported, imported)
    // A whole instance seldom is meant: it is told of where it fits.
    if (reason !== undefined && port.port === undefined) return []
    const verdict = reason !== undefined ? 'differs' : this.isWired(imported) ? 'wired' : 'fits'
    return [{ port, verdict, reason }]
  }

  /** Why an export does not fit an import, cycles aside. */
  verdict(exported: PortRef, imported: PortRef): Verdict {
    const types = this.#types(exported, imported)
    if (types === undefined) return 'its type is not known'
    const { actual, expected, importer } = types
    const { verdict, hasResources } = typeVerdict(actual, expected, importer)
    return hasResources ? this.#resourceVerdict(exported, imported, verdict) : verdict
  }

  /** Whether there are such ports, of packages that are there. */
  knows(exported: PortRef, imported: PortRef): boolean {
    return this.#types(exported, imported) !== undefined
  }

  #types(exported: PortRef, imported: PortRef): PortTypes | undefined {
    const { parts, analysis } = this.#text
    const actual = typeOfPort(exported, parts, analysis.composition)
    const expected = typeOfPort(imported, parts, analysis.composition)
    const importer = parts.get(imported.block)?.package?.type
    return actual && expected && importer && { actual, expected, importer }
  }

  /**
   * Whose resources they are depends on what else the instance is given.
   *
   * @param otherwise what is said where it cannot be tried
   */
  #resourceVerdict(exported: PortRef, imported: PortRef, otherwise: Verdict): Verdict {
    const { parts, analysis } = this.#text
    const source = parts.get(exported.block)!.node
    const target = parts.get(imported.block)!
    if (source === undefined || target.packageName === undefined) return otherwise
    try {
      const isWhole = exported.port === undefined || parts.get(exported.block)!.kind === 'import'
      const [composition, node]: [typeof analysis.composition, NodeId] = isWhole
        ? [analysis.composition, source]
        : analysis.composition.alias(source, exported.port)
      composition.instantiate(target.packageName, this.#given(target).set(imported.port!, node))
      return undefined
    } catch (error) {
      if (!(error instanceof CompositionError)) throw error
      // What else is given to the instance may not fit any more: that is seen when it is wired.
      const isOwn = error.problem === 'mismatch' && error.item === imported.port
      return isOwn ? describe(error.difference) : undefined
    }
  }

  /** What an instance is given; of one that is broken as much as is known. */
  #given({ node, broken }: Part): Map<string, NodeId> {
    const made = node === undefined ? undefined : this.#text.analysis.composition.nodes[node]
    if (made?.kind === 'instance') return new Map(made.arguments)
    const given = new Map<string, NodeId>()
    for (const each of broken?.arguments ?? [])
      if (each.name !== undefined && each.node !== undefined) given.set(each.name, each.node)
    return given
  }

  /** As if it were in the text. */
  addWire(from: PortRef, to: PortRef): void {
    this.#addWire(from.block, to.block, to.port!)
  }

  isWired({ block, port }: PortRef): boolean {
    return this.#wired.has(`${block} ${port}`)
  }

  /** Whether a block would need itself. */
  wouldCycle(from: string, to: string): boolean {
    return reachable(to, this.#users).has(from)
  }

  #addWire(from: string, to: string, port: string): void {
    this.#wired.add(`${to} ${port}`)
    put(this.#users, from, to)
    put(this.#sources, to, from)
  }

  /** Blocks that a wire from, or to, a port would make need themselves. */
  #cycle({ block, side }: PortRef): ReadonlySet<string> {
    return reachable(block, side === 'import' ? this.#users : this.#sources)
  }
}

function typeVerdict(actual: ExternType, expected: ExternType, importer: ComponentType): TypeVerdict {
  let known = verdicts.get(actual)
  if (known === undefined) {
    known = new WeakMap()
    verdicts.set(actual, known)
  }
  let found = known.get(expected)
  if (found === undefined) {
    found = compareTypes(actual, expected, importer)
    known.set(expected, found)
  }
  return found
}

function compareTypes(actual: ExternType, expected: ExternType, importer: ComponentType): TypeVerdict {
  try {
    const difference = misfitOf(actual, expected, importer)
    const verdict = difference && describe(difference)
    // A function's resources are those of other imports, which are not at hand here: what is said of it may be too much.
    const isOpen = difference === undefined || (actual.kind === 'function' && expected.kind === 'function')
    return { verdict, hasResources: isOpen && mentionsResources(expected) }
  } catch (error) {
    // Types that are made to be large: all others are compared nevertheless.
    if (!(error instanceof TenonError)) throw error
    return { verdict: `their types cannot be compared: ${cut(error.message)}`, hasResources: false }
  }
}

function describe(difference: CompositionError['difference']): string {
  if (difference === undefined) return 'the types differ'
  const { path, reason } = difference
  return cut(path.length > 0 ? `${path.join(' › ')}: ${reason}` : reason)
}

/** Types share their parts: each is looked at once. */
function mentionsResources(type: ExternType): boolean {
  const seen = new Set<unknown>()
  const left: unknown[] = [type]
  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    if (typeof part !== 'object' || part === null || seen.has(part)) continue
    if ('kind' in part && part.kind === 'resource') return true
    seen.add(part)
    left.push(...(part instanceof Map ? part.values() : Object.values(part)))
  }
  return false
}

/** Who gives whom what, of instances that are broken as well. */
function* wiresOf({ analysis, parts }: ReadText): Generator<{ from: string; to: string; port: string }> {
  for (const { id, node, broken } of parts.all) {
    for (const [port, argument] of node === undefined ? [] : (analysis.nodes.get(node)?.arguments ?? [])) {
      const from = parts.exportOf(argument.node)?.block
      if (from !== undefined) yield { from, to: id, port }
    }
    for (const { name, node: given, from } of broken?.arguments ?? []) {
      const block = given === undefined ? from && parts.get(from.name)?.id : parts.exportOf(given)?.block
      if (block !== undefined) yield { from: block, to: id, port: name ?? '' }
    }
  }
}

function put(lists: Map<string, string[]>, key: string, item: string): void {
  const known = lists.get(key)
  if (known) known.push(item)
  else lists.set(key, [item])
}

function reachable(start: string, edges: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set([start])
  for (const each of found) for (const next of edges.get(each) ?? []) found.add(next)
  return found
}
