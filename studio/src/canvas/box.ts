/** What the canvas draws, as plain data: boxes with rows of ends on both sides, and wires between rows. */
import type { Port, PortRef } from '../contract/graph.ts'

/** Ids of boxes that are no blocks of the text begin with what no identifier of WAC begins with. */
export const EXPORTS_BOX = '@exports'
export const IMPORTS_BOX = '@imports'
export const groupBox = (group: string) => `@group/${group}`

export interface Box {
  readonly id: string
  /** `import`: a statement of the text; `imports` and `exports`: the frame of the composition. */
  readonly kind: 'instance' | 'import' | 'group' | 'imports' | 'exports'
  readonly title: string
  readonly subtitle: string | undefined
  readonly package: string | undefined
  readonly problem: string | undefined
  /** The blocks that it stands for: itself, the members of a group, none. */
  readonly blocks: readonly string[]
  /** Drawn as a dot beside the title: a wire from it passes the whole instance. */
  readonly whole: PortRef | undefined
  /** Where wires end, from top to bottom. */
  readonly left: readonly Row[]
  /** Where wires begin, from top to bottom. */
  readonly right: readonly Row[]
}

export type Row = PortRow | HostRow | ExportRow | ExportHereRow | OpenRow

interface Keyed {
  /** Unique among all rows; the id of its handle. */
  readonly key: string
}

export interface PortRow extends Keyed {
  readonly kind: 'port'
  readonly end: PortRef
  readonly name: string
  readonly label: string
  readonly portKind: Port['kind']
  readonly type: string
  readonly state: Port['state']
  /** In words, where its wires go. */
  readonly goes: string | undefined
}

/** WASI imports that whoever runs the composition gives, in one line that opens. */
export interface HostRow extends Keyed {
  readonly kind: 'host'
  readonly names: readonly string[]
  /** The ends behind it; none at the frame of the composition. */
  readonly ends: readonly PortRef[]
  readonly isOpen: boolean
}

/** What the composition exports. */
export interface ExportRow extends Keyed {
  readonly kind: 'export'
  readonly name: string
  readonly from: PortRef
  readonly type: string
  /** In words: `add of adder`. */
  readonly source: string
}

/** Whatever is wired to it becomes an export of the composition. */
export interface ExportHereRow extends Keyed {
  readonly kind: 'export-here'
}

/** An import that the composition leaves open. */
export interface OpenRow extends Keyed {
  readonly kind: 'open'
  readonly name: string
  readonly label: string
  readonly type: string
  readonly wantedBy: readonly PortRef[]
}

export interface DrawnWire {
  readonly id: string
  /** `open`: it only shows who wants an import that was left open. */
  readonly kind: 'wire' | 'export' | 'open'
  readonly fromBox: string
  readonly toBox: string
  /** Keys of rows, or of a whole instance. */
  readonly fromKey: string
  readonly toKey: string
  readonly from: PortRef | undefined
  /** The import that it ends at; of `export` the name. */
  readonly to: PortRef | { readonly exported: string }
  readonly problem: string | undefined
}

export interface Drawing {
  readonly boxes: readonly Box[]
  readonly wires: readonly DrawnWire[]
}

export function rowsOf(box: Box): readonly Row[] {
  return [...box.left, ...box.right]
}
