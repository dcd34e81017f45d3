import { describeMisfit, type Misfit, type Part, plug } from '../../compose/plug.ts'
import { UsageError } from '../../errors.ts'
import { readPart } from '../compose/read-part.ts'
import { writeComposition } from '../compose/write-composition.ts'
import { exitCode } from '../exit-code.ts'
import { parseOptions } from '../parse-options.ts'
import { reporting } from '../reporting.ts'
import { show } from '../show.ts'
import { styleFor } from '../terminal.ts'
import { stderr } from '../write.ts'

export const summary = "Satisfy a component's imports with other components' exports"

export const help = `Usage: tenon plug SOCKET --plug FILE… -o OUT.wasm

Writes one component that exports what SOCKET exports. What SOCKET imports is
taken from the plugs as far as they export it: under the same name, or in a
version that can take the place of the one that is wanted. What plugs import is
taken from other plugs, too; of plugs that export and import the same thing, the
first gets it from the next. What nobody exports stays an import. An export that
has the right name and the wrong type is reported, with what differs.

Options:
  --plug FILE          a component to plug, as often as there are plugs
  -o, --output FILE    where the bytes go (default: standard output)
  --explain            show what is left open, and what comes nearest to it;
                       without -o write nothing else
  --import-dependencies
                       import the components instead of nesting them
`

export const run = reporting('plug', async (args) => {
  const { options, positionals } = parseOptions(args, {
    plug: { type: 'string', multiple: true },
    output: { type: 'string', short: 'o' },
    explain: { type: 'boolean' },
    'import-dependencies': { type: 'boolean' },
  })
  const [path, ...rest] = positionals
  if (path === undefined) throw new UsageError('which socket? give the path of a .wasm file')
  if (rest.length > 0)
    throw new UsageError(`one socket at a time, found also ${rest.join(', ')}: plugs come with --plug`)
  const plugs = options.plug ?? []
  if (plugs.length === 0) throw new UsageError('what is to be plugged? give components with --plug FILE')
  const parts = await readParts([path, ...plugs])
  const [socket, ...others] = parts
  const { composition, misfits, unused } = plug(socket!, others)
  for (const each of misfits) warn(describeMisfit(each))
  for (const name of unused) warn(describeUnused(name, misfits))
  writeComposition(composition, options)
  return exitCode.success
})

async function readParts(paths: readonly string[]): Promise<Part[]> {
  const parts: Part[] = []
  const names = new Set<string>()
  for (const path of paths) parts.push(await readPart(path, names))
  return parts
}

function describeUnused(name: string, misfits: readonly Misfit[]): string {
  const reason = misfits.some(({ from }) => from === name)
    ? 'nothing that it exports fits'
    : 'nobody imports what it exports, or another plug has it'
  return `${name} is not in the composition: ${reason}`
}

function warn(message: string): void {
  show(stderr, `${styleFor(stderr)('yellow', 'warning:')} ${message}\n`)
}
