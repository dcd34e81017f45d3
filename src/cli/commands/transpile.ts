import { basename } from 'node:path'
import { isFileName, transpile } from '../../bindgen/transpile/transpile.ts'
import { nearest } from '../../diagnostics/nearest.ts'
import { UsageError } from '../../errors.ts'
import { exitCode } from '../exit-code.ts'
import { parseOptions } from '../parse-options.ts'
import { componentIn } from '../precompiled.ts'
import { readComponentFile, reading } from '../read-component.ts'
import { refuseOthers } from '../refuse-others.ts'
import { reporting } from '../reporting.ts'
import { stderr, write } from '../write.ts'
import { writeFiles } from '../write-files.ts'

export const summary = 'Write a component as a JavaScript module'

export const help = `Usage: tenon transpile FILE -o DIR [options]

Writes a component as an ES module, with its core modules and types beside it.
Nothing is compiled or generated when it runs but those files, so that it works
where code generation is forbidden: under a content security policy, on edge
hosts. Bundlers take it like any module; it imports the runtime,
tenon/transpiled, of which they keep what it needs.
The module's exports are the component's, and its default export is the
instance. FILE may be - for standard input.

Options:
  -o, --output DIR      the folder to write to; it is made where there is none
  -n, --name NAME       what the names of the files begin with (default: the
                        file's name)
  -m, --map NAME=MODULE where an import comes from, a module specifier; may be
                        given again. docs:adder/add stands for all of its
                        versions, docs:adder/* for all names that begin so.
                        WASI that is not mapped grants nothing
      --instantiation   export instantiate(getCoreModule, imports) and run
                        nothing: for hosts that bring core modules themselves
      --runtime MODULE  where the runtime comes from, for pages without a
                        bundler (default: tenon/transpiled)
`

export const run = reporting('transpile', async (args) => {
  const { options, positionals } = parseOptions(args, {
    output: { type: 'string', short: 'o' },
    name: { type: 'string', short: 'n' },
    map: { type: 'string', short: 'm', multiple: true },
    instantiation: { type: 'boolean' },
    runtime: { type: 'string' },
  })
  const [path, ...rest] = positionals
  if (path === undefined) throw new UsageError('which component? give the path of a .wasm file')
  if (rest.length > 0) throw new UsageError(`one file at a time, found also ${rest.join(', ')}`)
  const folder = options.output
  if (!folder) throw new UsageError('where to? give a folder: -o DIR')
  if (options.runtime === '')
    throw new UsageError('where is the runtime? give a module specifier: --runtime MODULE')
  const map = parseMap(options.map ?? [])
  if (options.instantiation && options.map)
    throw new UsageError('--map is for a module that imports; with --instantiation imports are given to it')
  const name = checkedName(options.name ?? defaultName(path))
  const file = componentIn(await readComponentFile(path))
  const { files, imports, collisions } = await reading(file, () =>
    transpile(file.bytes, { name, map, instantiation: options.instantiation, runtime: options.runtime }),
  )
  refuseOthers(folder, files, 'transpile', 'give another --name')
  writeFiles(folder, files)
  for (const [wanted, specifier] of Object.entries(map)) {
    if (imports.some((one) => one.specifier === specifier)) continue
    const [near] = nearest(
      wanted,
      imports.map((one) => one.name.replace(/@.*$/, '')),
      1,
    )
    const hint = near === undefined ? '' : `, did you mean ${near}?`
    write(stderr, `note: nothing is imported as ${wanted}${hint}\n`)
  }
  for (const { short, names } of collisions)
    write(
      stderr,
      `note: nothing is exported as ${short}: ${names.join(' and ')} would be; they have their exact names\n`,
    )
  return exitCode.success
})

function defaultName(path: string): string {
  if (path === '-') throw new UsageError('what is it called? give --name NAME')
  return basename(path).replace(/\.(wasm|wat|tenon)$/, '')
}

function checkedName(name: string): string {
  if (isFileName(name)) return name
  throw new UsageError(
    `${JSON.stringify(name)} cannot begin the name of a file: up to 200 letters, digits, _, . and - do, but not what Windows calls devices; give another --name`,
  )
}

function parseMap(entries: readonly string[]): Readonly<Record<string, string>> {
  const map = new Map<string, string>()
  for (const entry of entries) {
    const at = entry.indexOf('=')
    if (at <= 0 || at === entry.length - 1)
      throw new UsageError(`--map ${entry} is not of the form NAME=MODULE: --map log=./log.js`)
    map.set(entry.slice(0, at), entry.slice(at + 1))
  }
  // What is called as a property of all objects is an entry like others.
  return Object.fromEntries(map)
}
