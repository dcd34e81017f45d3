/** CanonicalABI.md, "Stream State" and "Future State": the handles that guests have of the ends of streams and futures. */
import type { Trap } from '../../errors.ts'
import type { ComponentInstance } from '../component-instance.ts'
import type { GuestBuffer } from './buffer.ts'
import type { SharedFuture } from './future.ts'
import type { CopyListener, SharedStream } from './stream.ts'
import { Waitable, waitableTrap } from './waitable.ts'

export type Side = 'readable' | 'writable'
export type Shared = SharedStream | SharedFuture

export class CopyEnd extends Waitable {
  readonly shared: Shared
  readonly side: Side
  state: 'idle' | 'copying' | 'cancelling' | 'done' = 'idle'

  constructor(shared: Shared, side: Side) {
    super()
    this.shared = shared
    this.side = side
  }

  get copying(): boolean {
    return this.state === 'copying' || this.state === 'cancelling'
  }

  copy(instance: ComponentInstance, buffer: GuestBuffer, listener: CopyListener): void {
    if (this.side === 'readable') this.shared.read(instance, buffer, listener)
    else this.shared.write(instance, buffer, listener)
  }

  /** @throws {Trap} waitable */
  override drop(): void {
    const { kind } = this.shared
    if (this.copying) {
      throw waitableTrap(`cannot ${this.side === 'readable' ? 'remove' : 'drop'} busy ${kind}`)
    }
    if (kind === 'future' && this.side === 'writable' && this.state !== 'done') {
      throw waitableTrap('cannot drop future write end without first writing a value')
    }
    this.shared.drop()
    super.drop()
  }

  /** Why nothing can be done with it: it is done, or something is being done with it. */
  refusal(verb: 'read from' | 'write to' | 'lift'): Trap {
    if (this.state !== 'done')
      return waitableTrap('cannot have concurrent operations active on a future/stream')
    return waitableTrap(`cannot ${verb} ${this.shared.kind} after ${this.#end(verb)}`)
  }

  cancelRefusal(): Trap {
    const { kind } = this.shared
    return waitableTrap(
      `${kind} read/write cancelled when no read/write is pending, or while a call waits for it`,
    )
  }

  #end(verb: string): string {
    if (this.shared.kind === 'stream') {
      const other = this.side === 'readable' ? 'writable' : 'readable'
      return `being notified that the ${other} end dropped`
    }
    return verb === 'write to'
      ? 'previous write succeeded or readable end dropped'
      : 'previous read succeeded'
  }
}
