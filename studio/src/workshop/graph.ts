import {
  type Composition,
  type ExternType,
  isGivenByWasi,
  type NodeId,
  nameOnTrack,
  type WacAnalysis,
} from 'tenon/compose'
import type { Block, CompositionExport, Graph, OpenImport, Port, PortRef, Wire } from '../contract/graph.ts'
import { Fitting } from './fitting.ts'
import { isWasi } from './host-interfaces.ts'
import { itemText, labelOf } from './item-text.ts'
import { cut } from './limits.ts'
import type { Part, Parts } from './parts.ts'
import { headline } from './problems.ts'

/** What a text means, to be drawn. */
export function graphOf(analysis: WacAnalysis, parts: Parts): Graph {
  return new Drawing(analysis, parts).graph()
}

class Drawing {
  readonly #analysis: WacAnalysis
  readonly #composition: Composition
  readonly #parts: Parts
  readonly #wires: Wire[] = []
  /** By block and import. */
  readonly #wired = new Map<string, Wire>()
  /** Blocks and exports that something is wired to, and those that are exported. */
  readonly #used = new Set<string>()
  readonly #exported = new Set<string>()
  /** Blocks and imports that are given what is not there. */
  readonly #wrong = new Set<string>()
  #fitting: Fitting | undefined

  constructor(analysis: WacAnalysis, parts: Parts) {
    this.#analysis = analysis
    this.#composition = analysis.composition
    this.#parts = parts
  }

  graph(): Graph {
    for (const part of this.#parts.all) {
      if (part.broken) this.#wireBroken(part)
      else if (part.node !== undefined) this.#wire(part, part.node)
    }
    const exports = this.#exports()
    return {
      blocks: this.#parts.all.map((part) => this.#block(part)),
      wires: this.#wires,
      exports,
      open: this.#open(),
    }
  }

  #wire(part: Part, node: NodeId): void {
    for (const [name, { node: from, place }] of this.#analysis.nodes.get(node)!.arguments) {
      const source = this.#parts.exportOf(from)
      if (source) this.#addWire(source, importOf(part, name), place.span, undefined)
    }
  }

  /** As far as it can be said what was meant; spreads fill what is left. */
  #wireBroken(part: Part): void {
    const { broken } = part
    for (const { name, node, from, place } of broken!.arguments) {
      if (name === undefined) continue
      const problem = broken!.problems.find(({ labels }) => isIn(labels[0]!.span, place.span))
      const source = node === undefined ? from && this.#written(from) : this.#parts.exportOf(node)
      if (source === undefined) continue
      const to = importOf(part, name)
      if (!this.#isPort(to)) continue
      if (!this.#isPort(source)) {
        this.#wrong.add(keyOf(part.id, name))
        continue
      }
      this.#addWire(source, to, place.span, problem ? cut(headline(problem)) : this.#misfit(source, to))
    }
    for (const { how, from, place } of broken!.arguments) {
      const source = how === 'spread' ? from && this.#written(from) : undefined
      if (source) this.#wireSpread(part, source, place.span)
    }
  }

  /** What is written may be no port, or one of a package that is not there. */
  #isPort({ block, side, port }: PortRef): boolean {
    const part = this.#parts.get(block)
    if (port === undefined || part?.kind === 'import') return true
    const type = part?.package?.type
    return (side === 'export' ? type?.exports : type?.imports)?.has(port) ?? false
  }

  /** Nothing is said of what is given by something that is broken itself. */
  #misfit(from: PortRef, to: PortRef): string | undefined {
    this.#fitting ??= new Fitting({ analysis: this.#analysis, parts: this.#parts })
    return this.#fitting.knows(from, to) ? this.#fitting.verdict(from, to) : undefined
  }

  #written(from: { readonly name: string; readonly export: string | undefined }): PortRef | undefined {
    const part = this.#parts.get(from.name)
    if (part?.kind === 'import') return this.#parts.exportOf(part.node!)
    return part && { block: part.id, side: 'export', port: from.export && wholeName(from.export, part) }
  }

  #wireSpread(part: Part, source: PortRef, place: Wire['place']): void {
    const exports = this.#parts.get(source.block)?.package?.type.exports
    if (source.port !== undefined || exports === undefined) return
    for (const name of part.package?.type.imports.keys() ?? []) {
      const port = this.#wired.has(keyOf(part.id, name)) ? undefined : nameOnTrack(name, exports)
      if (port !== undefined) this.#addWire({ ...source, port }, importOf(part, name), place, undefined)
    }
  }

  #addWire(from: PortRef, to: PortRef, place: Wire['place'], problem: string | undefined): void {
    const id = keyOf(to.block, to.port!)
    if (this.#wired.has(id)) return
    const wire = { id, from, to, place, problem }
    this.#wires.push(wire)
    this.#wired.set(id, wire)
    if (from.port !== undefined) this.#used.add(keyOf(from.block, from.port))
  }

  #exports(): CompositionExport[] {
    const found: CompositionExport[] = []
    for (const [name, { node, statement }] of this.#analysis.exports) {
      const from = this.#parts.exportOf(node)
      if (from === undefined) continue
      if (from.port !== undefined) this.#exported.add(keyOf(from.block, from.port))
      found.push({ name, from, type: itemText(this.#composition.typeOf(node)), place: statement.span })
    }
    return found
  }

  #block(part: Part): Block {
    const { id, kind, name, place, statement, broken } = part
    const type = part.package?.type
    return {
      id,
      kind,
      name,
      package: part.package?.name ?? part.packageName,
      imports: Array.from(type?.imports ?? [], ([each, of]) => this.#import(part, each, of)),
      exports:
        kind === 'import'
          ? this.#imported(part)
          : Array.from(type?.exports ?? [], ([each, of]) => this.#export(part, each, of)),
      place,
      statement,
      problem: broken && problemOf(part),
    }
  }

  #import(part: Part, name: string, type: ExternType): Port {
    const key = keyOf(part.id, name)
    const wire = this.#wired.get(key)
    if (wire !== undefined) return portOf(name, type, wire.problem === undefined ? 'wired' : 'wrong')
    if (this.#wrong.has(key)) return portOf(name, type, 'wrong')
    return portOf(name, type, isGivenByWasi(name) ? 'host' : 'open')
  }

  #export(part: Part, name: string, type: ExternType): Port {
    const key = keyOf(part.id, name)
    return portOf(name, type, this.#exported.has(key) ? 'exported' : this.#used.has(key) ? 'wired' : 'free')
  }

  #imported(part: Part): Port[] {
    const node = this.#composition.nodes[part.node!]!
    return node.kind === 'import' ? [this.#export(part, node.name, this.#composition.typeOf(part.node!))] : []
  }

  #open(): OpenImport[] {
    const wanting = new Map<string, PortRef[]>()
    for (const part of this.#parts.all) {
      const node = part.node === undefined ? undefined : this.#composition.nodes[part.node]
      if (node?.kind !== 'instance') continue
      for (const [name, key] of node.open) {
        const known = wanting.get(key)
        if (known) known.push(importOf(part, name))
        else wanting.set(key, [importOf(part, name)])
      }
    }
    return Array.from(this.#composition.openImports)
      .filter(([, { node }]) => node === undefined)
      .map(([key, { name, type }]) => ({
        name,
        type: itemText(type),
        isWasi: isWasi(name),
        wantedBy: wanting.get(key) ?? [],
      }))
  }
}

/** Of an instance that is broken, what is written may be the end of an interface's name. */
function wholeName(written: string, { package: found }: Part): string {
  const exports = found?.type.exports
  if (exports === undefined || exports.has(written)) return written
  const [name, ...others] = [...exports.keys()].filter((each) => labelOf(each) === written)
  return name !== undefined && others.length === 0 ? name : written
}

/** What it is given may be broken, and says so itself. */
function problemOf({ broken, package: found, packageName }: Part): string {
  const [first] = broken!.problems
  if (first) return cut(headline(first))
  return found ? 'what it is given is broken' : `there is no package \`${cut(packageName!, 100)}\``
}

function importOf({ id }: Part, port: string): PortRef {
  return { block: id, side: 'import', port }
}

function portOf(name: string, type: ExternType, state: Port['state']): Port {
  return { name, label: labelOf(name), kind: type.kind, type: itemText(type), state }
}

function keyOf(block: string, port: string): string {
  return `${block} ${port}`
}

interface Span {
  readonly start: number
  readonly end: number
}

function isIn(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}
