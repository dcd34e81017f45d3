import type { Composition } from './composition.ts'
import type { NodeId } from './composition-node.ts'
import type { Wanting } from './open-imports.ts'
import { printExtern } from './type-difference.ts'

/** A composition as data; nodes are named by their index. */
export interface CompositionJson {
  readonly packages: readonly string[]
  readonly nodes: readonly NodeJson[]
  readonly imports: readonly ImportJson[]
  readonly exports: Readonly<Record<string, number>>
}

export type NodeJson = { readonly label?: string | undefined } & (
  | { readonly kind: 'import'; readonly name: string; readonly type: string }
  | {
      readonly kind: 'instance'
      readonly package: string
      readonly arguments: Readonly<Record<string, number>>
      /** Import of the package → import of the composition. */
      readonly open: Readonly<Record<string, string>>
    }
  | { readonly kind: 'alias'; readonly instance: number; readonly export: string; readonly type: string }
  | { readonly kind: 'definition'; readonly name: string; readonly type: string }
)

export interface ImportJson {
  readonly name: string
  readonly type: string
  readonly node: number | undefined
  readonly wantedBy: readonly Wanting[]
}

export function compositionJson(composition: Composition): CompositionJson {
  return {
    packages: [...composition.packages.keys()],
    nodes: composition.nodes.map((_, id) => nodeJson(composition, id as NodeId)),
    imports: Array.from(composition.imports.values(), ({ name, type, node, wantedBy }) => ({
      name,
      type: printExtern(type),
      node,
      wantedBy,
    })),
    exports: Object.fromEntries(composition.exports),
  }
}

function nodeJson(composition: Composition, id: NodeId): NodeJson {
  const node = composition.nodes[id]!
  const { label } = node
  const type = (): string => printExtern(composition.typeOf(id))
  switch (node.kind) {
    case 'import':
    case 'definition':
      return { kind: node.kind, label, name: node.name, type: type() }
    case 'alias':
      return { kind: 'alias', label, instance: node.instance, export: node.export, type: type() }
    case 'instance': {
      const open = Array.from(node.open, ([name, key]) => [name, composition.openImports.get(key)!.name])
      return {
        kind: 'instance',
        label,
        package: node.package,
        arguments: Object.fromEntries(node.arguments),
        open: Object.fromEntries(open),
      }
    }
  }
}
