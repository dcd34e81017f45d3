import type { Studio } from '../contract/studio.ts'

/** A row of `files/index.json`, and what `files/events` tells of. */
interface GivenFile {
  readonly name: string
  /** Its address, below `files/`. */
  readonly file: string
}

/** Of the files that `tenon studio` was given: what changes on disk takes the place of what was opened, as one step of undo. */
export function followFiles(studio: () => Studio): void {
  const offline = document.querySelector<HTMLMetaElement>('meta[name="offline"]')?.content
  if (offline !== 'no') return
  const names = new Map<string, string>()
  let last = Promise.resolve()
  new EventSource('./files/events').addEventListener('message', ({ data }: MessageEvent<string>) => {
    const given = JSON.parse(data) as GivenFile
    // One after the other, in the order in which they changed.
    last = last
      .then(() => replace(studio(), given, names))
      .catch((error: Error) => {
        studio().notify({
          kind: 'problem',
          text: `${given.name} changed, and cannot be read: ${error.message}`,
        })
      })
  })
}

/** @param names of packages, by the addresses that they were opened from */
async function replace(studio: Studio, { name, file }: GivenFile, names: Map<string, string>): Promise<void> {
  const address = new URL(`./files/${file}`, document.baseURI).href
  const known = names.get(address) ?? packageFrom(studio, address)
  if (known === undefined) return
  names.set(address, known)
  const response = await fetch(address, { cache: 'no-store' })
  if (!response.ok) throw new Error(await response.text())
  const refusal = await studio.replacePackage(known, new File([await response.blob()], name))
  if (refusal === undefined)
    studio.notify({
      kind: 'info',
      text: `${name} changed on disk, and was replaced: Undo brings back what it was.`,
    })
}

/** Undefined where no block is of it any more. */
function packageFrom({ packages, origins }: Studio, address: string): string | undefined {
  return packages.find(({ hash }) => {
    const origin = origins[hash]
    return origin?.kind === 'address' && origin.address === address
  })?.name
}
