/** Folders with an application in them, that imports components as modules. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { after } from 'node:test'

/** By path. */
export type AppFiles = Readonly<Record<string, string | Uint8Array>>

/**
 * Writes an application into a folder of its own that is removed when the tests of the file are over. `tenon` can be imported
 * there. Returns the folder.
 */
export function makeApp(files: AppFiles): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tenon-app-')))
  after(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  symlinkSync(resolve('.'), join(folder, 'node_modules/tenon'), 'junction')
  return folder
}

/**
 * The environment for programs. Ours is run from its sources, which costs most of the time that a program takes: Node keeps
 * what it compiled for the next one.
 */
export function environment(): NodeJS.ProcessEnv {
  compiled ??= makeApp({})
  return { ...process.env, NODE_COMPILE_CACHE: compiled, NO_COLOR: '1' }
}

let compiled: string | undefined

/** A package.json with these entries in its table. */
export function packageJson(imports: Readonly<Record<string, string>>): string {
  return JSON.stringify({ type: 'module', tenon: { imports } })
}
