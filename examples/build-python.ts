/**
 * Builds the Python guests with componentize-py into `<guest>/python/build/`, which is not checked in: about 18 MB and
 * 10 to 30 s each. Does nothing where they are built and their sources unchanged; several processes may ask at once.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findPython, type MissingPython } from './find-python.ts'

/** Of componentize-py. */
const version = '0.25.1'
const here = import.meta.dirname
const windows = process.platform === 'win32'
const environment = join(here, '.venv')
const scripts = join(environment, windows ? 'Scripts' : 'bin')

export type PythonGuest = 'adder' | 'interfaced-adder'

/** What a guest came to: its file, or why there is none and the one command that cures it. */
export type BuiltGuest = { readonly path: string } | MissingPython

/** Builds a Python guest where that is needed. Rejects where componentize-py itself fails. */
export async function buildPythonGuest(guest: PythonGuest): Promise<BuiltGuest> {
  const folder = join(here, guest, 'python/build')
  const path = join(folder, `${guest}.wasm`)
  const stamp = `${path}.sources`
  const sources = await digestSources(guest)
  const fresh = async () => existsSync(path) && (await readFile(stamp, 'utf8').catch(() => '')) === sources
  if (await fresh()) return { path }

  const python = findPython()
  if ('reason' in python) return python
  await mkdir(folder, { recursive: true })
  return withLock(`${path}.lock`, async () => {
    if (await fresh()) return { path }
    const missing = await withLock(`${environment}.lock`, () => installComponentizePy(python.command))
    if (missing) return missing
    console.error(`building the Python ${guest}, 10 to 30 s …`)
    await componentize(guest, path)
    await writeFile(stamp, sources)
    return { path }
  })
}

async function digestSources(guest: PythonGuest): Promise<string> {
  const hash = createHash('sha256').update(version)
  for (const file of ['wit/world.wit', 'python/app.py']) hash.update(await readFile(join(here, guest, file)))
  return hash.digest('hex')
}

/** Makes the virtual environment; undefined when componentize-py is there. */
async function installComponentizePy(python: readonly string[]): Promise<MissingPython | undefined> {
  const installed = await run([join(scripts, 'componentize-py'), '--version'])
  if (installed.output.trim() === `componentize-py ${version}`) return undefined
  console.error(`installing componentize-py ${version} into examples/.venv …`)
  await rm(environment, { recursive: true, force: true })
  const pip = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    `componentize-py==${version}`,
  ]
  for (const step of [
    [...python, '-m', 'venv', environment],
    [join(scripts, 'python'), ...pip],
  ]) {
    const { code, output } = await run(step)
    if (code !== 0) {
      return { reason: `componentize-py cannot be installed: ${lastLine(output)}`, cure: step.join(' ') }
    }
  }
  return undefined
}

async function componentize(guest: PythonGuest, path: string): Promise<void> {
  const unfinished = `${path}.unfinished`
  const wit = join(here, guest, 'wit')
  const source = join(here, guest, 'python')
  const { code, output } = await run([
    join(scripts, 'componentize-py'),
    ...[
      '--wit-path',
      wit,
      '--world',
      guest,
      'componentize',
      '--python-path',
      source,
      'app',
      '--output',
      unfinished,
    ],
  ])
  if (code !== 0) throw new Error(`componentize-py failed on ${guest}:\n${output}`)
  await rename(unfinished, path)
}

async function run([command = '', ...words]: readonly string[]): Promise<{
  code: number | null
  output: string
}> {
  // Python would leave __pycache__ among the sources.
  const child = spawn(command, words, { env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text))
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: null, output: error.message }))
    child.on('close', (code) => resolve({ code, output }))
  })
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}

/** Runs `work` while no other process does: whoever makes the folder has the lock, and touches it while at work. */
async function withLock<T>(lock: string, work: () => Promise<T>): Promise<T> {
  const abandoned = 10_000 // milliseconds without a touch
  for (;;) {
    try {
      await mkdir(lock)
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const touched = await stat(lock).then((it) => it.mtimeMs, Date.now)
    if (Date.now() - touched > abandoned) await rm(lock, { recursive: true, force: true })
    else await sleep(200)
  }
  const touch = setInterval(() => utimes(lock, new Date(), new Date()).catch(() => {}), 1_000)
  try {
    return await work()
  } finally {
    clearInterval(touch)
    await rm(lock, { recursive: true, force: true })
  }
}

if (import.meta.main) {
  for (const guest of ['adder', 'interfaced-adder'] as const) {
    const built = await buildPythonGuest(guest)
    if ('path' in built) console.log(`${guest}/python/build/${guest}.wasm`)
    else {
      console.error(`${built.reason}; install it with: ${built.cure}`)
      process.exitCode = 1
      break
    }
  }
}
