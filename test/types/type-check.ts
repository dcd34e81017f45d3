/** What the TypeScript compiler says of some files, in a folder of their own. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Diagnostic {
  /** In the folder. */
  readonly file: string
  /** From 1. */
  readonly line: number
  /** `TS2322` */
  readonly code: string
  readonly message: string
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const compiler = join(root, 'node_modules/typescript/bin/tsc')

/** As strict as users are, and with a look at the declarations themselves, which `skipLibCheck` would pass over. */
const strict = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
  target: 'es2022',
  module: 'nodenext',
  noEmit: true,
}

/** Alone: no DOM, no Node, no Tenon, nothing newer than the language needs. */
export const standalone = { ...strict, lib: ['es2022'], types: [] }

/** In a program that uses Tenon, as users have it: its sources stand for its package. */
export const withTenon = {
  ...strict,
  target: 'es2024',
  lib: ['es2024', 'esnext.disposable', 'esnext.iterator', 'dom', 'dom.asynciterable'],
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
  allowImportingTsExtensions: true,
  allowArbitraryExtensions: true,
  paths: Object.fromEntries(
    ['', '/wasi', '/bindgen', '/wit'].map((subpath) => [
      `tenon${subpath}`,
      [join(root, 'src', subpath, 'index.ts')],
    ]),
  ),
}

/** @param files texts by path */
export function typeCheck(
  files: ReadonlyMap<string, string>,
  compilerOptions: object,
): readonly Diagnostic[] {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-types-'))
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['**/*'] }))
    const arguments_ = [compiler, '-p', folder, '--pretty', 'false']
    const { stdout, stderr, status } = spawnSync(process.execPath, arguments_, {
      encoding: 'utf8',
      cwd: folder,
    })
    const found = diagnosticsIn(stdout, folder)
    if (status !== 0 && found.length === 0) throw new Error(`tsc failed: ${stdout}${stderr}`)
    return found
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function diagnosticsIn(output: string, folder: string): readonly Diagnostic[] {
  const lines = output.matchAll(/^(?:(.+)\((\d+),\d+\): )?error (TS\d+): (.*(?:\n .*)*)/gm)
  return Array.from(lines, ([, file = '', line = '0', code, message]) => ({
    file: relative(folder, join(folder, file)),
    line: Number(line),
    code: code!,
    message: message!,
  }))
}

/** Lines that a person can read, for assertions. */
export function shown(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ file, line, code, message }) => `${file}:${line} ${code} ${message}`)
}
