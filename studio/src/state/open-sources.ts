/** Files and addresses that become packages, or, where they are texts, the document. */
import type { Origin, Position } from '../contract/studio.ts'
import type { PackageSummary, Refusal } from '../contract/workshop.ts'
import { limits } from '../workshop/limits.ts'
import { addressLimit } from './layout-data.ts'
import { messageOf } from './message-of.ts'
import type { Model } from './model.ts'
import { noticeOf } from './notice.ts'
import { nameAskedFor } from './package-names.ts'
import { fileNameOf, isWasm, readAddress, readFile, SourceError } from './read-source.ts'

export async function openSources(
  model: Model,
  sources: readonly (File | URL)[],
  place: Position | undefined,
): Promise<void> {
  const opened = await Promise.all(sources.map((source) => openOne(model, source)))
  const text = opened.find((one) => typeof one === 'string')
  if (text !== undefined) await model.write(text)
  const packages: PackageSummary[] = []
  for (const one of opened) {
    if (one !== undefined && typeof one !== 'string') packages.push(await nameAsWanted(model, one))
  }
  if (packages.length > 0) await model.place(unique(packages), place)
}

interface Opened {
  readonly summary: PackageSummary
  readonly fileName: string
}

async function openOne(model: Model, source: File | URL): Promise<Opened | string | undefined> {
  const fileName = fileNameOf(source)
  const incoming = { name: fileName, step: source instanceof URL ? 'fetching' : 'reading', part: 0 }
  const { set, done } = track(model, incoming)
  try {
    const bytes =
      source instanceof URL
        ? await readAddress(source, (part) => set('fetching', part))
        : await readFile(source)
    if (!isWasm(bytes) && fileName.endsWith('.wac')) return textFrom(fileName, bytes)
    const summary = await model.cabinet.add(bytes, fileName, set)
    if ('refused' in summary) throw new RefusedError(summary)
    model.set({ origins: { [summary.hash]: originOf(source, model), ...model.studio.origins } })
    return { summary, fileName }
  } catch (error) {
    model.notify(noticeOf(refusalOf(fileName, error)))
    return undefined
  } finally {
    done()
  }
}

class RefusedError extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.refused)
    this.refusal = refusal
  }
}

function refusalOf(fileName: string, error: unknown): Refusal {
  if (error instanceof RefusedError) {
    return { ...error.refusal, refused: `${fileName}: ${error.refusal.refused}` }
  }
  if (error instanceof SourceError) return { refused: error.message, cure: error.cure }
  return {
    refused: `${fileName}: ${messageOf(error)}`,
    cure: undefined,
  }
}

function textFrom(fileName: string, bytes: ArrayBuffer): string {
  if (bytes.byteLength > limits.text)
    throw new SourceError('too-large', `${fileName} is too large for a text`)
  return new TextDecoder().decode(bytes)
}

/** What the page says while a source comes in. */
function track(model: Model, first: { readonly name: string; readonly step: string; readonly part: number }) {
  let shown = first
  model.set({ incoming: [...model.studio.incoming, shown] })
  return {
    set(step: string, part: number): void {
      const next = { ...shown, step, part }
      model.set({ incoming: model.studio.incoming.map((one) => (one === shown ? next : one)) })
      shown = next
    },
    done(): void {
      model.set({ incoming: model.studio.incoming.filter((one) => one !== shown) })
    },
  }
}

function originOf(source: File | URL, model: Model): Origin {
  if (!(source instanceof URL)) return { kind: 'file', name: source.name }
  const example = model.studio.examples.find(({ file }) => source.href === exampleAddress(file)?.href)
  if (example !== undefined) return { kind: 'example', file: example.file }
  // What `tenon studio` was given: nobody else can ask it.
  const given = globalThis.document && new URL('files/', document.baseURI).href
  if (given !== undefined && source.href.startsWith(given)) return { kind: 'file', name: fileNameOf(source) }
  // One that is too long for a link comes along as its bytes, or is asked for.
  if (source.href.length > addressLimit) return { kind: 'file', name: fileNameOf(source) }
  return { kind: 'address', address: source.href }
}

/** Undefined where there is no page that examples could lie beside. */
export function exampleAddress(file: string): URL | undefined {
  const page = globalThis.document?.baseURI
  return page === undefined ? undefined : new URL(`examples/${file}`, page)
}

/** The text may ask for it already: by its hash, in a shared composition, or by a name that ends like the file's. */
async function nameAsWanted(model: Model, { summary, fileName }: Opened): Promise<PackageSummary> {
  const { wanted, packages, text } = model.studio
  if (packages.some(({ hash }) => hash === summary.hash)) return summary
  const asked = wanted.find(({ hash }) => hash === summary.hash)
  const given = packages.map(({ name }) => name)
  const name = asked?.name ?? nameAskedFor(text, fileName, [...given, summary.name])
  if (asked !== undefined) model.set({ wanted: wanted.filter((one) => one !== asked) })
  if (name === undefined || name === summary.name) return summary
  const refusal = await model.workshop.renamePackage(summary.name, name)
  return refusal === undefined ? { ...summary, name } : summary
}

function unique(packages: readonly PackageSummary[]): PackageSummary[] {
  return [...new Map(packages.map((one) => [one.hash, one])).values()]
}
