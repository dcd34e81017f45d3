/** The document that is open is saved as it changes; others wait in the browser's storage. */
import type { DocumentSummary, Origin, Studio } from '../contract/studio.ts'
import { type DocumentStorage, hashesIn, type SavedDocument } from './document-storage.ts'
import { emptyLayout, layoutOf } from './layout.ts'
import { layoutFrom } from './layout-data.ts'
import { messageOf } from './message-of.ts'
import type { Model, NewDocument } from './model.ts'
import { type SavedSteps, stepsToSave } from './saved-steps.ts'
import { documentName, newText } from './snapshot.ts'
import { cut } from '../workshop/limits.ts'

/** Milliseconds after the last change. */
const savePause = 400

export class Documents {
  readonly #model: Model
  readonly #storage: DocumentStorage
  #revision = 0
  #release: (() => void) | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  /** What was saved last: what is equal to it needs no saving. */
  #saved: Pick<Studio, 'text' | 'layout' | 'packages'> | undefined
  #saving: Promise<void> = Promise.resolve()
  #isOffSaid = false

  constructor(model: Model, storage: DocumentStorage) {
    this.#model = model
    this.#storage = storage
  }

  /** Saves from now on, and lists what was saved. */
  async watch(): Promise<void> {
    this.#saved ??= this.#model.studio
    this.#model.store.subscribe((studio, before) => {
      const { text, layout, packages } = before
      const isSame = studio.text === text && studio.layout === layout && studio.packages === packages
      if (isSame || this.#isSaved(studio)) return
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => void this.save(), savePause)
    })
    await this.refresh()
    await this.#storage.collect().catch(() => undefined)
  }

  /** Other tabs save, too. */
  async refresh(): Promise<void> {
    const documents = await this.#storage.list().catch(() => [])
    this.#model.set({ recent: documents.map(summary).sort((a, b) => b.savedAt - a.savedAt) })
  }

  /** A new one; what was open stays where it is saved. */
  async begin(): Promise<void> {
    await this.replace({ text: newText, layout: emptyLayout, packages: [] }, {})
  }

  /** A document from elsewhere, which is saved under an id of its own with its first change. */
  async replace(
    next: NewDocument,
    origins: Readonly<Record<string, Origin>>,
    steps?: SavedSteps,
  ): Promise<void> {
    await this.save()
    this.leave()
    await this.#model.replace(next, origins, steps)
    this.#saved = this.#model.studio
    this.#model.set({ document: undefined, saving: 'new' })
  }

  async open(id: string): Promise<void> {
    if (id === this.#model.studio.document) return
    const saved = await this.#storage.read(id).catch(() => undefined)
    if (saved === undefined) {
      this.#model.notify({ kind: 'problem', text: 'This document is no longer there.' })
      await this.refresh()
      return
    }
    const release = await this.#storage.lock(id)
    for (const hash of hashesIn(saved)) {
      const bytes = await this.#storage.bytesOf(hash).catch(() => undefined)
      if (bytes !== undefined) this.#model.cabinet.keep(hash, bytes)
    }
    const origins = Object.fromEntries(saved.packages.map(({ hash, origin }) => [hash, origin]))
    const steps = await this.#storage.stepsOf(id).catch(() => undefined)
    const itsSteps = steps?.revision === saved.revision ? steps : undefined
    await this.replace({ ...saved, layout: layoutFrom(saved.layout) }, origins, itsSteps)
    if (release === undefined) this.#sayThatItIsACopy(saved)
    else this.#own(saved, release)
  }

  /** What is open is no longer this tab's: others may have it, and what follows is another document. */
  leave(): void {
    this.#release?.()
    this.#release = undefined
    this.#revision = 0
    this.#model.set({ document: undefined })
  }

  async remove(id: string): Promise<void> {
    if (id === this.#model.studio.document) await this.begin()
    await this.#storage.remove(id).catch((error: unknown) => {
      this.#model.notify({
        kind: 'problem',
        text: `The document could not be removed: ${cut(messageOf(error), 200)}`,
      })
    })
    await this.refresh()
    await this.#storage.collect().catch(() => undefined)
  }

  /** One after the other; what changes meanwhile is saved next. */
  save(): Promise<void> {
    clearTimeout(this.#timer)
    this.#saving = this.#saving.then(() => this.#save())
    return this.#saving
  }

  async #save(): Promise<void> {
    const { studio, history } = this.#model
    if (this.#isSaved(studio)) return
    this.#model.set({ saving: 'saving' })
    try {
      const steps = stepsToSave(history)
      await this.#keepBytes([...studio.packages.map(({ hash }) => hash), ...steps.hashes])
      if (!(await this.#write(studio, steps))) {
        // Another tab saved it: both stay.
        this.leave()
        await this.#write(studio, steps)
        this.#model.notify({
          kind: 'info',
          text: 'Another tab changed this document: yours goes on as a copy, and both are kept.',
        })
      }
      this.#saved = studio
      this.#isOffSaid = false
      this.#model.set({ saving: 'saved' })
      await this.refresh()
    } catch (error) {
      this.#sayThatItIsOff(error)
    }
  }

  async #keepBytes(hashes: readonly string[]): Promise<void> {
    const kept = await this.#storage.hashes()
    for (const hash of hashes) {
      const bytes = kept.has(hash) ? undefined : this.#model.cabinet.bytesOf(hash)
      if (bytes !== undefined) await this.#storage.keepBytes(hash, bytes)
    }
  }

  async #write(
    studio: Studio,
    { past, future, hashes: kept }: ReturnType<typeof stepsToSave>,
  ): Promise<boolean> {
    // Not that of the state to save: it may have become another tab's.
    const id = this.#model.studio.document ?? (await this.#newId())
    const { text, layout, graph, packages, origins, wanted } = studio
    const rows = [
      ...packages.map(({ name, hash, size }) => {
        const origin = origins[hash] ?? { kind: 'file' as const, name }
        return { name, hash, size, origin }
      }),
      // What was not given yet is still asked for.
      ...wanted,
    ]
    const saved: SavedDocument = {
      id,
      revision: this.#revision + 1,
      savedAt: Date.now(),
      text,
      layout: studio.isStale ? layout : layoutOf(layout, graph.blocks),
      packages: rows,
      kept,
    }
    if (!(await this.#storage.write(saved))) return false
    const { revision } = saved
    this.#revision = revision
    // The document is saved, also where there is no room for them.
    await this.#storage.keepSteps(id, { revision, past, future }).catch(() => undefined)
    return true
  }

  async #newId(): Promise<string> {
    // `randomUUID` is only where the page came by https or from this machine.
    const id = [...crypto.getRandomValues(new Uint8Array(12))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')
    this.#release = await this.#storage.lock(id)
    this.#revision = 0
    this.#model.set({ document: id })
    return id
  }

  #own({ id, revision }: SavedDocument, release: () => void): void {
    this.#release = release
    this.#revision = revision
    this.#model.set({ document: id, saving: 'saved' })
  }

  #isSaved({ text, layout, packages, document }: Studio): boolean {
    const saved = this.#saved
    const isEmpty = document === undefined && text === newText && packages.length === 0
    if (saved === undefined || isEmpty) return true
    return saved.text === text && saved.layout === layout && saved.packages === packages
  }

  #sayThatItIsACopy({ text }: SavedDocument): void {
    this.#model.notify({
      kind: 'info',
      text: `${documentName(text)} is open in another tab: this is a copy, saved apart from it with your first change.`,
    })
  }

  #sayThatItIsOff(error: unknown): void {
    this.#model.set({ saving: 'off' })
    if (this.#isOffSaid) return
    this.#isOffSaid = true
    this.#model.notify({
      kind: 'problem',
      text: `The browser does not save this document: ${cut(messageOf(error), 200)}`,
      cure: 'work on; share it as a link or download it before you close the page',
    })
  }
}

function summary({ id, text, savedAt, packages }: SavedDocument): DocumentSummary {
  return { id, name: documentName(text), savedAt, packages: packages.length }
}
