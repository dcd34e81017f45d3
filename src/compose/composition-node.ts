import type { ExternType, InstanceType, TypeExtern } from '../component/extern-type.ts'

/** A node of a composition: its place in the order in which nodes were added. It means the same in all compositions made from one. */
export type NodeId = number & { readonly __node: unique symbol }

export type CompositionNode = ImportNode | InstanceNode | AliasNode | DefinitionNode

/** Something imported under a name. */
export interface ImportNode {
  readonly kind: 'import'
  readonly name: string
  /** As it was asked for; others may want more of the same import, see `Composition.imports`. */
  readonly type: ExternType
  readonly label: string | undefined
}

/** A package with its imports satisfied. */
export interface InstanceNode {
  readonly kind: 'instance'
  readonly package: string
  /** By the name of the package's import. */
  readonly arguments: ReadonlyMap<string, NodeId>
  /** Imports of the package that got no argument, and the keys of the composition's imports that they became. */
  readonly open: ReadonlyMap<string, string>
  readonly type: InstanceType
  readonly label: string | undefined
}

/** One export of an instance. */
export interface AliasNode {
  readonly kind: 'alias'
  readonly instance: NodeId
  readonly export: string
  readonly type: ExternType
  readonly label: string | undefined
}

/** A type that is defined here, and exported under its name. */
export interface DefinitionNode {
  readonly kind: 'definition'
  readonly name: string
  readonly type: TypeExtern
  readonly label: string | undefined
}

/** `label`: what the node is called in the component's names. */
export function describeNode(node: CompositionNode): string {
  switch (node.kind) {
    case 'import':
      return `the import \`${node.name}\``
    case 'instance':
      return node.label === undefined
        ? `the instance of ${node.package}`
        : `\`${node.label}\`, an instance of ${node.package}`
    case 'alias':
      return `the export \`${node.export}\``
    case 'definition':
      return `the type \`${node.name}\``
  }
}
