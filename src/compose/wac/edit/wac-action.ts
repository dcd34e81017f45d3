import type { NodeId } from '../../composition-node.ts'

/**
 * A node of the analysis of the same text; by its name anything that the text names with `let` or `import`, broken or not; or an instance by
 * the offset at which its `new` expression begins.
 */
export type NodeReference = NodeId | string | { readonly at: number }

/** A change of what a WAC text composes. */
export type WacAction =
  | InstantiateAction
  | ConnectAction
  | DisconnectAction
  | ExportAction
  | ExportAllAction
  | RenameExportAction
  | RemoveExportAction
  | RenameAction
  | RemoveAction
  | ImportAction
  | SetPackageAction

/** `let name = new package { ... };` */
export interface InstantiateAction {
  readonly kind: 'instantiate'
  /** `namespace:name`, with `@version` where one is meant. */
  readonly package: string
  /** Made of the package's name where none is given. */
  readonly name?: string | undefined
}

/** An import of an instance is given something else than before. */
export interface ConnectAction {
  readonly kind: 'connect'
  readonly instance: NodeReference
  /** The whole name of the package's import. */
  readonly argument: string
  readonly from: NodeReference
  /** The whole name of an export of `from`; `from` itself where none is said. */
  readonly export?: string | undefined
}

/** An import of an instance becomes one of the composition. */
export interface DisconnectAction {
  readonly kind: 'disconnect'
  readonly instance: NodeReference
  readonly argument: string
}

/** `export from.export as name;` */
export interface ExportAction {
  readonly kind: 'export'
  readonly from: NodeReference
  readonly export?: string | undefined
  /** Where none is given, the name that it has; of an instance without one, what the text calls it. */
  readonly as?: string | undefined
}

/** `export from...;` */
export interface ExportAllAction {
  readonly kind: 'export-all'
  readonly from: NodeReference
}

export interface RenameExportAction {
  readonly kind: 'rename-export'
  readonly name: string
  readonly to: string
}

export interface RemoveExportAction {
  readonly kind: 'remove-export'
  readonly name: string
}

/** What the text calls an instance or an import; one without a name gets one. */
export interface RenameAction {
  readonly kind: 'rename'
  readonly node: NodeReference
  readonly to: string
}

/** An instance or an import, with its exports; who was given something of it leaves that open. */
export interface RemoveAction {
  readonly kind: 'remove'
  readonly node: NodeReference
}

/** What is left open under a name is imported by a statement, and given to those who want it. */
export interface ImportAction {
  readonly kind: 'import'
  /** Of the composition's import. */
  readonly name: string
}

/** `package package;` */
export interface SetPackageAction {
  readonly kind: 'set-package'
  /** `namespace:name`, with `@version` where it has one. */
  readonly package: string
}
