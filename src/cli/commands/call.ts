import type { ValueType } from '../../component/value-type.ts'
import { ComponentError, ExitError, UsageError } from '../../errors.ts'
import { fromJson, type Json, toJson } from '../../wave/json.ts'
import { type Call, parseCall, toArguments } from '../../wave/parse-call.ts'
import { printValue } from '../../wave/print-value.ts'
import { exitCode } from '../exit-code.ts'
import { type CallableFunction, callableFunctions, describeFunction, findFunction } from '../find-function.ts'
import { hostHelp, hostOptions } from '../host-options.ts'
import { linkerFor, loadComponent } from '../link.ts'
import { parseOptions } from '../parse-options.ts'
import { readComponentFile } from '../read-component.ts'
import { stdout, write } from '../write.ts'
import { reporting } from '../reporting.ts'

export const summary = 'Call a function that a component exports'

export const help = `Usage: tenon call [OPTIONS] FILE 'FUNCTION(ARGUMENT, …)'
       tenon call [OPTIONS] --json FILE FUNCTION '[ARGUMENT, …]'

Calls an exported function and prints its result. Arguments and result are WAVE texts: 42, "text", [1, 2],
{name: "ada", age: 36}, some(1), ok("fine"), err(not-found). FUNCTION is a name such as add, or ns:pkg/iface.add where
the function is in an interface; what is clear can be left away. FILE may be - for standard input.
Exits with 1 where the result is an err.

Options:
  --json                    print the result as JSON; arguments may be given as a JSON array
  --stub                    imports that nothing satisfies trap when they are called
${hostHelp}`

export const run = reporting('call', async (args) => {
  const { options, positionals } = parseOptions(args, {
    ...hostOptions,
    json: { type: 'boolean' },
    stub: { type: 'boolean' },
  })
  const [path, text, json, ...rest] = positionals
  if (path === undefined) throw new UsageError('which component? give the path of a .wasm file')
  if (rest.length > 0 || (json !== undefined && !options.json)) {
    throw new UsageError('too many arguments: the call is one argument, in quotes', [`such as 'add(1, 2)'`])
  }
  const file = readComponentFile(path)
  const component = await loadComponent(file)
  if (text === undefined) {
    throw new UsageError(
      'which function?',
      callableFunctions(component.type).map((one) => `  ${describeFunction(one)}`),
    )
  }
  const call = parseCall(text)
  const callable = findFunction(component.type, call)
  const values = json === undefined ? toArguments(call, callable.type) : jsonArguments(call, callable, json)
  const linker = await linkerFor(component, options, [file.baseName])
  if (options.stub) linker.trapUnknown()
  const instance = await linker.instantiate(component)
  try {
    const within = callable.interface === undefined ? instance.async : instance.async[callable.interface]
    const { value, failed } = await settle(() => within[callable.name](...values), callable)
    print(value, callable.type.result, options.json ?? false)
    return failed ? exitCode.failure : exitCode.success
  } catch (error) {
    if (error instanceof ExitError) return error.exitCode
    throw error
  } finally {
    instance.dispose()
  }
})

/** A function's own `result` is thrown or returned; here it is a value again. */
async function settle(
  invoke: () => unknown,
  { type }: CallableFunction,
): Promise<{ readonly value: unknown; readonly failed: boolean }> {
  if (type.result?.kind !== 'result') return { value: await invoke(), failed: false }
  try {
    return { value: { tag: 'ok', val: await invoke() }, failed: false }
  } catch (error) {
    if (!(error instanceof ComponentError)) throw error
    return { value: { tag: 'err', val: error.payload }, failed: true }
  }
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
