/**
 * The studio without its page: a text, what it means, and all that changes it. Whoever changes anything in answer to the workshop does it
 * in one piece, after the text is found to be still the same, so that text, graph and layout never tell of different things.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Graph } from '../contract/graph.ts'
import type { Group, Layout, Notice, Origin, Position, Studio } from '../contract/studio.ts'
import { droppedPlaces } from '../canvas/dropped-places.ts'
import type { Analysis, Edit, PackageSummary, Refusal, Workshop } from '../contract/workshop.ts'
import { analysisPause, emptyGraph, followNames, shown } from './analysis.ts'
import { type Applied, applyEdits, follow } from './apply-edits.ts'
import { Cabinet } from './cabinet.ts'
import { amend, growingStep, type History, historyOf, redone, step, undone } from './history.ts'
import {
  addGroup,
  changeGroup,
  emptyLayout,
  movedBetween,
  moveBlocks,
  newGroup,
  removeGroup,
} from './layout.ts'
import type { DocumentStorage } from './document-storage.ts'
import { Documents } from './documents.ts'
import { messageOf } from './message-of.ts'
import { noticeLimit, noticeOf } from './notice.ts'
import { newStudio } from './new-studio.ts'
import { openSources } from './open-sources.ts'
import { usesPackage } from './package-names.ts'
import { removePackage, renamePackage, replacePackage } from './packages.ts'
import { type SavedSteps, stepsFrom, withSummaries } from './saved-steps.ts'
import { SerialQueue } from './serial-queue.ts'
import { share } from './share.ts'
import { newText, type Snapshot } from './snapshot.ts'
import { cut } from '../workshop/limits.ts'

/** New places for all blocks. */
export type Arrange = (graph: Graph, groups: readonly Group[]) => Promise<Readonly<Record<string, Position>>>

export interface NewDocument {
  readonly text: string
  readonly layout: Layout
  readonly packages: readonly Pick<PackageSummary, 'name' | 'hash' | 'size'>[]
}

/** What a gesture makes of the document. */
export interface Gestured extends Applied {
  /** Those before it where it says none. */
  readonly packages?: Snapshot['packages']
}

/** A gesture gives up where somebody types faster than it is done. */
const attempts = 4

export class Model {
  readonly store: StoreApi<Studio>
  readonly workshop: Workshop
  readonly cabinet: Cabinet
  readonly documents: Documents
  readonly #arrange: Arrange
  readonly #queue = new SerialQueue()
  #history: History<Snapshot> = historyOf({ text: newText, layout: emptyLayout, packages: [] })
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Somebody put blocks where they are since all were laid out: they stay there. */
  #isMovedByHand = false
  #notices = 0
  #reveals = 0

  constructor(workshop: Workshop, arrange: Arrange, storage: DocumentStorage) {
    this.workshop = workshop
    this.cabinet = new Cabinet(workshop)
    this.documents = new Documents(this, storage)
    this.#arrange = arrange
    this.store = createStore<Studio>(() => ({ ...newStudio(this.#history.present), ...this.#actions() }))
  }

  get studio(): Studio {
    return this.store.getState()
  }

  get history(): History<Snapshot> {
    return this.#history
  }

  set(changes: Partial<Studio>): void {
    this.store.setState(changes)
  }

  /**
   * Another document: what was done before it is no part of it. Its packages are those whose bytes are in the cabinet.
   *
   * @param origins where packages came from: those that are missing are wanted from there
   * @param steps that were saved with it
   */
  replace(next: NewDocument, origins: Readonly<Record<string, Origin>>, steps?: SavedSteps): Promise<void> {
    return this.#queue.add(async () => {
      clearTimeout(this.#timer)
      await this.cabinet.bring(this.studio.packages, [])
      const packages = await this.cabinet.bring([], next.packages)
      const wanted = next.packages
        .filter(({ hash }) => !packages.some((one) => one.hash === hash))
        .map(({ name, hash, size }) => ({
          name,
          hash,
          size,
          origin: origins[hash] ?? { kind: 'file' as const, name },
        }))
      const snapshot = { text: lines(next.text), layout: next.layout, packages }
      const analysis = await this.#analyze(snapshot.text)
      this.#isMovedByHand = Object.keys(next.layout.positions).length > 0
      const hasBytes = (hash: string) => this.cabinet.bytesOf(hash) !== undefined
      this.#history = { ...historyOf(snapshot), ...stepsFrom(steps, packages, hasBytes) }
      const opened = this.studio.opened + 1
      const fresh = { graph: emptyGraph, selection: [], panel: { kind: 'none' }, pane: 'canvas' } as const
      this.set({ ...fresh, wanted, origins, opened })
      this.#show(snapshot, analysis)
    })
  }

  /** The workshop was started anew, and knows nothing. */
  reopen(): Promise<void> {
    return this.#queue.add(async () => {
      await this.cabinet.bring([], this.studio.packages)
      await this.#analyzeNow()
    })
  }

  notify(notice: Omit<Notice, 'id'>): void {
    const notices = [...this.studio.notices, { ...notice, id: ++this.#notices }]
    this.set({ notices: notices.slice(-noticeLimit) })
  }

  /**
   * Packages, and a block of each that the text does not speak of yet; where a place is given, also of those that are there already.
   * Packages that make no block are no step of undo: it would only take away what the text speaks of.
   */
  place(packages: readonly PackageSummary[], place: Position | undefined): Promise<void> {
    return this.gesture(async ({ text, layout, packages: old }) => {
      const news = packages.filter((one) => !old.some(({ hash }) => hash === one.hash))
      const seen = packages.filter(
        (one) => !usesPackage(text, one.name) || (place !== undefined && !news.includes(one)),
      )
      const edits = seen.map(({ name }): Edit => ({ kind: 'instantiate', package: name }))
      const where = place === undefined ? [] : droppedPlaces(seen, place)
      const applied = await applyEdits(this.workshop, text, layout, edits, where)
      // A text that must be mended first takes the packages all the same.
      if ('refused' in applied) this.notify(noticeOf(applied))
      const done = 'refused' in applied ? { text, layout, made: [] } : applied
      return { ...done, packages: [...old, ...news] }
    }).then((refusal) => (refusal === undefined && packages.length > 1 ? this.#tidy() : undefined))
  }

  /** Another text, as one step of undo. */
  write(text: string): Promise<void> {
    return this.gesture(async ({ layout }) => ({ text: lines(text), layout, made: [] })).then(() => undefined)
  }

  /** The text as `tenon wac fmt` writes it. */
  format(): Promise<Refusal | undefined> {
    return this.gesture(async ({ text, layout }) => {
      const formatted = await this.workshop.format(text)
      return typeof formatted === 'string' ? { text: formatted, layout, made: [] } : formatted
    })
  }

  #actions() {
    return {
      setText: (text: string) => this.#type(text),
      edit: (edit: Edit | readonly Edit[], where?: Position | readonly Position[]) => this.#edit(edit, where),
      autoWire: (block?: string) => this.#autoWire(block),
      open: (sources: readonly (File | URL)[], place?: Position) => openSources(this, sources, place),
      undo: () => this.#travel(undone),
      redo: () => this.#travel(redone),
      select: (selection: readonly string[]) => this.set({ selection }),
      move: (positions: Readonly<Record<string, Position>>, final: boolean) => {
        if (final) this.#isMovedByHand = true
        this.#layOut(moveBlocks(this.studio.layout, positions), final)
      },
      arrange: () => void this.#arrangeAll(true),
      group: (blocks: readonly string[], name: string) => {
        const { layout } = this.studio
        this.#layOut(addGroup(layout, newGroup(layout, blocks, name)), true)
      },
      ungroup: (group: string) => this.#layOut(removeGroup(this.studio.layout, group), true),
      setGroup: (group: string, changes: Parameters<Studio['setGroup']>[1]) =>
        this.#layOut(changeGroup(this.studio.layout, group, changes), true),
      notify: (notice: Omit<Notice, 'id'>) => this.notify(notice),
      dismiss: (id: number) =>
        this.set({ notices: this.studio.notices.filter((notice) => notice.id !== id) }),
      reveal: (range: Parameters<Studio['reveal']>[0]) =>
        this.set({ revealed: { range, count: ++this.#reveals }, pane: 'source' }),
      show: (panel: Studio['panel']) => this.#showPanel(panel),
      setPane: (pane: Studio['pane']) => this.set({ pane }),
      renamePackage: (name: string, to: string) => renamePackage(this, name, to),
      removePackage: (name: string) => removePackage(this, name),
      replacePackage: (name: string, file: File) => replacePackage(this, name, file),
      newDocument: () => this.documents.begin(),
      openDocument: (id: string) => this.documents.open(id),
      removeDocument: (id: string) => this.documents.remove(id),
      share: () => share(this),
    }
  }

  #type(text: string): void {
    if (text === this.studio.text) return
    this.#history = growingStep(this.#history, { ...this.#present(), text }, 'typing', performance.now())
    this.set({ text, ...this.#steps() })
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#analyzeNow(), analysisPause)
  }

  async #analyzeNow(): Promise<void> {
    const { text } = this.studio
    const analysis = await this.#analyze(text)
    if (this.studio.text !== text) return
    const layout = followNames(this.studio, analysis?.graph)
    this.#history = amend(this.#history, { ...this.#present(), layout })
    this.set({ ...shown(this.studio, text, analysis), layout })
  }

  /** Undefined where the workshop gives no answer: `reopen` asks anew. */
  async #analyze(text: string): Promise<Analysis | undefined> {
    return await this.workshop.analyze(text).catch(() => undefined)
  }

  async #edit(
    edit: Edit | readonly Edit[],
    where: Position | readonly Position[] = [],
  ): Promise<Refusal | undefined> {
    const edits = 'kind' in edit ? [edit] : edit
    const places = 'x' in where ? [where] : where
    return await this.gesture(({ text, layout }) => applyEdits(this.workshop, text, layout, edits, places))
  }

  async #autoWire(block: string | undefined): Promise<void> {
    let wired: readonly string[] = []
    const refusal = await this.gesture(async ({ text, layout }) => {
      const edited = await this.workshop.autoWire(text, block)
      if ('refused' in edited) return edited
      wired = edited.wired
      return follow({ text, layout, made: [] }, edited, [])
    })
    if (refusal !== undefined) return
    const count = wired.length
    if (count > 0) await this.#tidy()
    const text =
      count === 0
        ? 'Nothing to wire: no open import has exactly one export that fits.'
        : `Wired ${count} ${count === 1 ? 'import' : 'imports'}: ${wired.join(', ')}`
    this.notify({ kind: 'info', text: cut(text) })
  }

  /** Whatever changes the text but typing: asked of the workshop, done where the text is still the same, and one step of undo. */
  gesture(act: (now: Snapshot) => Promise<Gestured | Refusal>): Promise<Refusal | undefined> {
    return this.#queue.add(async () => {
      try {
        for (let attempt = 0; attempt < attempts; attempt++) {
          const now = this.#present()
          const applied = await act(now)
          if ('refused' in applied) return this.refuse(applied)
          if (this.studio.text === now.text && (await this.#commit(now, applied))) return undefined
        }
        return this.refuse({ refused: 'The text changed meanwhile.', cure: 'try it again' })
      } catch (error) {
        return this.refuse({ refused: `The workshop failed: ${messageOf(error)}`, cure: 'try it again' })
      }
    })
  }

  async #commit(
    before: Snapshot,
    { text, layout, made, packages = before.packages }: Gestured,
  ): Promise<boolean> {
    const analysis = await this.#analyze(text)
    if (this.studio.text !== before.text) return false
    // Blocks may have been moved while the workshop worked.
    const next = {
      text,
      layout: moveBlocks(layout, movedBetween(before.layout, this.studio.layout)),
      packages,
    }
    clearTimeout(this.#timer)
    const added = packages.filter((one) => !before.packages.includes(one))
    const isOnlyMore = text === before.text && packages.length === before.packages.length + added.length
    this.#history = isOnlyMore ? amend(everywhere(this.#history, added), next) : step(this.#history, next)
    this.#show(next, analysis)
    if (made.length > 0) this.set({ selection: made })
    return true
  }

  /** Says it, and returns it. */
  refuse(refusal: Refusal): Refusal {
    this.notify(noticeOf(refusal))
    return refusal
  }

  #travel(to: (history: History<Snapshot>) => History<Snapshot> | undefined): void {
    void this.#queue.add(async () => {
      const before = this.#history
      const history = to(before)
      if (history === undefined) return
      const { text, packages } = history.present
      const given = await this.cabinet.bring(before.present.packages, packages)
      const analysis = await this.#analyze(text)
      if (this.#history !== before) return await this.cabinet.bring(packages, this.studio.packages)
      clearTimeout(this.#timer)
      // Of a step that was saved, the summaries are known only now.
      const whole = withSummaries(packages, [...before.present.packages, ...given])
      this.#history = amend(history, { ...history.present, packages: whole })
      this.#show(this.#history.present, analysis)
    })
  }

  #layOut(layout: Layout, final: boolean): void {
    if (layout === this.studio.layout) return
    const next = { ...this.#present(), layout }
    this.#history = final ? step(this.#history, next) : amend(this.#history, next)
    this.set({ layout, ...this.#steps() })
  }

  /** @param final as a step of undo of its own */
  async #arrangeAll(final: boolean): Promise<void> {
    const { graph, layout } = this.studio
    const positions = await this.#arrange(graph, layout.groups)
    if (this.studio.graph !== graph) return
    this.#isMovedByHand = false
    this.#layOut(moveBlocks(this.studio.layout, positions), final)
  }

  /** After a gesture that changes how blocks hang together; part of its step of undo. */
  async #tidy(): Promise<void> {
    const isLaidOut = Object.keys(this.studio.layout.positions).length > 0
    if (isLaidOut && !this.#isMovedByHand) await this.#arrangeAll(false)
  }

  #showPanel(panel: Studio['panel']): void {
    const pane = { none: 'canvas', inspect: 'inspect', compare: 'inspect', run: 'run' } as const
    this.set({ panel, pane: pane[panel.kind] })
  }

  #present(): Snapshot {
    const { text, layout, packages } = this.studio
    return { text, layout, packages }
  }

  #show(next: Snapshot, analysis: Analysis | undefined): void {
    const { panel } = this.studio
    const isGone = panel.kind === 'inspect' && !next.packages.some(({ name }) => name === panel.package)
    this.set({ ...next, ...shown(this.studio, next.text, analysis), ...this.#steps() })
    if (isGone) this.set({ panel: { kind: 'none' } })
  }

  #steps(): Pick<Studio, 'canUndo' | 'canRedo'> {
    return { canUndo: this.#history.past.length > 0, canRedo: this.#history.future.length > 0 }
  }
}

/** Lines end with one character: editors know no other, and offsets are theirs. */
function lines(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n')
}

/** Packages in every step, so that no undoing takes them away. */
function everywhere(history: History<Snapshot>, news: readonly PackageSummary[]): History<Snapshot> {
  const withNews = (snapshot: Snapshot) => ({ ...snapshot, packages: [...snapshot.packages, ...news] })
  return {
    ...history,
    past: history.past.map(withNews),
    present: withNews(history.present),
    future: history.future.map(withNews),
  }
}
