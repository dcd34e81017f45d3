import { decode } from '../../binary/decode.ts'
import { validate } from '../../validation/validate.ts'
import { findWorld } from '../../wit/find-world.ts'
import { nameInPackage } from '../../wit/package.ts'
import { type TargetBreak, targets } from '../../wit/targets.ts'
import { UsageError } from '../../errors.ts'
import { exitCode } from '../exit-code.ts'
import { featuresOf } from '../features.ts'
import { parseOptions } from '../parse-options.ts'
import { componentIn } from '../precompiled.ts'
import { readComponentFile, reading } from '../read-component.ts'
import { readPackages } from '../read-packages.ts'
import { reporting } from '../reporting.ts'
import { show } from '../show.ts'
import { type Style, styleFor } from '../terminal.ts'
import { stdout, write } from '../write.ts'

export const summary = 'Check that a component fits a world, and say why it does not'

export const help = `Usage: tenon targets FILE [--world NAME] [--wit PATH]

Says whether the component imports no more than the world has, and exports all
that it asks for, with the types that it asks for. If not, every reason is shown:
the way to what differs, both sides of it, and of what is missing the names that
are most like it. Exits with 1 then. FILE may be - for standard input.

Versions that replace each other (0.2.1 and 0.2.6) are the same interface.

Options:
  --world NAME      a world of the package, or of one that it needs as
                    my:app/world (default: the only one there is)
  --wit PATH        the package: a .wit file, a folder of them with deps, or a
                    component in whose world FILE shall fit (default: wit)
  --features NAMES  the unstable features that take part, separated by commas
  --all-features    all of them
  --json            print a JSON document
`

export const run = reporting('targets', async (args) => {
  const { options, positionals } = parseOptions(args, {
    world: { type: 'string' },
    wit: { type: 'string' },
    features: { type: 'string' },
    'all-features': { type: 'boolean' },
    json: { type: 'boolean' },
  })
  const [path, ...rest] = positionals
  if (path === undefined) throw new UsageError('which component? give the path of a .wasm file')
  if (rest.length > 0) throw new UsageError(`one component at a time, found also ${rest.join(', ')}`)
  const features = featuresOf(options.features, options['all-features'])
  const world = findWorld(await readPackages([options.wit ?? 'wit'], { features }), options.world)
  const file = componentIn(await readComponentFile(path))
  const breaks = await reading(file, () => targets(validate(decode(file.bytes)), world))
  const name = nameInPackage(world.package, world.name)
  if (options.json)
    write(stdout, `${JSON.stringify({ world: name, fits: breaks.length === 0, breaks }, undefined, 2)}\n`)
  else show(stdout, describe(file.name, name, breaks, styleFor(stdout)))
  return breaks.length === 0 ? exitCode.success : exitCode.failure
})

function describe(file: string, world: string, breaks: readonly TargetBreak[], style: Style): string {
  const count = breaks.length === 1 ? 'one reason' : `${breaks.length} reasons`
  if (breaks.length === 0) return `${file} fits ${style('bold', world)}\n`
  const head = `${file} does not fit ${style('bold', world)}, for ${count}:\n`
  return [head, ...breaks.map((each) => describeBreak(each, style))].join('\n')
}

function describeBreak(each: TargetBreak, style: Style): string {
  const { direction, path, reason, world, component, candidates } = each
  const lines = [`${direction} ${style('bold', path.join(' › '))}`, `  ${reason}`]
  if (world !== undefined && component !== undefined && world !== component)
    lines.push(`  world      ${world}`, `  component  ${component}`)
  if (candidates.length > 0)
    lines.push(`  did you mean ${candidates.map((name) => `\`${name}\``).join(' or ')}?`)
  return `${lines.join('\n')}\n`
}
