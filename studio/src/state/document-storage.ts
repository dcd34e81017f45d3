/** Documents in the browser's database: texts and layouts in one store, the bytes of packages by their hashes in another. */
import * as idb from 'idb-keyval'
import type { Layout, Origin } from '../contract/studio.ts'
import { lockDocument } from './document-lock.ts'
import type { SavedSteps } from './saved-steps.ts'

export interface SavedDocument {
  readonly id: string
  /** Grows with each saving: whoever saves says which one it changed. */
  readonly revision: number
  /** Milliseconds since 1970. */
  readonly savedAt: number
  readonly text: string
  readonly layout: Layout
  readonly packages: readonly SavedPackage[]
  /** Hashes of components that only its steps of undo need. */
  readonly kept?: readonly string[]
}

export interface SavedPackage {
  readonly name: string
  readonly hash: string
  readonly size: number
  readonly origin: Origin
}

/** Every method may fail: private windows, a full disk, a person who allows no storage. */
export interface DocumentStorage {
  list(): Promise<readonly SavedDocument[]>
  read(id: string): Promise<SavedDocument | undefined>
  /** @returns whether it was saved: not where another tab saved it since `revision - 1`; one that was removed meanwhile is there again */
  write(document: SavedDocument): Promise<boolean>
  /** Steps of undo: those of the revision that they name. */
  stepsOf(id: string): Promise<SavedSteps | undefined>
  keepSteps(id: string, steps: SavedSteps): Promise<void>
  /** With its steps. */
  remove(id: string): Promise<void>
  hashes(): Promise<ReadonlySet<string>>
  bytesOf(hash: string): Promise<Blob | undefined>
  keepBytes(hash: string, bytes: Blob): Promise<void>
  /** Forgets bytes that no document needs. */
  collect(): Promise<void>
  /** @returns what gives the document back; undefined where another tab has it */
  lock(id: string): Promise<(() => void) | undefined>
}

interface KeptBytes {
  readonly bytes: Blob
  readonly keptAt: number
}

/** Milliseconds. Bytes are kept before the document that needs them is, perhaps in another tab. */
const collectAfter = 60 * 60 * 1000

export function browserStorage(): DocumentStorage {
  // Databases are opened when they are first asked for something, and where there are none, that fails.
  let stores: Readonly<Record<'documents' | 'steps' | 'packages', idb.UseStore>> | undefined
  const open = () => {
    stores ??= {
      documents: idb.createStore('tenon-studio-documents', 'documents'),
      steps: idb.createStore('tenon-studio-steps', 'steps'),
      packages: idb.createStore('tenon-studio-packages', 'packages'),
    }
    return stores
  }
  return {
    lock: lockDocument,
    list: async () => await idb.values<SavedDocument>(open().documents),
    read: async (id) => await idb.get<SavedDocument>(id, open().documents),
    write: async (document) => {
      let isSaved = false
      await idb.update<SavedDocument>(
        document.id,
        (old) => {
          if (old !== undefined && old.revision !== document.revision - 1) return old
          isSaved = true
          return document
        },
        open().documents,
      )
      return isSaved
    },
    stepsOf: async (id) => await idb.get<SavedSteps>(id, open().steps),
    keepSteps: async (id, steps) => await idb.set(id, steps, open().steps),
    remove: async (id) => {
      await idb.del(id, open().documents)
      await idb.del(id, open().steps)
    },
    hashes: async () => new Set(await idb.keys<string>(open().packages)),
    bytesOf: async (hash) => (await idb.get<KeptBytes>(hash, open().packages))?.bytes,
    keepBytes: async (hash, bytes) => await idb.set(hash, { bytes, keptAt: Date.now() }, open().packages),
    collect: async () => {
      const documents = await idb.values<SavedDocument>(open().documents)
      const needed = new Set(documents.flatMap(hashesIn))
      const kept = await idb.entries<string, KeptBytes>(open().packages)
      const old = kept.filter(([hash, { keptAt }]) => !needed.has(hash) && keptAt < Date.now() - collectAfter)
      await idb.delMany(
        old.map(([hash]) => hash),
        open().packages,
      )
    },
  }
}

/** Of all components that a document needs. */
export function hashesIn({ packages, kept = [] }: SavedDocument): readonly string[] {
  return [...packages.map(({ hash }) => hash), ...kept]
}
