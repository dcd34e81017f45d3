import { TenonError, UsageError } from '../../errors.ts'
import type { Component } from '../../index.ts'
import { componentValue } from '../../runtime/component-value.ts'
import { callableFunctions, fullName } from '../../component/callable-function.ts'
import { describeFunction } from '../find-function.ts'
import { cacheDirectory, hostHelp, hostOptions } from '../host-options.ts'
import { linkerFor, loadComponent } from '../link.ts'
import { parseOptions } from '../parse-options.ts'
import { readComponentFile } from '../read-component.ts'
import { reporting } from '../reporting.ts'

export const summary = 'Run a command component'

export const help = `Usage: tenon run [OPTIONS] FILE [ARGUMENT…]

Runs a component that exports wasi:cli/run, with the standard streams.
Everything after FILE is for the guest. It gets no files, no environment
variables and no network unless an option grants them. FILE may be - for
standard input. Exits with the guest's exit code.

Options:
${hostHelp}  --arg0 NAME               what the guest sees as its own name (default: the
                            file's name)
`

export const run = reporting('run', async (args) => {
  const { options, positionals } = parseOptions(args, { ...hostOptions, arg0: { type: 'string' } }, true)
  const [path, ...guestArguments] = positionals
  if (path === undefined) throw new UsageError('which component? give the path of a .wasm file')
  const file = await readComponentFile(path)
  const component = await loadComponent(file, cacheDirectory(options), true)
  refuseOthers(component, path)
  const linker = await linkerFor(component, options, [options.arg0 ?? file.baseName, ...guestArguments])
  return linker.run(component)
})

/** A component that is no command, with what to do instead. */
function refuseOthers(component: Component, path: string): void {
  // Not `component.exports`: nothing else needs their types.
  const { exports } = component[componentValue].program.plan
  if (exports.some(({ name }) => /^wasi:cli\/run(@|$)/.test(name))) return
  const functions = callableFunctions(component.type)
  const lines = [`${path} is no command: it does not export wasi:cli/run`]
  const [first] = functions
  if (first) {
    const example = `${fullName(first)}(${first.type.parameters.length > 0 ? '…' : ''})`
    lines.push(`call one of its functions instead: tenon call ${path} '${example}'`)
    lines.push(...functions.map((one) => `  ${describeFunction(one)}`))
  } else if (component.exports.some(({ name }) => name.startsWith('wasi:http/'))) {
    lines.push('it handles HTTP requests')
  }
  throw new TenonError('link', lines.join('\n'))
}
