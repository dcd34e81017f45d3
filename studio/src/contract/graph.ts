/** What a WAC text means, as data that the page draws. The page never computes it: the workshop does (`workshop.ts`). */

/** UTF-16 offsets into the text that was analyzed. */
export interface TextRange {
  readonly start: number
  readonly end: number
}

export interface Graph {
  readonly blocks: readonly Block[]
  readonly wires: readonly Wire[]
  readonly exports: readonly CompositionExport[]
  /** What the composition imports because nothing in it is wired to somebody's import. */
  readonly open: readonly OpenImport[]
}

export interface Block {
  /** Keeps its meaning from text to text: the name that the text gives it, or `PACKAGE#2` where it gives none. */
  readonly id: string
  /** `import`: an item that the text imports by an `import` statement; it has one port, an export. */
  readonly kind: 'instance' | 'import'
  /** What the text calls it; undefined where it is written inside another expression. */
  readonly name: string | undefined
  /** `namespace:name@version`; undefined of imports. */
  readonly package: string | undefined
  readonly imports: readonly Port[]
  readonly exports: readonly Port[]
  /** Where the text makes it: the expression, and the whole statement. */
  readonly place: TextRange
  readonly statement: TextRange
  /** What is wrong with it, where something is: drawn, but not part of what can be run. */
  readonly problem: string | undefined
}

export interface Port {
  /** The whole name: `wasi:cli/run@0.2.3`, `log`. Unique on its side of its block. */
  readonly name: string
  /** To be read on a block: `run`, `log`. */
  readonly label: string
  readonly kind: 'instance' | 'function' | 'type' | 'component' | 'core-module' | 'value'
  /** In one line of WIT. */
  readonly type: string
  /**
   * Imports: `wired`; `host`: left open, and of WASI, so that whoever runs it gives it; `open`: left open otherwise; `wrong`: what is
   * passed does not fit. Exports: `free` or `wired`, and `exported` where the composition exports it.
   */
  readonly state: 'wired' | 'host' | 'open' | 'wrong' | 'free' | 'exported'
}

/** One end of a wire: a port, or (port undefined) the whole instance of a block. */
export interface PortRef {
  readonly block: string
  readonly side: 'import' | 'export'
  readonly port: string | undefined
}

export interface Wire {
  readonly id: string
  /** An export's end. */
  readonly from: PortRef
  /** An import's end. */
  readonly to: PortRef
  /** Of the argument in the text. */
  readonly place: TextRange | undefined
  /** Why it does not fit, where it does not. */
  readonly problem: string | undefined
}

export interface CompositionExport {
  readonly name: string
  readonly from: PortRef
  readonly type: string
  readonly place: TextRange
}

export interface OpenImport {
  readonly name: string
  readonly type: string
  readonly isWasi: boolean
  readonly wantedBy: readonly PortRef[]
}
