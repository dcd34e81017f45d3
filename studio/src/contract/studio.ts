/** The page's state: one store (`state/`), which every panel reads and none keeps a copy of. */
import type { Graph, PortRef, TextRange } from './graph.ts'
import type { Edit, PackageSummary, Problem, Refusal } from './workshop.ts'

export interface Studio {
  /** The WAC text: the truth. The canvas draws what it means, and edits it. */
  readonly text: string
  /** That of the newest text that could be drawn. */
  readonly graph: Graph
  /** The text has changed since, in a way that cannot be drawn: the canvas is dimmed. */
  readonly isStale: boolean
  readonly problems: readonly Problem[]
  readonly isComplete: boolean
  readonly packages: readonly PackageSummary[]
  /** Files on their way in. */
  readonly incoming: readonly { readonly name: string; readonly step: string; readonly part: number }[]
  readonly layout: Layout
  /** Ids of blocks and wires. */
  readonly selection: readonly string[]
  /** What was said last, for people and for screen readers. */
  readonly notices: readonly Notice[]
  readonly canUndo: boolean
  readonly canRedo: boolean

  /** What a person typed: analyzed after a short pause. */
  setText(text: string): void
  /**
   * A gesture: one step of undo, also where it takes several edits (each is of the text that the one before it made; the first that is
   * refused ends the gesture, and nothing of it is done). Refusals become notices, and are returned.
   *
   * @param where the places of the blocks that it makes, in their order
   */
  edit(edit: Edit | readonly Edit[], where?: Position | readonly Position[]): Promise<Refusal | undefined>
  autoWire(block?: string): Promise<void>
  /** Files, blobs, or addresses; each becomes a package and, if `place` is given, a block there. */
  open(sources: readonly (File | URL)[], place?: { readonly x: number; readonly y: number }): Promise<void>
  undo(): void
  redo(): void
  select(ids: readonly string[]): void
  /** Where blocks are: one step of undo when `final`. */
  move(positions: Readonly<Record<string, Position>>, final: boolean): void
  /** Lays all blocks out anew, by `canvas/arrange.ts`. */
  arrange(): void
  group(blocks: readonly string[], name: string): void
  ungroup(group: string): void
  setGroup(group: string, changes: Partial<Omit<Group, 'id'>>): void
  notify(notice: Omit<Notice, 'id'>): void
  dismiss(id: number): void
  /** Shows a part of the text in the editor. */
  reveal(range: TextRange): void
  /** Opens a panel of the page: what a block is, how two ends differ, the run. */
  show(panel: Panel): void
  readonly panel: Panel

  /** Which text {@link graph} is of: its places are offsets into that. */
  readonly graphText: string
  /** What {@link reveal} was asked for last; `count` grows with each. */
  readonly revealed: { readonly range: TextRange; readonly count: number } | undefined
  /** Which of the page's parts is shown where there is room for one. */
  readonly pane: Pane
  setPane(pane: Pane): void

  /** Where packages came from, by their hashes. */
  readonly origins: Readonly<Record<string, Origin>>
  /** In the text, too: one step of undo. */
  renamePackage(name: string, to: string): Promise<Refusal | undefined>
  /** A package that no block is of. */
  removePackage(name: string): Promise<Refusal | undefined>
  /** Other bytes under the same name: wires stay as far as they fit. */
  replacePackage(name: string, file: File): Promise<Refusal | undefined>
  /** What the text needs, and what a person must give: parts of a shared link that did not come along. */
  readonly wanted: readonly WantedPackage[]
  /** The project's examples. */
  readonly examples: readonly Example[]

  /** `new`: nothing to save yet; `off`: the browser stores nothing. */
  readonly saving: 'new' | 'saving' | 'saved' | 'off'
  /** Newest first; the one that is open is one of them once it is saved. */
  readonly recent: readonly DocumentSummary[]
  /** Of {@link recent}. */
  readonly document: string | undefined
  /** Grows with each document that is opened: then all of it is to be seen. */
  readonly opened: number
  newDocument(): Promise<void>
  openDocument(id: string): Promise<void>
  removeDocument(id: string): Promise<void>
  /** A link to this page with the composition in it. */
  share(): Promise<SharedLink | Refusal>
}

export interface DocumentSummary {
  readonly id: string
  /** The text's package name. */
  readonly name: string
  /** Milliseconds since 1970. */
  readonly savedAt: number
  readonly packages: number
}

export interface SharedLink {
  readonly address: string
  readonly packages: readonly SharedBy[]
}

/** What goes along with a link, and how. */
export interface SharedBy {
  readonly name: string
  /** In bytes. */
  readonly size: number
  /** `example`, `address`: by reference; `inline`: its bytes are in the link; `hash`: whoever opens the link is asked for the file. */
  readonly by: 'example' | 'address' | 'inline' | 'hash'
}

export type Pane = 'canvas' | 'source' | 'inspect' | 'run'

export type Origin =
  | { readonly kind: 'file'; readonly name: string }
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'example'; readonly file: string }

export interface WantedPackage {
  readonly name: string
  /** SHA-256 in hexadecimal: what is given must be this. */
  readonly hash: string
  readonly size: number
  readonly origin: Origin
}

/** A row of `examples/index.json`. */
export interface Example {
  readonly name: string
  /** Relative to the folder `examples/` beside the page. */
  readonly file: string
  readonly size: number
  readonly about: string
  /** In hexadecimal. */
  readonly sha256?: string
}

export type Panel =
  | { readonly kind: 'none' }
  | { readonly kind: 'inspect'; readonly package: string }
  | { readonly kind: 'compare'; readonly from: PortRef; readonly to: PortRef }
  /** Of a block alone, where one is named, with all its imports left to the host; otherwise of the composition. */
  | { readonly kind: 'run'; readonly block?: string | undefined }

export interface Position {
  readonly x: number
  readonly y: number
}

/** What the text does not say: kept beside it, saved and shared with it. */
export interface Layout {
  readonly positions: Readonly<Record<string, Position>>
  readonly groups: readonly Group[]
}

export interface Group {
  readonly id: string
  readonly name: string
  readonly blocks: readonly string[]
  readonly isCollapsed: boolean
}

export interface Notice {
  readonly id: number
  readonly kind: 'info' | 'problem'
  readonly text: string
  readonly cure?: string | undefined
  readonly frame?: string | undefined
}
