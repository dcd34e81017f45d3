import type { DirectoryEntry, DirectoryListing } from '../../host/file-system.ts'
import type { Host } from '../../host/host.ts'
import { neverBlocks } from '../waiting.ts'
import { onFiles } from './fs-result.ts'

export class DirectoryEntryStream {
  readonly #host: Host
  readonly #listing: DirectoryListing
  #open = true

  constructor(host: Host, listing: DirectoryListing) {
    this.#host = host
    this.#listing = listing
  }

  readDirectoryEntry(): DirectoryEntry | undefined {
    return onFiles(() => this.#listing.next())
  }

  [Symbol.dispose](): void {
    if (!this.#open) return
    this.#open = false
    this.#host.handles.close()
    this.#listing.close()
  }

  static {
    neverBlocks(DirectoryEntryStream.prototype)
  }
}
