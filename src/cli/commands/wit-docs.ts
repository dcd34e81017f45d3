import { join } from 'node:path'
import { UsageError } from '../../errors.ts'
import { resolveWit } from '../../wit/resolve.ts'
import { renderSite } from '../../wit-docs/site.ts'
import { exitCode } from '../exit-code.ts'
import { parseOptions } from '../parse-options.ts'
import { readAllWitSources } from '../read-wit.ts'
import { reporting } from '../reporting.ts'
import { stdout, write } from '../write.ts'
import { writeSite } from '../write-site.ts'

export const summary = 'Write WIT packages as a web site'

export const help = `Usage: tenon wit docs PACKAGE … -o FOLDER

Writes a static site about the packages and those that they need: a page for each
package, interface and world, with what doc comments say (Markdown), links from
every name to what it means and back, and a search. It needs no server: open
FOLDER/index.html.

PACKAGE is a .wit file, or a folder of them with the packages that they need in
its deps. Several that need each other are named together.

Options:
  -o, --output FOLDER  where to write; files of other names in it stay
  --features NAMES     show what is behind these unstable features alone, separated
                       by commas (default: behind all of them)
`

export const run = reporting('wit docs', async (args) => {
  const { options, positionals } = parseOptions(args, {
    output: { type: 'string', short: 'o' },
    features: { type: 'string' },
  })
  if (positionals.length === 0) throw new UsageError('which package? give a .wit file or a folder of them')
  if (options.output === undefined) throw new UsageError('where to? name a folder with -o')
  const features = options.features?.split(',').map((name) => name.trim())
  const { packages } = resolveWit(readAllWitSources(positionals), {
    features: features ? new Set(features) : 'all',
  })
  const files = renderSite(packages)
  writeSite(options.output, files)
  const pages = [...files.keys()].filter((file) => file.endsWith('.html')).length
  write(stdout, `${pages} pages about ${counted(packages.length)}: ${join(options.output, 'index.html')}\n`)
  return exitCode.success
})

function counted(packages: number): string {
  return packages === 1 ? '1 package' : `${packages} packages`
}
