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
  let last = Promise.resolve()
  new EventSource('./files/events').addEventListener('message', ({ data }: MessageEvent<string>) => {
    const given = JSON.parse(data) as GivenFile
    // One after the other, in the order in which they changed.
    last = last
      .then(() => replace(studio(), given))
      .catch((error: Error) => {
        studio().notify({
          kind: 'problem',
          text: `${given.name} changed, and cannot be read: ${error.message}`,
        })
      })
  })
}

async function replace(studio: Studio, { name, file }: GivenFile): Promise<void> {
  const known = packageOf(studio, name)
  if (known === undefined) return
  const response = await fetch(`./files/${file}`, { cache: 'no-store' })
  if (!response.ok) throw new Error(await response.text())
  const refusal = await studio.replacePackage(known, new File([await response.blob()], name))
  if (refusal === undefined)
    studio.notify({
      kind: 'info',
      text: `${name} changed on disk, and was replaced: Undo brings back what it was.`,
    })
}

/** Undefined where no package is from it, or two are from files of that name. */
function packageOf({ packages, origins }: Studio, file: string): string | undefined {
  const [one, ...others] = packages.filter(({ hash }) => {
    const origin = origins[hash]
    return origin?.kind === 'file' && origin.name === file
  })
  return others.length > 0 ? undefined : one?.name
}
