import type { Span } from '../../diagnostics/span.ts'
import type { NodeId } from '../composition-node.ts'
import type { ArgumentSyntax, NewSyntax } from './syntax.ts'

/** Where a node was first written. */
export interface NodeOrigin {
  /** Of the expression; of an import the whole statement. */
  readonly span: Span
  /** Its place among the document's statements. */
  readonly statement: number
}

/** A `new` expression, and what became of it. */
export interface InstantiationOrigin {
  readonly syntax: NewSyntax
  readonly statement: number
  /** Undefined where something is wrong with it. */
  node: NodeId | undefined
  /** What was given, by the whole names of the package's imports; of one that is broken as much as could be evaluated. */
  readonly arguments: Map<string, { readonly node: NodeId; readonly syntax: ArgumentSyntax }>
}

/** Something that an export statement exports. */
export interface ExportOrigin {
  readonly node: NodeId
  readonly statement: number
}

/** Which part of a text made what of its composition: collected while statements are evaluated. */
export class Origins {
  /** That is evaluated now. */
  statement = 0
  readonly nodes = new Map<NodeId, NodeOrigin>()
  /** In the order of the text; where they nest, outer ones first. */
  readonly instantiations = new Map<NewSyntax, InstantiationOrigin>()
  readonly exports = new Map<string, ExportOrigin>()

  /** The same export of an instance is one node, wherever it is written. */
  addNode(node: NodeId, { start, end }: Span): void {
    if (!this.nodes.has(node)) this.nodes.set(node, { span: { start, end }, statement: this.statement })
  }

  beginInstantiation(syntax: NewSyntax): InstantiationOrigin {
    const { statement } = this
    const origin: InstantiationOrigin = { syntax, statement, node: undefined, arguments: new Map() }
    this.instantiations.set(syntax, origin)
    return origin
  }

  addExport(name: string, node: NodeId): void {
    this.exports.set(name, { node, statement: this.statement })
  }
}
