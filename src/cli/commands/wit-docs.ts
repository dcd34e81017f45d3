import { join } from 'node:path'
import { UsageError } from '../../errors.ts'
import { renderSite } from '../../wit-docs/site.ts'
import { exitCode } from '../exit-code.ts'
import { featuresOf, refuseUnknownFeatures } from '../features.ts'
import { parseOptions } from '../parse-options.ts'
import { readPackages } from '../read-packages.ts'
import { reporting } from '../reporting.ts'
import { stdout, write } from '../write.ts'
import { writeFiles } from '../write-files.ts'

export const summary = 'Write WIT packages as a web site'

export const help = `Usage: tenon wit docs PACKAGE … -o FOLDER
       tenon wit docs FILE -o FOLDER

Writes a static site about the packages and those that they need: a page for
each package, interface and world, with what doc comments say (Markdown), links
from every name to what it means and back, and a search. It needs no server:
open FOLDER/index.html.

PACKAGE is a .wit file, or a folder of them with the packages that they need in
its deps. Several that need each other are named together. FILE is a component,
or a package in binary form.

Options:
  -o, --output FOLDER  where to write; files of other names in it stay
  --features NAMES     show what is behind these unstable features alone,
                       separated by commas (default: behind all of them)
`

export const run = reporting('wit docs', async (args) => {
  const { options, positionals } = parseOptions(args, {
    output: { type: 'string', short: 'o' },
    features: { type: 'string' },
  })
  const [path, ...others] = positionals
  if (path === undefined) throw new UsageError('which package? give a .wit file or a folder of them')
  if (options.output === undefined) throw new UsageError('where to? name a folder with -o')
  const features = featuresOf(options.features, options.features === undefined)
  const { packages } = await readPackages([path, ...others], { features })
  refuseUnknownFeatures(features)
  const files = renderSite(packages)
  writeFiles(options.output, files)
  const pages = [...files.keys()].filter((file) => file.endsWith('.html')).length
  write(stdout, `${pages} pages about ${counted(packages.length)}: ${join(options.output, 'index.html')}\n`)
  return exitCode.success
})

function counted(packages: number): string {
  return packages === 1 ? '1 package' : `${packages} packages`
}
