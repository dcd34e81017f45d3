/**
 * Builds `dist/`: `tsc` checks the sources and writes the declarations, rolldown bundles the JavaScript. Entry points
 * share chunks, so that a class is the same whichever subpath it was imported from, and a command loads few files.
 */
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync, rmSync } from 'node:fs'
import { build, type InputOptions, type OutputAsset, type OutputChunk } from 'rolldown'

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
const bundle: InputOptions = {
  platform: 'node',
  external: [/^node:/],
  transform: { target: 'es2024' },
  plugins: [{ name: 'ascii', generateBundle: (_, files) => Object.values(files).forEach(ascii) }],
}

const { output: ours } = await build({
  ...bundle,
  input: named(library),
  output: { dir: 'dist', format: 'esm', chunkFileNames: 'chunks/[name]-[hash].js', comments: false },
})

/** Each command and what it needs, in few files. CommonJS loads faster (RATIONALE.md, "Start-up"). */
const commands = globSync('src/cli/commands/*.ts').filter((file) => !file.endsWith('.test.ts'))
const { output: tool } = await build({
  ...bundle,
  input: named(['src/cli/start.ts', 'src/cli/main.ts', ...commands]),
  output: {
    dir: 'dist',
    format: 'cjs',
    entryFileNames: ({ name }) => (name.startsWith('cli/commands') ? '[name]-[hash].cjs' : '[name].cjs'),
    dynamicImportInCjs: false,
    chunkFileNames: 'cli/[name]-[hash].cjs',
    comments: false,
    codeSplitting: {
      // What these need goes with them; other commands share it.
      groups: [
        // What start needs of the others: it is loaded before them, and has to load none.
        { name: 'file-cache', test: /src.file-cache.file-cache\.ts$/, priority: 3 },
        { name: 'main', test: /src.cli.main\.ts$/, priority: 2 },
        { name: 'run', test: /src.cli.commands.run\.ts$/, priority: 1 },
      ],
    },
  },
})

const output = [...ours, ...tool]
const bytes = output.reduce(
  (sum, file) => sum + (file.type === 'chunk' ? file.code.length : file.source.length),
  0,
)
console.log(`built dist: ${output.length} files, ${Math.round(bytes / 1024)} KiB`)

/** Entry points under their paths in `dist`, without extension. */
function named(files: readonly string[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file.replace(/^(\.\/)?src\/|\.ts$/g, ''), file]))
}

/** One character beyond Latin 1, and engines keep two bytes for each one of a file. Only texts have any. */
function ascii(file: OutputChunk | OutputAsset): void {
  if (file.type !== 'chunk') return
  file.code = file.code.replace(
    /[^\0-\x7f]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
