import type { CallResult, ExportedFunction, RunFailure } from '../contract/run.ts'
import { mostRemembered, rememberedCharacters } from './limits.ts'
import { isFailure } from './session.ts'

/** A call that was made. */
export interface CallRecord {
  readonly id: number
  /** Undefined where a resource was dropped. */
  readonly callable: ExportedFunction | undefined
  /** `counter.get(#1)`. */
  readonly text: string
  readonly parameters: readonly string[]
  /** Undefined while it is under way. */
  readonly answer: CallResult | RunFailure | 'stopped' | undefined
}

/** Of results that are not the newest: the history shows their beginning. */
const keptOfResult = 300

/**
 * The calls with one more, newest first: as many as are remembered, and of long ones fewer. Only the newest result is whole: the others
 * can be had again.
 */
export function withRecord(records: readonly CallRecord[], record: CallRecord): readonly CallRecord[] {
  const kept: CallRecord[] = [record]
  let room = rememberedCharacters - sizeOf(record)
  for (const older of records) {
    room -= sizeOf(older)
    if (kept.length === mostRemembered || room < 0) break
    kept.push(shortened(older))
  }
  return kept
}

function sizeOf({ text, parameters }: CallRecord): number {
  return parameters.reduce((sum, parameter) => sum + parameter.length, text.length)
}

function shortened(record: CallRecord): CallRecord {
  const { answer } = record
  if (answer === undefined || answer === 'stopped' || isFailure(answer)) return record
  if ((answer.wave?.length ?? 0) <= keptOfResult && answer.json === undefined) return record
  return { ...record, answer: { ...answer, wave: answer.wave?.slice(0, keptOfResult), json: undefined } }
}
