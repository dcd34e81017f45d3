/** The hosts of the guide and what each must print: the demo shows it, the tests check it. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type BuiltGuest, buildPythonGuest, type PythonGuest } from './build-python.ts'

export interface Step {
  readonly title: string
  /** A file of `hosts/`, and its arguments. */
  readonly host: string
  readonly args?: readonly string[]
  /** Of Node. */
  readonly flags?: readonly string[]
  /** The Python guest it needs. */
  readonly python?: PythonGuest
  readonly prints: readonly string[]
}

const pythonProvider = join(import.meta.dirname, 'interfaced-adder/python/build/interfaced-adder.wasm')

export const steps: readonly Step[] = [
  {
    title: 'Call the Rust adder, synchronously and asynchronously',
    host: 'call-adder.ts',
    prints: ['3', '3'],
  },
  {
    title: 'Call the Python adder',
    host: 'call-python-adder.ts',
    python: 'adder',
    prints: ['3'],
  },
  {
    title: 'Give a key-value guest its database: a class over a Map',
    host: 'key-value-store.ts',
    prints: [
      'log: greeting: None replaced by "hello"',
      'none',
      'log: greeting: Some("hello") replaced by "good morning"',
      'hello',
    ],
  },
  {
    title: 'Call a function whose types are only read from the component',
    host: 'dynamic-call.ts',
    prints: ['parameter a: s32', 'parameter b: s32', 'result: s32', 'add(1, 2) = 3'],
  },
  {
    title: 'Link the calculator with the Rust adder and run it',
    host: 'link-calculator.ts',
    prints: ['result: 3'],
  },
  {
    title: 'Link the calculator with the Python adder and run it',
    host: 'link-calculator.ts',
    args: [pythonProvider],
    python: 'interfaced-adder',
    prints: ['result: 3'],
  },
  {
    title: 'Import the adder and the calculator like modules',
    host: 'import-components.ts',
    flags: ['--import', 'tenon/register'],
    prints: ['3', '7', 'result: 3'],
  },
  {
    title: 'Make one component of the calculator and the Rust adder, and run it',
    host: 'compose-calculator.ts',
    prints: ['result: 3'],
  },
  {
    title: 'Make one component of the calculator and the Python adder, and run it',
    host: 'compose-calculator.ts',
    args: [pythonProvider],
    python: 'interfaced-adder',
    prints: ['result: 3'],
  },
  {
    title: 'Make one component of a command, the key-value store and its database, and run it',
    host: 'compose-key-value-store.ts',
    prints: [
      'log: greeting: None replaced by "hello"',
      'none',
      'log: greeting: Some("hello") replaced by "good morning"',
      'hello',
    ],
  },
]

/** What came of a step. `output` is all that the host printed; a step without what it needs was not run. */
export type Outcome =
  | { readonly output: string; readonly good: boolean }
  | Exclude<BuiltGuest, { path: string }>

/** Runs a step as a user would, in a process of its own. */
export async function runStep({ host, args = [], flags = [], python, prints }: Step): Promise<Outcome> {
  if (python !== undefined) {
    const built = await buildPythonGuest(python)
    if (!('path' in built)) return built
  }
  const child = spawn(
    process.execPath,
    [...process.execArgv, ...flags, join(import.meta.dirname, 'hosts', host), ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return {
    output: stdout + stderr,
    good: code === 0 && stdout === prints.map((line) => `${line}\n`).join(''),
  }
}
