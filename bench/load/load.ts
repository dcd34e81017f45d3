/** What comes before a component can be compiled: decoding and validating it, in processes of their own. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { styleText } from 'node:util'
import { buildPythonGuest } from '../../examples/build-python.ts'
import { fileOf } from '../guests.ts'
import { median } from '../harness.ts'
import { handedOnComponent } from './handed-on-component.ts'
import { largeComponent } from './large-component.ts'
import type { Load, Measurement } from './measure.ts'
import { unlikeComponent } from './unlike-component.ts'

const processes = 5

/** Each with its goal, in MB/s. */
const generated = [
  ['20 MB of component sections', largeComponent, 50],
  ['20 MB, handed on from each to each', handedOnComponent, 50],
  ['20 MB, of which nothing repeats', unlikeComponent, undefined],
] as const

/** Prints the group's lines. */
export async function printLoad(): Promise<void> {
  console.log(
    styleText('bold', row('decode and validate', 'decode', 'validate', 'both', 'goal', 'core modules')),
  )
  const python = await buildPythonGuest('adder')
  if ('path' in python) {
    const { first, again } = measure(python.path, 40)
    printTimes("the Python adder's components", again, 10)
    printTimes('  in the first run of a process', first, undefined)
  } else {
    console.log(`the Python adder               skipped: ${python.reason}; install it with: ${python.cure}`)
  }
  const folder = mkdtempSync(join(tmpdir(), 'tenon-bench-'))
  try {
    const path = join(folder, 'large.wasm')
    for (const [name, make, goal] of generated) {
      writeFileSync(path, make(20_000_000))
      const { bytes, first, again } = measure(path, 7)
      printSpeed(name, bytes, again, goal)
      printSpeed('  in the first run of a process', bytes, first, undefined)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function measure(path: string, runs: number): { bytes: number; first: Load; again: Load } {
  const measurements = Array.from({ length: processes }, () => {
    const args = [fileOf('load/measure.ts'), path, String(runs)]
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Measurement
  })
  const middle = (load: (measurement: Measurement) => Load): Load => ({
    decode: median(measurements.map((each) => load(each).decode)),
    validate: median(measurements.map((each) => load(each).validate)),
    coreModules: median(measurements.map((each) => load(each).coreModules)),
  })
  return {
    bytes: measurements[0]!.bytes,
    first: middle((each) => each.first),
    again: middle((each) => each.median),
  }
}

function printTimes(name: string, load: Load, goal: number | undefined): void {
  const both = load.decode + load.validate
  const line = row(
    name,
    ms(load.decode),
    ms(load.validate),
    ms(both),
    goal === undefined ? '' : `≤ ${goal} ms`,
    ms(load.coreModules),
  )
  console.log(goal !== undefined && both > goal ? styleText('red', line) : line)
}

function printSpeed(name: string, bytes: number, load: Load, goal: number | undefined): void {
  const speed = (time: number): number => bytes / 1_000 / time
  const both = speed(load.decode + load.validate)
  const line = row(
    name,
    mbs(speed(load.decode)),
    mbs(speed(load.validate)),
    mbs(both),
    goal === undefined ? '' : `≥ ${goal} MB/s`,
    '',
  )
  console.log(goal !== undefined && both < goal ? styleText('red', line) : line)
}

const ms = (time: number): string => `${time.toFixed(2)} ms`
const mbs = (speed: number): string => `${speed.toFixed(1)} MB/s`

function row(name: string, ...cells: readonly string[]): string {
  return name.padEnd(34) + cells.map((cell) => cell.padStart(13)).join('')
}
