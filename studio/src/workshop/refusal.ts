import { CompositionError, DecodeError, TenonError, ValidationError, WacEditError, WitError } from 'tenon'
import { renderHexFrame } from 'tenon/inspect'
import type { Refusal } from '../contract/workshop.ts'
import { cut, limits } from './limits.ts'

export function refuse(refused: string, cure?: string, frame?: string): Refusal {
  return {
    refused: cut(refused),
    cure: cure === undefined ? undefined : cut(cure),
    ...(frame !== undefined && { frame: cut(frame, limits.document) }),
  }
}

/** A gesture that means nothing in the text as it is: a block that is gone, a port that is none. */
export class NoSuchPart extends Error {}

/** Runs what may fail: whatever is thrown becomes a refusal, so that nothing a file or a text says ends the worker. */
export function orRefuse<T>(action: () => T, bytes?: Uint8Array): T | Refusal {
  try {
    return action()
  } catch (error) {
    return refusalOf(error, bytes)
  }
}

/** @param bytes that the offset of an error is one of */
export function refusalOf(error: unknown, bytes?: Uint8Array): Refusal {
  if (error instanceof DecodeError || error instanceof ValidationError) return ofBinary(error, bytes)
  if (error instanceof CompositionError || error instanceof WacEditError) return ofComposition(error)
  if (error instanceof WitError) return ofText(error)
  if (error instanceof NoSuchPart) return refuse(error.message)
  if (error instanceof TenonError) return ofMessage(error.message)
  // V8 says so where it has no more room: of a file that is too large, or nests too deep.
  if (error instanceof RangeError)
    return refuse(
      `there is not enough memory for it: ${error.message}`,
      'close other pages, or use a smaller file',
    )
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return refuse(
    'this should not have happened: it is a fault of Tenon',
    'report it, with the file and these lines',
    text,
  )
}

function ofBinary({ problem, offset, path }: DecodeError | ValidationError, bytes?: Uint8Array): Refusal {
  const frame = bytes && renderHexFrame(bytes, offset, path, cut(problem))
  const place = path.length > 0 ? `, in ${path.join(' › ')}` : ''
  return refuse(
    `${problem} (at byte ${offset}${place})`,
    'build it again; `tenon validate FILE` shows all its problems',
    frame,
  )
}

/** The cure is a line of the message. */
function ofComposition({ message, cure }: CompositionError | WacEditError): Refusal {
  const [head, ...rest] = message.split('\n').filter((line) => line !== cure)
  return refuse(head!, cure, rest.length > 0 ? rest.join('\n') : undefined)
}

/** The first problem, with its frame. */
function ofText({ message, diagnostics }: WitError): Refusal {
  return ofMessage(message, diagnostics[0]?.notes[0])
}

/** What a message says beside its first line is a frame. */
function ofMessage(message: string, cure?: string): Refusal {
  const [head, ...rest] = message.split('\n')
  return refuse(head!, cure, rest.length > 0 ? rest.join('\n') : undefined)
}
