/** What a run may take, as it is typed: each limit with its unit, its range and what it usually is. */
import type { RunLimits } from '../../contract/run.ts'
import { runLimits } from '../limits.ts'

export type LimitName = 'memory' | 'time' | 'output' | 'calls'

export type LimitTexts = Readonly<Record<LimitName, string>>

export interface LimitField {
  readonly name: LimitName
  readonly label: string
  readonly unit: string
  readonly least: number
  readonly most: number
  readonly isWhole: boolean
  /** What is no limit: an empty field. */
  readonly isOptional: boolean
  readonly about: string
}

const MiB = 1024 * 1024
const KiB = 1024

export const limitFields: readonly LimitField[] = [
  {
    name: 'memory',
    label: 'Memory',
    unit: 'MiB',
    least: 1,
    most: 16_384,
    isWhole: true,
    isOptional: false,
    about: 'Each instance has the same share of it.',
  },
  {
    name: 'time',
    label: 'Time',
    unit: 'seconds',
    least: 0.1,
    most: 86_400,
    isWhole: false,
    isOptional: true,
    about: 'Of the start, of a command, or of one call, without waiting for input. Empty: until you stop it.',
  },
  {
    name: 'output',
    label: 'Output',
    unit: 'KiB',
    least: 1,
    most: 16_384,
    isWhole: true,
    isOptional: false,
    about: 'What is written beyond it is left out.',
  },
  {
    name: 'calls',
    label: 'Timeline',
    unit: 'calls',
    least: 0,
    most: 100_000,
    isWhole: true,
    isOptional: false,
    about: 'Calls beyond it are only counted.',
  },
]

export const usualLimits: LimitTexts = {
  memory: String(runLimits.memory / MiB),
  time: '',
  output: String(runLimits.output / KiB),
  calls: String(runLimits.calls),
}

export type LimitsRead =
  | {
      readonly limits: RunLimits
      /** Milliseconds; undefined: no limit. */
      readonly time: number | undefined
    }
  | { readonly problems: Readonly<Partial<Record<LimitName, string>>> }

/**
 * @example
 * readLimits({ ...usualLimits, time: '0' }) // { problems: { time: 'Time is a number of seconds from 0.1 to 86,400, or empty.' } }
 */
export function readLimits(texts: LimitTexts): LimitsRead {
  const problems: Partial<Record<LimitName, string>> = {}
  const numbers = {} as Record<LimitName, number | undefined>
  for (const field of limitFields) {
    const text = texts[field.name].trim()
    numbers[field.name] = numberIn(field, text)
    if (numbers[field.name] === undefined && !(field.isOptional && text === ''))
      problems[field.name] =
        `${field.label} is a ${field.isWhole ? 'whole ' : ''}number of ${rangeText(field)}${field.isOptional ? ', or empty' : ''}.`
  }
  const { memory, time, output, calls } = numbers
  if (memory === undefined || output === undefined || calls === undefined || problems.time !== undefined)
    return { problems }
  return {
    limits: { memory: memory * MiB, output: output * KiB, calls },
    time: time === undefined ? undefined : time * 1000,
  }
}

/** `MiB from 1 to 16,384` */
export function rangeText({ unit, least, most }: LimitField): string {
  return `${unit} from ${least} to ${most.toLocaleString('en')}`
}

function numberIn({ isWhole, least, most }: LimitField, text: string): number | undefined {
  // A text of a million digits needs not be converted.
  const isNumber = isWhole ? /^\d{1,9}$/.test(text) : /^\d{1,9}(\.\d{0,9})?$/.test(text)
  const number = Number(text)
  return isNumber && number >= least && number <= most ? number : undefined
}
