import type { Clock } from './clock.ts'
import { Descriptor } from './descriptor.ts'
import type { DirectoryHandle } from './file-system.ts'
import { HandleCount, type Limits } from './limits.ts'
import type { Random } from './random.ts'
import type { HeldOpen } from './held-open.ts'
import type { Sink } from './sink.ts'
import type { Source } from './source.ts'
import type { TimeZone } from './time-zone.ts'

/** A directory of the user and the name that the guest sees it under. */
export interface Preopen {
  readonly guest: string
  readonly directory: HeldOpen<DirectoryHandle>
  readonly readOnly: boolean
}

/** All that was granted, before any WASI version gives it a shape. */
export interface Grants {
  readonly args: readonly string[]
  readonly env: readonly (readonly [string, string])[]
  readonly cwd: string | undefined
  readonly stdin: Source
  readonly stdout: Sink
  readonly stderr: Sink
  readonly preopens: readonly Preopen[]
  readonly clock: Clock
  readonly timeZone: TimeZone
  readonly random: Random
  readonly limits: Limits
}

/** The one host behind all WASI versions that an instance imports. */
export class Host {
  readonly grants: Grants
  readonly clock: Clock
  readonly limits: Limits
  readonly handles: HandleCount

  constructor(grants: Grants) {
    this.grants = grants
    this.clock = grants.clock
    this.limits = grants.limits
    this.handles = new HandleCount(grants.limits.handles)
  }

  /** New descriptors of the granted directories, with the guest's names for them. */
  openPreopens(): [Descriptor, string][] {
    return this.grants.preopens.map(({ guest, directory, readOnly }) => [
      Descriptor.granted(directory.retain(), readOnly),
      guest,
    ])
  }

  /** Lets go of what the grants hold open. Handles that guests still have go on working. */
  close(): void {
    for (const { directory } of this.grants.preopens) directory.release()
    for (const stream of [this.grants.stdin, this.grants.stdout, this.grants.stderr]) stream.close()
  }
}
