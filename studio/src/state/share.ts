/** Links of the document that is open, and documents of links. */
import type { Refusal } from '../contract/workshop.ts'
import type { Origin, SharedLink, Studio } from '../contract/studio.ts'
import type { Model } from './model.ts'
import { exampleAddress } from './open-sources.ts'
import { layoutOf } from './layout.ts'
import {
  decodeShareLink,
  encodeShareLink,
  inlineLimit,
  ShareLinkError,
  type SharedPackage,
} from './share-link.ts'

export async function share({ studio, cabinet }: Model): Promise<SharedLink | Refusal> {
  const packages: SharedPackage[] = []
  for (const { name, hash, size } of studio.packages) {
    const origin = originOf(studio, name, hash)
    const blob = origin.kind === 'file' && size <= inlineLimit ? cabinet.bytesOf(hash) : undefined
    const bytes = blob === undefined ? undefined : new Uint8Array(await blob.arrayBuffer())
    packages.push({ name, hash, size, origin, bytes })
  }
  for (const one of studio.wanted) packages.push({ ...one, bytes: undefined })
  const layout = layoutOf(studio.layout, studio.graph.blocks)
  try {
    const made = await encodeShareLink({ text: studio.text, layout, packages })
    const page = new URL(globalThis.location.href)
    page.hash = made.fragment
    return { address: page.href, packages: made.packages }
  } catch (error) {
    if (!(error instanceof ShareLinkError)) throw error
    return { refused: error.message, cure: 'download the text and the components instead' }
  }
}

/** A file that is one of the examples, too, is fetched from there by whoever opens the link. */
function originOf({ examples, origins }: Studio, name: string, hash: string): Origin {
  const example = examples.find(({ sha256 }) => sha256 === hash)
  if (example !== undefined) return { kind: 'example', file: example.file }
  return origins[hash] ?? { kind: 'file', name }
}

/** Makes a link's composition a new document; what must be fetched from elsewhere waits until the person agrees. */
export async function openShared(model: Model, fragment: string): Promise<void> {
  try {
    const { text, layout, packages } = await decodeShareLink(fragment)
    for (const { hash, origin, bytes } of packages) {
      const blob = bytes === undefined ? await example(origin) : new Blob([bytes])
      if (blob !== undefined) model.cabinet.keep(hash, blob)
    }
    const origins = Object.fromEntries(packages.map(({ hash, origin }) => [hash, origin]))
    await model.documents.replace({ text, layout, packages }, origins)
  } catch (error) {
    if (!(error instanceof ShareLinkError)) throw error
    model.notify({ kind: 'problem', text: `The link could not be opened: ${error.message}` })
  }
}

/** Examples lie beside the page: they are asked for without asking. */
async function example(origin: SharedPackage['origin']): Promise<Blob | undefined> {
  const address = origin.kind === 'example' ? exampleAddress(origin.file) : undefined
  if (address === undefined) return undefined
  const response = await fetch(address).catch(() => undefined)
  return response?.ok ? await response.blob() : undefined
}
