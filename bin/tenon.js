#!/usr/bin/env node
// Plain old JavaScript, so that every Node can read it: an old one is told so in one line, before anything else is loaded.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 3)) {
  process.stderr.write(`tenon: needs Node 22.3 or later, this is ${process.version}\n`)
  process.exit(1)
}
const start = `${__dirname}/../dist/cli/start.cjs`
if (!require('node:fs').existsSync(start)) {
  process.stderr.write('tenon: not built yet: npm run build\n')
  process.exit(1)
}
require(start).start(process.argv.slice(2))
