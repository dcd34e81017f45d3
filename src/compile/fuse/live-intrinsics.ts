/** The intrinsics of a live adapter module: what its adapters leave to JavaScript. */
import { MAX_LIST_BYTE_LENGTH } from '../../abi/strings.ts'
import { Trap } from '../../errors.ts'
import { Fault } from '../../runtime/fault.ts'
import { BorrowScope, checkedHandle, ResourceHandle } from '../../runtime/handle.ts'
import { findMalformedUtf8 } from '../../runtime/malformed-utf8.ts'
import { crash, uncaughtException } from '../../runtime/trap.ts'
import { checkBorrowsDropped, lendHandle, lowerBorrow, takeOwned } from '../glue/handles.ts'
import { toOffset } from '../glue/memory.ts'
import { charOf, invalidDiscriminant } from '../glue/operations.ts'
import { decodeFault, type SideName } from './fault-code.ts'
import type { HandleIntrinsicName, IntrinsicName } from './intrinsics.ts'
import type { LiveLink, LiveSite } from './layout.ts'

/** What one call lends. */
class CallLoans {
  readonly link: LiveLink
  readonly scope: BorrowScope = new BorrowScope()
  readonly handles: ResourceHandle[] = []

  constructor(link: LiveLink) {
    this.link = link
  }
}

type Imports<Name extends IntrinsicName> = Record<Name, WebAssembly.ImportValue>

export function liveIntrinsics(
  links: readonly LiveLink[],
): Imports<Exclude<IntrinsicName, HandleIntrinsicName>> {
  return {
    fault(link: number, code: number, a: bigint, b: bigint): never {
      const { side } = decodeFault(code)
      return blame(links[link]!, side, trapOf(links[link]!, code, toOffset(a), toOffset(b)))
    },

    leave(link: number): void {
      const { caller, callee, border } = links[link]!
      const { poisoned, failure } = border.instance
      for (const instance of border.set) instance.leave()
      if (poisoned) crash(caller.instance, failure)
      for (const { instance } of [caller, callee]) {
        if (instance.disposed) crash(caller.instance, instance.disposal())
      }
    },

    uncaught(link: number): never {
      return crash(links[link]!.caller.instance, uncaughtException())
    },
  }
}

export function handleIntrinsics(
  links: readonly LiveLink[],
  sites: readonly LiveSite[],
): Imports<HandleIntrinsicName> {
  return {
    own(site: number, index: number): number {
      const { link, from, resource } = sites[site]!
      const to = from === 'caller' ? 'callee' : 'caller'
      const { rep } = orBlame(link, from, () => takeOwned(link[from].instance, resource, index))
      return orBlame(link, to, () =>
        link[to].instance.handles.add(new ResourceHandle(resource, rep, undefined)),
      )
    },

    repOf(site: number, index: number): number {
      const { link, resource, lends } = sites[site]!
      const handle = orBlame(link, 'caller', () => checkedHandle(link.caller.instance, index, resource))
      if (lends) handle.lends++
      return handle.rep
    },

    endLend(site: number, index: number): void {
      const { link, resource } = sites[site]!
      // It is there: what is lent is neither dropped nor moved.
      checkedHandle(link.caller.instance, index, resource).lends--
    },

    openLoans: (link: number): CallLoans => new CallLoans(links[link]!),

    borrow(loans: CallLoans, site: number, index: number): number {
      const { link, resource } = sites[site]!
      const { caller, callee } = link
      const handle = orBlame(link, 'caller', () => lendHandle(caller.instance, resource, index))
      loans.handles.push(handle)
      // The host counts what it has lent of its own objects.
      const rep = resource.owner === undefined ? resource.lend(resource.liftBorrow(handle.rep)) : handle.rep
      return orBlame(link, 'callee', () => lowerBorrow(callee.instance, resource, rep, loans.scope))
    },

    closeLoans({ link, scope, handles }: CallLoans): void {
      for (const handle of handles) handle.lends--
      orBlame(link, 'callee', () => checkBorrowsDropped(scope))
    },
  }
}

function orBlame<T>(link: LiveLink, side: SideName, run: () => T): T {
  try {
    return run()
  } catch (error) {
    return blame(link, side, error)
  }
}

/** Ends the caller. What the caller did wrong is no failure of the callee, which a call merely was about to begin in. */
function blame({ caller, border }: LiveLink, side: SideName, error: unknown): never {
  for (const instance of border.set) {
    if (side === 'caller') instance.leave()
    else instance.poison(error)
  }
  return crash(caller.instance, error)
}

const faultsBetween = /* @__PURE__ */ new Fault(true)
const faultsAtHost = /* @__PURE__ */ new Fault(false)

function trapOf(link: LiveLink, code: number, a: number, b: number): unknown {
  const { kind, subject, side } = decodeFault(code)
  const range = subject === 'arguments' ? 'pointer' : subject
  const allocation = subject === 'pointer' ? 'arguments' : subject
  const faults = link.linked ? faultsAtHost : faultsBetween
  const memory = link[side].memory?.buffer ?? new ArrayBuffer(0)
  switch (kind) {
    case 'out-of-bounds':
      return faults.outOfBounds(range, a, b, memory.byteLength)
    case 'unaligned':
      return faults.unaligned(range, a, b)
    case 'too-long':
      return faults.tooLong(subject === 'list' ? 'list' : 'string', a * b, MAX_LIST_BYTE_LENGTH)
    case 'allocation-out-of-bounds':
      return faults.allocationOutOfBounds(allocation, a, b, memory.byteLength)
    case 'allocation-unaligned':
      return faults.unalignedAllocation(a, b)
    case 'utf8':
      return new Trap('invalid-utf8', findMalformedUtf8(new Uint8Array(memory), a, a + b) ?? 'invalid utf-8')
    case 'utf16':
      return new Trap('invalid-string', 'invalid utf-16: a surrogate without its other half')
    case 'char':
      return thrownBy(() => charOf(a))
    case 'discriminant':
      return invalidDiscriminant(a, b)
  }
}

function thrownBy(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return error
  }
}
