import type { ValueType } from '../../component/value-type.ts'
import { ExitError, UsageError } from '../../errors.ts'
import type { Component, Instance } from '../../index.ts'
import { fromJson, type Json, toJson } from '../../wave/json.ts'
import type { Call } from '../../wave/parse-call.ts'
import { printValue } from '../../wave/print-value.ts'
import { invoke } from '../call/invoke.ts'
import { parseStatement, type Statement } from '../call/parse-statement.ts'
import { checkSequence, runSequence } from '../call/sequence.ts'
import { byteCount } from '../byte-count.ts'
import { exitCode } from '../exit-code.ts'
import { type CallableFunction, callableFunctions } from '../../component/callable-function.ts'
import { describeFunction, findFunction } from '../find-function.ts'
import { cacheDirectory, hostHelp, hostOptions } from '../host-options.ts'
import { linkerFor, loadComponent } from '../link.ts'
import { parseOptions } from '../parse-options.ts'
import { readComponentFile } from '../read-component.ts'
import { stderr, stdout, write } from '../write.ts'
import { reporting } from '../reporting.ts'

export const summary = 'Call functions that a component exports'

export const help = `Usage: tenon call [OPTIONS] FILE 'FUNCTION(ARGUMENT, …)'…
       tenon call [OPTIONS] --json FILE FUNCTION '[ARGUMENT, …]'

Calls an exported function and prints its result. Arguments and result are WAVE
texts: 42, "text", [1, 2], {name: "ada", age: 36}, some(1), ok("fine"),
err(not-found). FUNCTION is a name such as add, or ns:pkg/iface.add where the
function is in an interface; what is clear can be left away. FILE may be - for
standard input.
Exits with 1 where the result is an err.

Several calls are made in one instance, in order. Handles of resources have no
text form; a call can give them names:
  'let c = [constructor]counter(3)'   c is the handle in the result; with
                                      several: 'let a, b = …'
  'c.add(1)'                          calls its method, as does
                                      '[method]counter.add(c, 1)'
  'merge(c, [other])'                 a name stands wherever a handle belongs
  'drop c'                            gives it up

Options:
  --json                    print the results as JSON; arguments may be given as
                            a JSON array
  --repeat N                make the calls N times in the same instance, print
                            what comes of the last time, and say how long it
                            took and how the memory grew
  --stub                    imports that nothing satisfies trap when they are
                            called
${hostHelp}`

export const run = reporting('call', async (args) => {
  const { options, positionals } = parseOptions(args, {
    ...hostOptions,
    json: { type: 'boolean' },
    repeat: { type: 'string' },
    stub: { type: 'boolean' },
  })
  const [path, ...texts] = positionals
  if (path === undefined) throw new UsageError('which component? give the path of a .wasm file')
  const file = await readComponentFile(path)
  const component = await loadComponent(file, cacheDirectory(options), true)
  const work = worker(component, texts, options.json ?? false)
  const linker = await linkerFor(component, options, [file.baseName])
  if (options.stub) linker.trapUnknown()
  const instance = await linker.instantiate(component)
  try {
    const fine = await repeat(work, instance, options.repeat)
    return fine ? exitCode.success : exitCode.failure
  } catch (error) {
    if (error instanceof ExitError) return error.exitCode
    throw error
  } finally {
    instance.dispose()
  }
})

/** Tells whether no result was an err. Prints only where it is told to. */
type Work = (instance: Instance, prints: boolean) => Promise<boolean>

async function repeat(work: Work, instance: Instance, times: string | undefined): Promise<boolean> {
  if (times === undefined) return work(instance, true)
  const count = Number(times)
  if (!/^[1-9][0-9]*$/.test(times) || !Number.isSafeInteger(count))
    throw new UsageError(`--repeat ${times}: expected a whole number, at least 1`)
  const before = instance.statistics.memoryBytes
  const started = performance.now()
  for (let round = 1; round < count; round++) await work(instance, false)
  const fine = await work(instance, true)
  const milliseconds = (performance.now() - started).toFixed(1)
  const after = instance.statistics.memoryBytes
  const memory = after === before ? byteCount(after) : `${byteCount(before)}, then ${byteCount(after)}`
  write(stderr, `${count} times in ${milliseconds} ms; memory: ${memory}\n`)
  return fine
}

/** What is to be done with an instance, checked as far as that can be done without one. */
function worker(component: Component, texts: readonly string[], asJson: boolean): Work {
  const [text, json] = texts
  if (text === undefined) {
    throw new UsageError(
      'which function?',
      callableFunctions(component.type).map((one) => `  ${describeFunction(one)}`),
    )
  }
  const statements = [parseStatement(text)]
  const [first] = statements
  if (asJson && texts.length === 2 && isJsonArray(json!) && first!.kind === 'call') {
    const { call } = first!
    const callable = findFunction(component.type, call)
    const values = jsonArguments(call, callable, json!)
    return async (instance, prints) => {
      const { value, failed } = await invoke(instance, callable, values)
      if (prints) print(value, callable.type.result, asJson)
      return !failed
    }
  }
  for (const rest of texts.slice(1)) statements.push(parseNext(rest))
  checkSequence(component.type, statements)
  return async (instance, prints) => {
    let fine = true
    for await (const { callable, value, failed, bound } of runSequence(
      component.type,
      statements,
      instance,
    )) {
      if (prints && !bound) print(value, callable.type.result, asJson)
      fine &&= !failed
    }
    return fine
  }
}

/** `[1, 2]`, but not `[constructor]counter(3)`. */
function isJsonArray(text: string): boolean {
  return /^\s*\[(?!(constructor|method|static)\])/.test(text)
}

/** Who forgets the quotes gives arguments of a call as arguments of the command line. */
function parseNext(text: string): Statement {
  const looksLikeOne = /[(]|^\s*drop\s/.test(text)
  if (looksLikeOne) return parseStatement(text)
  throw new UsageError('too many arguments: the call is one argument, in quotes', [`such as 'add(1, 2)'`])
}

function print(value: unknown, type: ValueType | undefined, asJson: boolean): void {
  if (type === undefined) return
  write(stdout, `${asJson ? JSON.stringify(toJson(value, type)) : printValue(value, type)}\n`)
}

/** `FUNCTION '[…]'`: trailing options may be left away, as in WAVE. */
function jsonArguments(call: Call, callable: CallableFunction, json: string): unknown[] {
  if (call.arguments) throw new UsageError('arguments were given twice: in the call, and as JSON')
  const given = parseJson(json)
  const { parameters } = callable.type
  if (!Array.isArray(given)) throw new UsageError('the arguments are a JSON array, such as [1, "two"]')
  if (given.length > parameters.length) {
    throw new UsageError(`expected ${parameters.length} arguments, found ${given.length}`, [
      `  ${describeFunction(callable)}`,
    ])
  }
  return parameters.map(({ name, type }, index) => {
    const value = given[index] as Json | undefined
    if (value !== undefined || type.kind === 'option') return fromJson(value ?? null, type, name)
    throw new UsageError(`missing argument ${name}`, [`  ${describeFunction(callable)}`])
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`the arguments are no JSON: ${(error as Error).message}`)
  }
}
