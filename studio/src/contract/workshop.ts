/**
 * The worker that knows components: it holds their bytes, reads, checks, analyzes, edits and encodes. The page talks to it by Comlink,
 * so each method answers with a promise, and all that goes over is plain data. It never runs a component (`run.ts` does).
 */
import type { Graph, PortRef, TextRange } from './graph.ts'

export interface Workshop {
  /**
   * Reads and checks a component. WIT packages in binary form and precompiled components are refused with a reason.
   *
   * @param hint a file's or an address's name; the package's name is made from it where the component has none of its own
   * @returns what is shown of it, or why it is refused; the same bytes again give the same package
   */
  addPackage(bytes: ArrayBuffer, hint: string, progress: (done: Progress) => void): Promise<Added>
  /** Texts name it `namespace:name@version` from then on: those that there are, the page changes with it. */
  renamePackage(name: string, to: string): Promise<Refusal | undefined>
  removePackage(name: string): Promise<void>
  packages(): Promise<readonly PackageSummary[]>
  /** Of a package, for saving and for running. */
  bytesOf(name: string): Promise<ArrayBuffer>

  analyze(text: string): Promise<Analysis>
  edit(text: string, edit: Edit): Promise<Edited | Refusal>
  /** Wires whatever has exactly one that fits; of one block, or of all. */
  autoWire(text: string, block?: string): Promise<(Edited & { readonly wired: readonly string[] }) | Refusal>
  /** What a wire that begins at a port could end at. */
  fitting(text: string, from: PortRef): Promise<readonly Fit[]>
  /** Both ends of a wire beside each other. */
  compare(text: string, from: PortRef, to: PortRef): Promise<Comparison | Refusal>

  complete(text: string, offset: number): Promise<Completions>
  hover(text: string, offset: number): Promise<string | undefined>
  format(text: string): Promise<string | Refusal>

  inspect(packageName: string): Promise<Inspection | Refusal>
  /** The whole composition, or what keeps it from being one. */
  encode(text: string): Promise<ArrayBuffer | Refusal>
  /**
   * TypeScript that does the same with `Linker`.
   *
   * @param files paths of the packages' files, seen from the program, by the packages' names; otherwise they lie beside it
   */
  program(text: string, files?: ReadonlyMap<string, string>): Promise<string | Refusal>
}

export interface Progress {
  /** In a person's words: `reading`, `checking`. */
  readonly step: string
  /** 0 to 1. */
  readonly part: number
}

/** Why something was not done, and what to do about it. */
export interface Refusal {
  readonly refused: string
  readonly cure: string | undefined
  /** A code frame, or a hex frame: plain text. */
  readonly frame?: string | undefined
}

export type Added = { readonly package: PackageSummary } | Refusal

export interface PackageSummary {
  /** As texts write it: `namespace:name`, with `@version` where it has one. */
  readonly name: string
  /** SHA-256 in hexadecimal. */
  readonly hash: string
  readonly size: number
  readonly imports: readonly ItemSummary[]
  readonly exports: readonly ItemSummary[]
  /** It exports `wasi:cli/run`, or `run` of WASI 0.3. */
  readonly isCommand: boolean
}

export interface ItemSummary {
  readonly name: string
  readonly type: string
}

export interface Analysis {
  /** That of the text as far as it can be read; undefined where nothing can be drawn. */
  readonly graph: Graph | undefined
  readonly problems: readonly Problem[]
  /** It can be encoded and run. */
  readonly isComplete: boolean
}

/** Like the command line's. */
export interface Problem extends TextRange {
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly notes: readonly string[]
  readonly related: readonly (TextRange & { readonly text: string })[]
}

/** What a gesture on the canvas does to the text. */
export type Edit =
  | { readonly kind: 'instantiate'; readonly package: string; readonly name?: string | undefined }
  | { readonly kind: 'connect'; readonly from: PortRef; readonly to: PortRef }
  | { readonly kind: 'disconnect'; readonly to: PortRef }
  | { readonly kind: 'export'; readonly from: PortRef; readonly as?: string | undefined }
  | { readonly kind: 'rename-export'; readonly name: string; readonly to: string }
  | { readonly kind: 'remove-export'; readonly name: string }
  /** Makes a statement of an import that was left open. */
  | { readonly kind: 'import'; readonly name: string }
  | { readonly kind: 'rename'; readonly block: string; readonly to: string }
  | { readonly kind: 'remove'; readonly blocks: readonly string[] }
  | { readonly kind: 'name-document'; readonly to: string }

export interface Edited {
  readonly text: string
  /** Of the old text, sorted; for editors that keep their cursor. */
  readonly changes: readonly (TextRange & { readonly insert: string })[]
  /** Blocks that the edit made, or gave another id: old to new; `undefined` for new ones. */
  readonly renamed: readonly { readonly from: string | undefined; readonly to: string }[]
}

export interface Fit {
  readonly port: PortRef
  /** `wired`: it fits, and takes the place of another wire. */
  readonly verdict: 'fits' | 'wired' | 'differs'
  /** Why it does not fit, in one line. */
  readonly reason: string | undefined
}

export interface Comparison {
  readonly fits: boolean
  readonly from: string
  readonly to: string
  /** The path to the first difference, and what it is; undefined where it fits. */
  readonly reason: string | undefined
  readonly rows: readonly ComparisonRow[]
}

/** An item of an interface, as WIT of one or more lines, on both sides. */
export interface ComparisonRow {
  readonly name: string
  readonly exported: string | undefined
  readonly imported: string | undefined
  /** `unused`: exported and not asked for, which is no problem. */
  readonly verdict: 'same' | 'fits' | 'differs' | 'missing' | 'unused'
  readonly reason: string | undefined
}

export interface Completions {
  readonly from: number
  readonly items: readonly {
    readonly label: string
    readonly kind: 'keyword' | 'package' | 'instance' | 'export' | 'import' | 'type' | 'function'
    readonly detail: string | undefined
    readonly docs: string | undefined
    readonly insert: string
  }[]
}

/** What there is to know of a package; all of it plain text, whatever the component says of itself. */
export interface Inspection {
  readonly name: string
  readonly size: number
  /** Its world as WIT; docs are not in components. */
  readonly wit: string
  /** Where its WIT cannot be printed whole: why. */
  readonly unprintable: readonly string[]
  readonly modules: readonly ModuleSummary[]
  readonly components: number
  /** Bytes by kind of section, of the component itself. */
  readonly sections: readonly { readonly name: string; readonly bytes: number }[]
  readonly producers: readonly { readonly field: string; readonly name: string; readonly version: string }[]
  readonly imports: readonly (ItemSummary & {
    /** Which core modules import what of it: why it is there. */
    readonly why: readonly { readonly module: string; readonly functions: readonly string[] }[]
  })[]
}

export interface ModuleSummary {
  readonly path: string
  readonly name: string | undefined
  readonly size: number
  readonly functions: number
  readonly imports: number
  readonly exports: number
  /** In pages of 64 KiB. */
  readonly memory: string | undefined
}
