import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Paint } from '../diagnostics/paint.ts'
import { TenonError, UsageError } from '../errors.ts'
import { textOfFile } from '../wit/package-sources.ts'
import { exitCode } from './exit-code.ts'
import { type LineChange, lineDiff } from './line-diff.ts'
import { parseOptions } from './parse-options.ts'
import { fileError, readFile } from './read-component.ts'
import { isFolder } from './read-wit.ts'
import { describeError } from './report-error.ts'
import { show } from './show.ts'
import { paintFor } from './terminal.ts'
import { stderr, stdout, write } from './write.ts'

/** A language whose files can be formatted. */
export interface Formatted {
  /** What it is called, and what its files end in: `WIT`, `.wit`. */
  readonly language: string
  readonly extension: string
  /** `wit fmt` */
  readonly command: string
  /** @throws {TenonError} where the text does not parse; `name` is for messages */
  format(text: string, name: string): string
}

/** How many lines of one file's changes are shown. */
const shownLines = 20

export function formatHelp({ language, extension, command }: Formatted): string {
  return `Usage: tenon ${command} [FILE|FOLDER]… [--check]
       tenon ${command} --stdin [--check]

Formats ${language} files in place: comments stay, and what the text means. Of a folder,
all ${extension} files in it and in its folders, but not those in \`deps\`, which are
somebody else's; of nothing, those of the current folder. A file that does not
parse is left as it is.

Options:
  --check   write nothing; name the files that are not formatted, with the lines
            that would change, and exit with 1 if there are any
  --stdin   format standard input to standard output
`
}

/** Runs a command that formats files of a language, with the arguments of its command line. */
export function formatFiles(what: Formatted, args: readonly string[]): number {
  const { options, positionals } = parseOptions(args, {
    check: { type: 'boolean' },
    stdin: { type: 'boolean' },
  })
  const check = options.check ?? false
  if (options.stdin || positionals.includes('-')) {
    if (positionals.some((path) => path !== '-'))
      throw new UsageError('either files or standard input, found both')
    return formatInput(what, check)
  }
  const files = [
    ...new Set(
      (positionals.length > 0 ? positionals : ['.']).flatMap((path) => filesBelow(path, what.extension)),
    ),
  ]
  if (files.length === 0)
    throw new UsageError(`no ${what.extension} files in ${positionals.join(', ') || 'this folder'}`)
  const results = files.map((path) => formatFile(what, path, check))
  const count = (wanted: Result): number => results.filter((result) => result === wanted).length
  if (check && count('changed') > 0)
    show(stderr, `${count('changed')} of ${files.length} not formatted: \`tenon ${what.command}\` does it\n`)
  return count('broken') > 0 || (check && count('changed') > 0) ? exitCode.failure : exitCode.success
}

type Result = 'same' | 'changed' | 'broken'

function formatInput({ language, format }: Formatted, check: boolean): number {
  const { name, text } = readText('-', language)
  const formatted = format(text, name)
  if (!check) {
    write(stdout, formatted)
    return exitCode.success
  }
  if (formatted === text) return exitCode.success
  showChanges(name, lineDiff(text, formatted))
  return exitCode.failure
}

function formatFile({ language, format, command }: Formatted, path: string, check: boolean): Result {
  try {
    const { text } = readText(path, language)
    const formatted = format(text, path)
    if (formatted === text) return 'same'
    if (check) showChanges(path, lineDiff(text, formatted))
    else {
      writeFile(path, formatted)
      show(stdout, `formatted ${path}\n`)
    }
    return 'changed'
  } catch (error) {
    if (!(error instanceof TenonError)) throw error
    show(stderr, `${describeError(error, command, paintFor(stderr))}\n`)
    return 'broken'
  }
}

/** @throws {TenonError} file: it is none, or holds WebAssembly */
function readText(path: string, language: string): { readonly name: string; readonly text: string } {
  const { name, bytes } = readFile(path, language)
  if (bytes[0] === 0) throw new TenonError('file', `${name}: found bytes, wanted a text in ${language}`)
  return { name, text: textOfFile(name, bytes) }
}

function writeFile(path: string, text: string): void {
  try {
    writeFileSync(path, text)
  } catch (error) {
    throw fileError(path, error, 'a file to write')
  }
}

function showChanges(path: string, changes: readonly LineChange[]): void {
  const lines = [`${path} is not formatted`, ...changeLines(changes, paintFor(stdout))]
  show(stdout, `${lines.join('\n')}\n`)
}

/** The first of them, each with its number in the file as it is. */
function changeLines(changes: readonly LineChange[], paint: Paint): string[] {
  const gutter = String(changes.at(-1)?.line ?? 1).length + 1
  const all = changes.flatMap(({ line, removed, added }) => {
    const place = paint('gutter', `${String(line).padStart(gutter)} |`)
    const blank = paint('gutter', `${' '.repeat(gutter)} |`)
    return [
      ...removed.map((text) => `- ${visible(text)}`.trimEnd()),
      ...added.map((text) => `+ ${visible(text)}`.trimEnd()),
    ].map(
      (text, index) =>
        `${index === 0 ? place : blank} ${paint(text.startsWith('-') ? 'error' : 'message', text)}`,
    )
  })
  const more = all.length - shownLines
  return more > 1 ? [...all.slice(0, shownLines), `${' '.repeat(gutter)} … ${more} more lines`] : all
}

/** Spaces at the end, tabs and carriage returns are what a person could not see. */
function visible(line: string): string {
  return line
    .replace(/[ \t\r]+$/, (end) => end.replaceAll(' ', '·').replaceAll('\r', '␍'))
    .replaceAll('\t', '→')
}

/** Named files are formatted wherever they are. */
function filesBelow(path: string, extension: string): string[] {
  if (!isFolder(path)) return [path]
  return filesIn(path === '.' ? '' : path, extension)
}

function filesIn(folder: string, extension: string): string[] {
  const entries = readdirSync(folder === '' ? '.' : folder, { withFileTypes: true })
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isFile()) return entry.name.endsWith(extension) ? [path] : []
      const isOthers = entry.name === 'deps' || entry.name === 'node_modules' || entry.name.startsWith('.')
      return entry.isDirectory() && !isOthers ? filesIn(path, extension) : []
    })
}
