import type { FileType, NewTime, Stat } from './file-system.ts'
import type { MemoryVolume } from './memory-volume.ts'

/** What files, directories and links in memory have in common: identity, links and times. */
export abstract class MemoryNode {
  abstract readonly type: FileType
  readonly volume: MemoryVolume
  readonly inode: bigint
  accessed: bigint
  modified: bigint
  changed: bigint
  /** Directory entries that name it. */
  #links = 0
  /** Open handles. */
  #opens = 0

  constructor(volume: MemoryVolume) {
    this.volume = volume
    this.inode = volume.newInode()
    this.accessed = this.modified = this.changed = volume.now()
  }

  get links(): number {
    return this.#links
  }

  linked(): void {
    this.#links++
    this.changed = this.volume.now()
  }

  unlinked(): void {
    this.#links--
    this.changed = this.volume.now()
    this.#freeIfUnused()
  }

  /** A handle is made. */
  hold(): void {
    this.#opens++
  }

  /** A handle is closed. */
  letGo(): void {
    this.#opens--
    this.#freeIfUnused()
  }

  changeTimes(accessed: NewTime, modified: NewTime): void {
    const now = this.volume.now()
    if (accessed !== undefined) this.accessed = accessed === 'now' ? now : accessed
    if (modified !== undefined) this.modified = modified === 'now' ? now : modified
    this.changed = now
  }

  /** The contents changed. */
  touch(): void {
    this.modified = this.changed = this.volume.now()
  }

  /** Gives back what it took of the volume, when nothing can reach it any more. */
  protected free(): void {}

  describe(size: bigint, linkCount = this.#links): Stat {
    const { type, accessed, modified, changed, inode } = this
    return {
      type,
      linkCount: BigInt(linkCount),
      size,
      accessed,
      modified,
      changed,
      device: this.volume.device,
      inode,
    }
  }

  #freeIfUnused(): void {
    if (this.#links > 0 || this.#opens > 0) return
    this.volume.forgetInode()
    this.free()
  }
}
