import { renderDiagnostic } from '../../diagnostics/diagnostic.ts'
import type { Paint } from '../../diagnostics/paint.ts'
import { UsageError } from '../../errors.ts'
import type { Place } from '../../wit/problems.ts'
import type { SemverChange } from '../../wit/semver/changes.ts'
import { semverCheck } from '../../wit/semver/semver-check.ts'
import { changeDiagnostic, type SemverReport } from '../../wit/semver/report.ts'
import { exitCode } from '../exit-code.ts'
import { featuresOf, refuseUnknownFeatures } from '../features.ts'
import { parseOptions } from '../parse-options.ts'
import { readPackages } from '../read-packages.ts'
import { reporting } from '../reporting.ts'
import { show } from '../show.ts'
import { paintFor } from '../terminal.ts'
import { stdout, write } from '../write.ts'

export const summary = 'Check that a newer WIT package can replace an older one'

export const help = `Usage: tenon semver-check OLD NEW [options]

Says whether what was made for the OLD version of a package works with the NEW
one, lists every change that breaks something with both places and the reason,
and says which version the new one needs. Exits with 1 if something breaks.

Imports may be added, and imported interfaces may grow; exports may go; types
have to stay as they are. OLD and NEW are .wit files, folders of them with the
packages that they need in deps, or components, whose worlds are compared.

Options:
  --world NAME      compare that world alone (default: all worlds of the
                    package, and its interfaces as those see them who import
                    them)
  --new-world NAME  what the new version calls it (default: the same)
  --features NAMES  the unstable features that count, separated by commas
                    (default: none; what is unstable may change)
  --all-features    all of them
  --json            print a JSON document (docs/wit.md)
`

export const run = reporting('semver-check', async (args) => {
  const { options, positionals } = parseOptions(args, {
    world: { type: 'string' },
    'new-world': { type: 'string' },
    features: { type: 'string' },
    'all-features': { type: 'boolean' },
    json: { type: 'boolean' },
  })
  const [old, updated, ...rest] = positionals
  if (old === undefined || updated === undefined)
    throw new UsageError('which versions? give the older package, then the newer one')
  if (rest.length > 0) throw new UsageError(`two packages at a time, found also ${rest.join(', ')}`)
  const features = featuresOf(options.features, options['all-features'])
  const before = await readPackages([old], { features })
  const after = await readPackages([updated], { features })
  refuseUnknownFeatures(features)
  const report = semverCheck(before, after, {
    ...(options.world !== undefined && { world: options.world }),
    ...(options['new-world'] !== undefined && { newWorld: options['new-world'] }),
  })
  if (options.json) write(stdout, `${JSON.stringify(toJson(report), null, 2)}\n`)
  else show(stdout, describe(report, paintFor(stdout)))
  return report.compatible ? exitCode.success : exitCode.failure
})

function describe(report: SemverReport, paint: Paint): string {
  const { breaks, additions } = report
  const frames = breaks.map((change) => `${renderDiagnostic(changeDiagnostic(change), paint)}\n\n`)
  const lines = additions.map(({ message, reason }) => `${message}: ${reason}\n`)
  return [...frames, ...lines, lines.length > 0 ? '\n' : '', `${conclusion(report, paint)}\n`].join('')
}

function conclusion(report: SemverReport, paint: Paint): string {
  const { old, new: updated, compatible, breaks, bump, leastVersion, isVersionEnough } = report
  const names = old === updated ? old : `${old} → ${updated}`
  const verdict = compatible
    ? bump === 'none'
      ? 'compatible, nothing changed'
      : 'compatible'
    : `not compatible, ${breaks.length} ${breaks.length === 1 ? 'change breaks' : 'changes break'} it`
  const needs = { major: 'a new major version', minor: 'a new minor version', none: 'no new version' }[bump]
  const version = leastVersion === undefined || bump === 'none' ? needs : `at least ${leastVersion}`
  const enough =
    isVersionEnough === undefined || bump === 'none' ? '' : isVersionEnough ? ', which it has' : ''
  return `${paint('message', `${names}: ${verdict}`)}; needs ${version}${enough}`
}

function toJson({ breaks, additions, ...report }: SemverReport): object {
  const one = ({ kind, path, message, reason, old, new: updated }: SemverChange): object => ({
    kind,
    path,
    message,
    reason,
    ...(old && { old: place(old) }),
    ...(updated && { new: place(updated) }),
  })
  return { ...report, breaks: breaks.map(one), additions: additions.map(one) }
}

function place({ source, span }: Place): object {
  return { file: source.name, ...source.position(span.start) }
}
