/**
 * Builds `dist/`: `tsc` checks the sources and writes the declarations, rolldown bundles the JavaScript. Entry points
 * share chunks, so that a class is the same whichever subpath it was imported from, and a command loads few files.
 */
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync, rmSync } from 'node:fs'
import { build } from 'rolldown'

rmSync('dist', { recursive: true, force: true })

const tsc = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
})
if (tsc.status !== 0) process.exit(tsc.status ?? 1)

const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: Record<string, string | { 'tenon-source': string }>
}
const library = Object.values(exports).flatMap((entry) =>
  typeof entry === 'string' ? [] : [entry['tenon-source']],
)
const commands = globSync('src/cli/commands/*.ts').filter((file) => !file.endsWith('.test.ts'))
const entries = [...library, 'src/cli/main.ts', ...commands].map((file) => file.replace(/^\.\//, ''))

const { output } = await build({
  input: Object.fromEntries(entries.map((file) => [file.replace(/^src\/|\.ts$/g, ''), file])),
  platform: 'node',
  external: [/^node:/, /^@bytecodealliance\//],
  transform: { target: 'es2024' },
  output: { dir: 'dist', format: 'esm', chunkFileNames: 'chunks/[name]-[hash].js', comments: false },
})
const bytes = output.reduce(
  (sum, file) => sum + (file.type === 'chunk' ? file.code.length : file.source.length),
  0,
)
console.log(`built dist: ${output.length} files, ${Math.round(bytes / 1024)} KiB`)
