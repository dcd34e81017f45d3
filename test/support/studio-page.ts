/** The studio's page for tests: built once for all files, and again only when a source has changed. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { noBrowser } from './browser.ts'

const kept = resolve('node_modules/.cache/tenon-studio')

/** Why the studio cannot be tested; false where it can. */
export const noStudio: string | false =
  noBrowser || (existsSync('node_modules/vite') ? false : 'no Vite: npm install')

/** The folder of the page, as `npm run build:studio` would write it to `dist/studio`. */
export async function studioPage(): Promise<string> {
  const page = join(kept, hashOfSources())
  const lock = `${page}.lock`
  mkdirSync(kept, { recursive: true })
  while (!existsSync(page)) {
    if (takes(lock)) build(page, lock)
    else await new Promise((done) => setTimeout(done, 100))
  }
  return page
}

/** Whether it is for this process to build: of several, one does. */
function takes(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    // Whoever had it may have been killed.
    if (!isAlive(readIfThere(lock))) rmSync(lock, { force: true })
    return false
  }
}

function build(page: string, lock: string): void {
  try {
    if (existsSync(page)) return
    const target = `${page}.new`
    const vite = resolve('node_modules/vite/bin/vite.js')
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [vite, 'build', '--outDir', target, '--emptyOutDir', '--logLevel', 'warn'],
      { cwd: 'studio', encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
    )
    if (status !== 0) throw new Error(`the studio's page does not build:\n${stdout}${stderr}`)
    removeOld()
    renameSync(target, page)
  } finally {
    rmSync(lock, { force: true })
  }
}

/** Of other sources, unless somebody may still be testing them. */
function removeOld(): void {
  for (const folder of globSync('*', { cwd: kept })) {
    const path = join(kept, folder)
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() }
    if (Date.now() - mtimeMs > 3_600_000) rmSync(path, { recursive: true, force: true })
  }
}

/** Undefined: nobody's, or just written. */
function readIfThere(lock: string): number | undefined {
  try {
    return Number(readFileSync(lock, 'utf8')) || undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return true
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function hashOfSources(): string {
  const hash = createHash('sha256')
  const patterns = [
    'src/**/*.ts',
    'studio/{src,build,public}/**/*.*',
    'studio/*.*',
    'scripts/licenses.ts',
    'examples/*/rust/*.wasm',
    'package.json',
  ]
  for (const file of patterns.flatMap((pattern) => globSync(pattern)).sort())
    if (!file.endsWith('.test.ts')) hash.update(file).update('\0').update(readFileSync(file))
  return hash.digest('hex').slice(0, 16)
}
