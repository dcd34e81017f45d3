/** Whole processes from start to end: what a person waits for at the command line. */
import { type SpawnOptions, spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { styleText } from 'node:util'
import { buildPythonGuest } from '../../examples/build-python.ts'
import { coreModules } from '../core-modules.ts'
import { fileOf, helloFile } from '../guests.ts'
import { median } from '../harness.ts'

const rounds = 15

/** Arguments for Node. */
type Program = readonly string[]

interface Programs {
  /** What Node cannot do without. */
  readonly bare: Program
  readonly tenon: Program
  readonly jco?: Program
}

const tenon = fileOf('../bin/tenon.js')

/** Prints the group's lines. */
export async function printCold(withJco: boolean): Promise<void> {
  console.log(styleText('bold', row('whole processes', 'bare Node', 'Tenon', 'more', 'goal', 'jco')))
  const jco = fileOf('node_modules/@bytecodealliance/jco/dist/jco.js')
  await printTimes('run hello', 60, {
    bare: ['--eval', '0'],
    tenon: [tenon, 'run', helloFile],
    ...(withJco && { jco: [jco, 'run', helloFile] }),
  })

  const built = await buildPythonGuest('adder')
  if (!('path' in built)) {
    console.log(`call the Python adder          skipped: ${built.reason}; install it with: ${built.cure}`)
    return
  }
  const ranges = coreModules(built.path).map((module) => [
    module.byteOffset,
    module.byteOffset + module.length,
  ])
  const python: Programs = {
    bare: [fileOf('cold/compile-modules.js'), built.path, JSON.stringify(ranges)],
    tenon: [tenon, 'call', built.path, 'add(1, 2)'],
  }
  await printTimes('call the Python adder', 400, python)
  await printMemory('  its peak memory', 2, python)
}

async function printTimes(name: string, goal: number, programs: Programs): Promise<void> {
  const taken = new Map(Object.keys(programs).map((who) => [who, [] as number[]]))
  for (let round = 0; round < rounds; round++) {
    for (const [who, program] of Object.entries(programs)) taken.get(who)!.push(await run(program))
  }
  const [bare = 0, tenon = 0, jco] = [...taken.values()].map(median)
  const more = tenon - bare
  const line = row(
    name,
    ms(bare),
    ms(tenon),
    `+${ms(more)}`,
    `≤ +${goal} ms`,
    jco === undefined ? '' : ms(jco),
  )
  console.log(more <= goal ? line : styleText('red', line))
}

async function printMemory(name: string, goal: number, { bare, tenon }: Programs): Promise<void> {
  const taken: [number[], number[]] = [[], []]
  for (let round = 0; round < 5; round++) {
    for (const [i, program] of [bare, tenon].entries()) taken[i]!.push(await peakMemory(program))
  }
  const [least, ours] = taken.map(median) as [number, number]
  const line = row(name, mb(least), mb(ours), `${(ours / least).toFixed(2)}×`, `≤ ${goal}×`, '')
  console.log(ours / least <= goal ? line : styleText('red', line))
}

/** Milliseconds from start to end. */
async function run(program: Program): Promise<number> {
  const start = performance.now()
  await ended(program, { stdio: ['ignore', 'ignore', 'pipe'] })
  return performance.now() - start
}

/** MiB. */
async function peakMemory(program: Program): Promise<number> {
  const reporter = ['--require', fileOf('cold/report-peak-memory.cjs')]
  const written = await ended([...reporter, ...program], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
  return Number(written) / 1024
}

/** Returns what the process wrote to file descriptor 3. */
async function ended(program: Program, options: SpawnOptions): Promise<string> {
  const child = spawn(process.execPath, program, options)
  const [, , stderr, report] = child.stdio as NodeJS.ReadableStream[]
  const [errors, written, code] = await Promise.all([
    text(stderr!),
    report ? text(report) : '',
    new Promise((resolve) => child.on('close', resolve)),
  ])
  if (code !== 0) throw new Error(`node ${program.slice(0, 3).join(' ')} … ended with ${code}: ${errors}`)
  return written
}

function row(name: string, ...cells: readonly string[]): string {
  return name.padEnd(30) + cells.map((cell, i) => cell.padStart(i === 3 ? 12 : 11)).join('')
}

function ms(time: number): string {
  return `${time.toFixed(0)} ms`
}

function mb(size: number): string {
  return `${size.toFixed(0)} MiB`
}
