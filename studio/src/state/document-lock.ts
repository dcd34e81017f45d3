/** One tab has a document: another that opens it gets a copy. */

/** Milliseconds. A page that is loaded anew waits until the one before it is gone. */
const patience = 400

/**
 * @returns what gives the document back; undefined where another tab has it. Where the browser has no locks, whoever saves second notices.
 */
export async function lockDocument(id: string): Promise<(() => void) | undefined> {
  const locks = globalThis.navigator?.locks
  if (locks === undefined) return () => undefined
  return await new Promise((resolve, reject) => {
    const held = locks.request(`tenon-studio ${id}`, { signal: AbortSignal.timeout(patience) }, async () => {
      await new Promise<void>((release) => resolve(release))
    })
    held.catch((error: unknown) => {
      if (error instanceof DOMException && /^(?:Timeout|Abort)Error$/.test(error.name)) resolve(undefined)
      else reject(error)
    })
  })
}
