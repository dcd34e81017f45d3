/** What is passed on and exported, as expressions of a program. */
import { interfaceTrack } from '../component/interface-path.ts'
import type { Composition } from './composition.ts'
import { describeNode, type ImportNode, type InstanceNode, type NodeId } from './composition-node.ts'
import { isGivenByWasi } from './given-by-wasi.ts'
import { isLive } from './linker-program-imports.ts'
import { quoted } from './linker-program-names.ts'

/** The functions as they are, or as promises. */
export type View = 'exports' | 'async'

export class ProgramValues {
  /** What the program cannot say as the composition does. */
  readonly differences: string[] = []
  readonly #composition: Composition
  readonly #variables: ReadonlyMap<NodeId, string>

  /** @param variables of the instances */
  constructor(composition: Composition, variables: ReadonlyMap<NodeId, string>) {
    this.#composition = composition
    this.#variables = variables
  }

  /** Undefined where there is nothing to give at run time, or the host gives it under that name. */
  argument(node: InstanceNode, name: string, id: NodeId): string | undefined {
    if (!isLive(this.#composition.typeOf(id))) return undefined
    const given = this.#composition.nodes[id]!
    if (given.kind === 'import' && isSameImport(given.name, name)) return undefined
    this.#tellOfHost(node, name, id)
    return this.value(id, 'exports')
  }

  value(id: NodeId, view: View): string {
    const node = this.#composition.nodes[id]!
    switch (node.kind) {
      case 'instance':
        return `${this.#variables.get(id)!}.${view}`
      case 'alias':
        return `${this.value(node.instance, view)}[${quoted(node.export)}]`
      case 'import': {
        // The composition may import it in a higher version.
        const name = this.#composition.openImports.get(interfaceTrack(node.name))?.name ?? node.name
        return `${isGivenByWasi(name) ? 'host.imports' : 'imports'}[${quoted(name)}]`
      }
      case 'definition':
        return 'undefined'
    }
  }

  /** A linker finds names of other versions, and in camelCase, only where a component imports them. */
  #tellOfHost(node: InstanceNode, name: string, id: NodeId): void {
    const given = this.#composition.nodes[id]!
    const source = this.#importOf(id)
    if (source === undefined) return
    const target = `${describeNode(node)} as \`${name}\``
    if (given.kind === 'alias') {
      this.differences.push(
        `\`${given.export}\` of \`${source.name}\` is given to ${target}: the object that is given for \`${source.name}\` needs it under its exact name.`,
      )
    } else if (isGivenByWasi(source.name)) {
      this.differences.push(
        `\`${source.name}\` is given to ${target}: change its version to the one that \`wasi()\` has.`,
      )
    }
  }

  /** What a node is, or is an export of, where that is imported. */
  #importOf(id: NodeId): ImportNode | undefined {
    const node = this.#composition.nodes[id]!
    if (node.kind === 'alias') return this.#importOf(node.instance)
    return node.kind === 'import' ? node : undefined
  }
}

/** Of versions that replace each other, the linker finds one for the other. */
function isSameImport(a: string, b: string): boolean {
  return a === b || interfaceTrack(a) === interfaceTrack(b)
}
