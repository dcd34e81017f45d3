/** Whole processes from start to end: what a person waits for at the command line. */
import { type SpawnOptions, spawn } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
  /** By what tells it apart: with nothing kept from before, with a cache that has the Plan, compiled ahead of time. */
  readonly tenon: Readonly<Record<string, Program>>
  readonly jco?: Program
}

const tenon = fileOf('../bin/tenon.js')

/** Prints the group's lines. */
export async function printCold(withJco: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-bench-'))
  try {
    await printAll(withJco, folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function printAll(withJco: boolean, folder: string): Promise<void> {
  console.log(styleText('bold', row('whole processes', 'bare Node', 'Tenon', 'more', 'goal', 'jco')))
  const jco = fileOf('node_modules/@bytecodealliance/jco/dist/jco.js')
  await printTimes('run hello', 40, {
    bare: ['--eval', '0'],
    tenon: await starts(folder, 'run', helloFile),
    ...(withJco && { jco: [jco, 'run', helloFile] }),
  })

  await printTypes(folder)

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
    tenon: await starts(folder, 'call', built.path, 'add(1, 2)'),
  }
  await printTimes('call the Python adder', 150, python)
  await printMemory('  its peak memory', 2, python)
}

/** Declarations of all that there is in WASI 0.2, from its texts. */
async function printTypes(folder: string): Promise<void> {
  const wasi = fileOf('../../shared/conformance/wasi/0.2')
  if (!existsSync(wasi)) {
    console.log('types of WASI 0.2              skipped: no ../shared/conformance')
    return
  }
  const all = join(folder, 'all.wit')
  const packages = globSync(join(wasi, '*.wit')).sort()
  const [version] = /@[\d.]+\d/.exec(readFileSync(packages[0]!, 'utf8'))!
  const worlds = [`wasi:cli/command${version}`, `wasi:http/proxy${version}`]
  writeFileSync(
    all,
    `package all:wasi; world all { ${worlds.map((world) => `include ${world};`).join(' ')} }`,
  )
  await printTimes('types of WASI 0.2', 300, {
    bare: ['--eval', '0'],
    tenon: { '': [tenon, 'types', all, ...packages, '-o', join(folder, 'types')] },
  })
}

/** The ways to start a component. */
async function starts(
  folder: string,
  command: string,
  component: string,
  ...args: readonly string[]
): Promise<Programs['tenon']> {
  const precompiled = join(folder, `${command}.tenon`)
  await run([tenon, 'compile', component, '-o', precompiled])
  return {
    '': [tenon, command, component, ...args],
    '  with a cache': [tenon, command, '--cache', join(folder, 'cache'), component, ...args],
    '  precompiled': [tenon, command, precompiled, ...args],
  }
}

async function printTimes(name: string, goal: number, programs: Programs): Promise<void> {
  const { bare, tenon, jco } = programs
  const all = [bare, ...Object.values(tenon), ...(jco ? [jco] : [])]
  const taken = all.map((): number[] => [])
  // The first round fills the caches.
  for (let round = -1; round < rounds; round++) {
    for (const [i, program] of all.entries()) {
      const time = await run(program)
      if (round >= 0) taken[i]!.push(time)
    }
  }
  const medians = taken.map(median)
  const least = medians[0]!
  for (const [i, way] of Object.keys(tenon).entries()) {
    const time = medians[i + 1]!
    const more = time - least
    const others = i === 0 && jco ? ms(medians.at(-1)!) : ''
    const line = row(way || name, ms(least), ms(time), `+${ms(more)}`, `≤ +${goal} ms`, others)
    console.log(more <= goal ? line : styleText('red', line))
  }
}

async function printMemory(name: string, goal: number, { bare, tenon }: Programs): Promise<void> {
  const programs = [bare, tenon[''] as Program]
  const taken: [number[], number[]] = [[], []]
  for (let round = 0; round < 5; round++) {
    for (const [i, program] of programs.entries()) taken[i]!.push(await peakMemory(program))
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
