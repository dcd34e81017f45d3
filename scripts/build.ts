/**
 * Builds `dist/`: `tsc` checks the sources and writes the declarations, rolldown bundles the JavaScript. Entry points
 * share chunks, so that a class is the same whichever subpath it was imported from, and a command loads few files.
 *
 * All of it is made beside, and takes the place of what was there when it is done: commands may run meanwhile.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { build, type InputOptions, type OutputAsset, type OutputChunk } from 'rolldown'
import { licensesOf } from './licenses.ts'

/** What is being made. */
const made = 'dist.new'
remove(made)

const tsc = spawnSync(
  process.execPath,
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', made],
  { stdio: 'inherit' },
)
if (tsc.status !== 0) process.exit(tsc.status ?? 1)

/** What a subpath is under some condition: a file, or what it is under further conditions. */
type Target = string | { readonly [condition: string]: Target }

const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Target }
const library = targets(exports, 'tenon-source')

keepDeclarations(targets(exports, 'types').map((file) => join(made, relative('dist', file))))

const bundle: InputOptions = {
  platform: 'node',
  external: [/^node:/],
  transform: { target: 'es2024', define: { TENON_BUILD: JSON.stringify(hashOfSources()) } },
  plugins: [{ name: 'ascii', generateBundle: (_, files) => Object.values(files).forEach(ascii) }],
}

const { output: ours } = await build({
  ...bundle,
  input: named(library),
  output: {
    dir: made,
    format: 'esm',
    chunkFileNames: 'chunks/[name]-[hash].js',
    // What has no effect says so to the bundlers of others: a transpiled component needs a tenth of its runtime.
    comments: { annotation: true, jsdoc: false, legal: false },
  },
})

/** Chunks of what most components never call, each loaded when something of it is first used: the others start faster. */
const later: Readonly<Record<string, RegExp>> = {
  async: /src.runtime.async.(?!synchronous-task|waitable\.|with-tasks)/,
  fuse: /src.compile.fuse.(?!fused)/,
  literal: /src.abi.literal./,
  plans: /src.plan-file.(?!plan-file)/,
}

/** Each command and what it needs, in few files. CommonJS loads faster (RATIONALE.md, "Start-up"). */
const commands = globSync('src/cli/commands/*.ts').filter((file) => !file.endsWith('.test.ts'))
const { output: tool } = await build({
  ...bundle,
  plugins: [bundle.plugins, { name: 'later', renderChunk: requireLater }],
  // A module of a group may be used by one that the group does not have.
  preserveEntrySignatures: 'allow-extension',
  // The fuzzer's guests run on a thread of their own, which begins with a file of its own.
  input: named(['src/cli/start.ts', 'src/cli/main.ts', 'src/cli/fuzz/guest-thread.ts', ...commands]),
  output: {
    dir: made,
    format: 'cjs',
    entryFileNames: ({ name }) => (/^cli.(commands|main)/.test(name) ? '[name]-[hash].cjs' : '[name].cjs'),
    dynamicImportInCjs: false,
    chunkFileNames: 'cli/[name]-[hash].cjs',
    comments: false,
    codeSplitting: {
      // What these need goes with them; other commands share it.
      groups: [
        // What start needs of the others: it is loaded before them, and has to load none.
        { name: 'file-cache', test: /src.file-cache.file-cache\.ts$/, priority: 3 },
        { name: 'main', test: /src.cli.main\.ts$|rolldown.runtime/, priority: 2 },
        { name: 'run', test: /src.cli.commands.run\.ts$/, priority: 1 },
        ...Object.entries(later).map(([name, test]) => ({
          name,
          test,
          priority: 4,
          includeDependenciesRecursively: false,
        })),
      ],
    },
  },
})

const [start, main] = ['cli/start', 'cli/main'].map((entry) => tool.find(({ name }) => name === entry)) as [
  OutputChunk,
  OutputChunk,
]
const loaded = start.imports.filter((file) => !/^node:|file-cache/.test(file))
if (loaded.length > 0)
  throw new Error(`dist/cli/start.cjs loads ${loaded}: that is for the cache of compiled code`)

// Under its name with the hash: its compiled code is kept, too.
writeFileSync(join(made, start.fileName), start.code.replace('main.cjs', basename(main.fileName)))

const output = [...ours, ...tool]
writeFileSync(
  join(made, 'licenses.txt'),
  licensesOf(output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))),
)
takeItsPlace()

const bytes = output.reduce(
  (sum, file) => sum + (file.type === 'chunk' ? file.code.length : file.source.length),
  0,
)
console.log(`built dist: ${output.length} files, ${Math.round(bytes / 1024)} KiB`)

/** The studio's page stays: it is built on its own, and takes longer. */
function takeItsPlace(): void {
  const old = 'dist.old'
  remove(old)
  if (existsSync('dist/studio')) renameSync('dist/studio', join(made, 'studio'))
  if (existsSync('dist')) renameSync('dist', old)
  renameSync(made, 'dist')
  remove(old)
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

/** Entry points under their paths in `dist`, without extension. */
function named(files: readonly string[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file.replace(/^(\.\/)?src\/|\.ts$/g, ''), file]))
}

/** All that a condition leads to, below whatever others. */
function targets(target: Target, condition: string): string[] {
  if (typeof target === 'string') return []
  return Object.entries(target).flatMap(([key, inner]) =>
    key === condition && typeof inner === 'string' ? [inner] : targets(inner, condition),
  )
}

/** Removes declarations that none of these leads to: nobody can import what they declare. */
function keepDeclarations(entries: readonly string[]): void {
  const reached = new Set(entries.map((file) => join(file)))
  for (const file of reached) {
    for (const [, specifier] of readFileSync(file, 'utf8').matchAll(
      /(?:from|import\(?)\s*['"](\.[^'"]+)['"]/g,
    ))
      reached.add(join(dirname(file), specifier!.replace(/\.[jt]s$/, '.d.ts')))
  }
  for (const file of globSync(`${made}/**/*.d.ts`)) if (!reached.has(file)) rmSync(file)
}

/** Tells builds of one version apart. */
function hashOfSources(): string {
  const hash = createHash('sha256')
  for (const file of globSync('src/**/*.ts').sort())
    if (!file.endsWith('.test.ts')) hash.update(file).update(readFileSync(file))
  return hash.digest('hex').slice(0, 16)
}

/** In a chunk: what is in `later` is required where it is used, and not at the beginning. */
function requireLater(code: string): string {
  const names = Object.keys(later).join('|')
  return code
    .replace(
      new RegExp(`^const require_(${names}) = (require\\(.*\\));$`, 'gm'),
      'const require_$1 = { get loaded() { return this.known ??= $2 } };',
    )
    .replace(new RegExp(`\\brequire_(${names})\\.`, 'g'), 'require_$1.loaded.')
}

/** One character beyond Latin 1, and engines keep two bytes for each one of a file. Only texts have any. */
function ascii(file: OutputChunk | OutputAsset): void {
  if (file.type !== 'chunk') return
  file.code = file.code.replace(
    /[^\0-\x7f]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
