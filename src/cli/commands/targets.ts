import { existsSync } from 'node:fs'
import { decode } from '../../binary/decode.ts'
import { type Diagnostic, renderDiagnostic } from '../../diagnostics/diagnostic.ts'
import type { Paint } from '../../diagnostics/paint.ts'
import { validate } from '../../validation/validate.ts'
import { findWorld } from '../../wit/find-world.ts'
import { nameInPackage } from '../../wit/package.ts'
import { type TargetBreak, targets } from '../../wit/targets.ts'
import { UsageError } from '../../errors.ts'
import { exitCode } from '../exit-code.ts'
import { featuresOf, refuseUnknownFeatures } from '../features.ts'
import { parseOptions } from '../parse-options.ts'
import { componentIn } from '../precompiled.ts'
import { readComponentFile, reading } from '../read-component.ts'
import { readPackages } from '../read-packages.ts'
import { reporting } from '../reporting.ts'
import { show } from '../show.ts'
import { paintFor } from '../terminal.ts'
import { stdout, write } from '../write.ts'

export const summary = 'Check that a component fits a world, and say why it does not'

export const help = `Usage: tenon targets FILE [--world NAME] [--wit PATH]

Says whether the component imports no more than the world has, and exports all
it asks for, with the types it asks for. If not, every reason is shown: where
the world says otherwise, the way to what differs, both sides of it, and the
names that are most like a missing one. Exits with 1 then. FILE may be - for
standard input.

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
  if (rest.length > 0)
    throw new UsageError(
      `one component at a time, found also ${rest.join(', ')}: the world's package comes with --wit`,
    )
  const features = featuresOf(options.features, options['all-features'])
  if (options.wit === undefined && !existsSync('wit'))
    throw new UsageError('which world? there is no folder wit here: name a package with --wit PATH')
  const packages = await readPackages([options.wit ?? 'wit'], { features })
  refuseUnknownFeatures(features)
  const world = findWorld(packages, options.world)
  const file = componentIn(await readComponentFile(path))
  const breaks = await reading(file, () => targets(validate(decode(file.bytes)), world))
  const name = nameInPackage(world.package, world.name)
  if (options.json)
    write(
      stdout,
      `${JSON.stringify({ world: name, fits: breaks.length === 0, breaks: breaks.map(toJson) }, undefined, 2)}\n`,
    )
  else show(stdout, describe(file.name, name, breaks, paintFor(stdout)))
  return breaks.length === 0 ? exitCode.success : exitCode.failure
})

function describe(file: string, world: string, breaks: readonly TargetBreak[], paint: Paint): string {
  if (breaks.length === 0) return `${paint('message', `${file} fits ${world}`)}\n`
  const count = breaks.length === 1 ? 'one reason' : `${breaks.length} reasons`
  const frames = breaks.map((each) => `${renderDiagnostic(diagnosticOf(each), paint)}\n\n`)
  return `${frames.join('')}${paint('message', `${file} does not fit ${world}, for ${count}`)}\n`
}

function diagnosticOf({
  direction,
  path,
  reason,
  world,
  component,
  candidates,
  place,
}: TargetBreak): Diagnostic {
  const sides = world !== undefined && component !== undefined && world !== component
  const notes = [
    ...(sides ? [`in the world      ${world}`, `in the component  ${component}`] : []),
    ...(candidates.length > 0
      ? [`did you mean ${candidates.map((name) => `\`${name}\``).join(' or ')}?`]
      : []),
  ]
  const message = `${direction} ${path.join(' › ')}: ${reason}`
  return { message, labels: place ? [{ ...place, text: 'in the world' }] : [], notes }
}

function toJson({ place, ...rest }: TargetBreak): object {
  if (place === undefined) return rest
  return { ...rest, place: { file: place.source.name, ...place.source.position(place.span.start) } }
}
