/** Documents kept as long as the page is open: for tests. */
import { type DocumentStorage, hashesIn, type SavedDocument } from '../document-storage.ts'
import type { SavedSteps } from '../saved-steps.ts'

export function memoryStorage(): DocumentStorage {
  const documents = new Map<string, SavedDocument>()
  const steps = new Map<string, SavedSteps>()
  const bytes = new Map<string, Blob>()
  const locked = new Set<string>()
  return {
    lock: async (id) => {
      if (locked.has(id)) return undefined
      locked.add(id)
      return () => void locked.delete(id)
    },
    list: async () => [...documents.values()],
    read: async (id) => documents.get(id),
    write: async (document) => {
      const old = documents.get(document.id)
      if (old !== undefined && old.revision !== document.revision - 1) return false
      documents.set(document.id, structuredClone(document))
      return true
    },
    stepsOf: async (id) => steps.get(id),
    keepSteps: async (id, saved) => void steps.set(id, structuredClone(saved)),
    remove: async (id) => {
      documents.delete(id)
      steps.delete(id)
    },
    hashes: async () => new Set(bytes.keys()),
    bytesOf: async (hash) => bytes.get(hash),
    keepBytes: async (hash, blob) => void bytes.set(hash, blob),
    collect: async () => {
      const needed = new Set([...documents.values()].flatMap(hashesIn))
      for (const hash of bytes.keys()) if (!needed.has(hash)) bytes.delete(hash)
    },
  }
}
