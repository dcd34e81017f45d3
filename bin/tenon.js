#!/usr/bin/env node
// Plain old JavaScript, so that every Node can read it: an old one is told so in one line, before anything else is loaded.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 3)) {
  process.stderr.write(`tenon: needs Node 22.3 or later, this is ${process.version}\n`)
  process.exit(1)
}
// Compiled code is kept between runs (NODE_DISABLE_COMPILE_CACHE=1 turns that off).
const { enableCompileCache } = await import('node:module')
if (enableCompileCache) enableCompileCache()
const { main } = await import('../dist/cli/main.js')
await main(process.argv.slice(2))
