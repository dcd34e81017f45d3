/** The bytes of packages, by their hashes: whatever was opened stays at hand, for undoing, saving and sharing. */
import type { PackageSummary, Refusal, Workshop } from '../contract/workshop.ts'
import { isWasm } from './read-source.ts'

export class Cabinet {
  readonly #workshop: Workshop
  readonly #bytes = new Map<string, Blob>()

  constructor(workshop: Workshop) {
    this.#workshop = workshop
  }

  /**
   * The blob holds a copy outside of the page's own memory; the bytes themselves go to the workshop. Of a text it is what was
   * assembled: that is what the hash is of.
   */
  async add(
    bytes: ArrayBuffer,
    hint: string,
    progress: (step: string, part: number) => void,
  ): Promise<PackageSummary | Refusal> {
    const blob = isWasm(bytes) ? blobOf(bytes) : undefined
    const added = await this.#workshop.addPackage(bytes, hint, ({ step, part }) => progress(step, part))
    if ('refused' in added) return added
    const { name, hash } = added.package
    this.#bytes.set(hash, blob ?? blobOf(await this.#workshop.bytesOf(name)))
    return added.package
  }

  bytesOf(hash: string): Blob | undefined {
    return this.#bytes.get(hash)
  }

  /** Bytes that were saved: they are read when they are asked for. */
  keep(hash: string, bytes: Blob): void {
    this.#bytes.set(hash, bytes)
  }

  /**
   * Has the workshop know other packages than it did, under their names.
   *
   * @returns those that it was given anew; a package is missing where its bytes are nowhere, or are not those of its hash
   */
  async bring(from: readonly Named[], to: readonly Named[]): Promise<PackageSummary[]> {
    const wanted = new Set(to.map(key))
    const known = new Set(from.map(key))
    const news = to.filter((one) => !known.has(key(one)))
    for (const old of from.filter((one) => !wanted.has(key(one)))) {
      const renamed = news.findIndex(({ hash }) => hash === old.hash)
      if (renamed === -1) await this.#workshop.removePackage(old.name)
      else await this.#workshop.renamePackage(old.name, news.splice(renamed, 1)[0]!.name)
    }
    const given: PackageSummary[] = []
    for (const { name, hash } of news) given.push(...(await this.#give(name, hash)))
    return given
  }

  async #give(name: string, hash: string): Promise<PackageSummary[]> {
    const bytes = await this.#bytes
      .get(hash)
      ?.arrayBuffer()
      .catch(() => undefined)
    if (bytes === undefined) return []
    const added = await this.#workshop.addPackage(bytes, name, () => undefined)
    if ('refused' in added) return []
    if (added.package.hash !== hash) {
      this.#bytes.delete(hash)
      await this.#workshop.removePackage(added.package.name)
      return []
    }
    if (added.package.name !== name) await this.#workshop.renamePackage(added.package.name, name)
    return [{ ...added.package, name }]
  }
}

function blobOf(bytes: ArrayBuffer): Blob {
  return new Blob([bytes], { type: 'application/wasm' })
}

export type Named = Pick<PackageSummary, 'name' | 'hash'>

function key({ name, hash }: Named): string {
  return `${name} ${hash}`
}
