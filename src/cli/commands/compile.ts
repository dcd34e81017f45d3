import { UsageError } from '../../errors.ts'
import { Component } from '../../index.ts'
import { componentOf, decodePlanFile, readPlanFileHead } from '../../plan-file/plan-file.ts'
import { ModuleStore } from '../../runtime/module-store.ts'
import { version } from '../../version.ts'
import { exitCode } from '../exit-code.ts'
import { parseOptions } from '../parse-options.ts'
import { readComponentFile, reading } from '../read-component.ts'
import { reporting } from '../reporting.ts'
import { writeOutput } from '../write-output.ts'

export const summary = 'Compile a component ahead of time, so that it starts faster'

export const help = `Usage: tenon compile FILE [-o OUTPUT]

Decodes, validates and compiles a component, and writes what came of it beside
the component's own bytes. Every command that takes a component takes the
result, and starts faster with it. It has no machine code and no JavaScript in
it, and runs wherever this version of Tenon does; another version says that it
has to be made anew, which needs no other file: tenon compile FILE.tenon
FILE may be - for standard input.

Options:
  -o, --output OUTPUT   where to write it (default: FILE with the ending
                        .tenon); - for standard output
`

export const run = reporting('compile', async (args) => {
  const { options, positionals } = parseOptions(args, { output: { type: 'string', short: 'o' } })
  const [path, ...rest] = positionals
  if (path === undefined) throw new UsageError('which component? give the path of a .wasm file')
  if (rest.length > 0) throw new UsageError(`one file at a time, found also ${rest.join(', ')}`)
  const output = options.output ?? defaultOutput(path)
  const file = await readComponentFile(path)
  const compiled = await reading(file, async () => {
    const precompiled = Component.precompile(file.bytes)
    // What the engine has against a core module is said now, and not with the first instance.
    const { plan } = decodePlanFile(precompiled, version)
    const component = componentOf(readPlanFileHead(precompiled))
    await new ModuleStore(() => component, plan.modules).compile()
    return precompiled
  })
  writeOutput(output, compiled)
  return exitCode.success
})

function defaultOutput(path: string): string {
  if (path === '-') throw new UsageError('where to? give --output, or - for standard output')
  return `${path.replace(/\.(wasm|wat|tenon)$/, '')}.tenon`
}
