/**
 * Builds `dist/`: `tsc` checks the sources and writes the declarations, esbuild bundles the JavaScript. Entry points
 * share chunks, so that a class is the same whichever subpath it was imported from, and a command loads few files.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

rmSync('dist', { recursive: true, force: true })

const tsc = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
})
if (tsc.status !== 0) process.exit(tsc.status ?? 1)

const library = ['index', 'wasi/index', 'binary/index', 'wave/index'].map((name) => `src/${name}.ts`)
const cli = ['src/cli/main.ts', ...globSync('src/cli/commands/*.ts').filter((file) => !file.endsWith('.test.ts'))]
const { metafile } = await build({
  entryPoints: [...library, ...cli].filter((file) => existsSync(file)),
  outdir: 'dist',
  outbase: 'src',
  bundle: true,
  splitting: true,
  metafile: true,
  format: 'esm',
  platform: 'node',
  target: 'es2024',
  packages: 'external',
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'none',
  logLevel: 'warning',
})
const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0)
console.log(`built dist: ${Object.keys(metafile.outputs).length} files, ${Math.round(bytes / 1024)} KiB`)
