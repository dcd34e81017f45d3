import { decode } from '../binary/decode.ts'
import type { Component } from '../component/component.ts'
import { lastLabel } from '../component/interface-path.ts'
import { TenonError } from '../errors.ts'
import type { Source } from '../diagnostics/source.ts'
import type { Span } from '../diagnostics/span.ts'
import { escapeKeyword, unescapeKeyword } from '../wit/keywords.ts'
import { wacStatements } from '../wit/token-reader.ts'
import { completionOf, completions } from './completion.ts'
import { contextOf, statementOf } from './completion-context.ts'
import type { Completion, CompletionKind } from './completion-item.ts'
import type { Token } from './tokens.ts'
import type { WacText } from './wac-text.ts'

/** What may be typed at an offset of a WAC text: in its statements; in interfaces and worlds what WIT has. */
export function wacCompletions(text: WacText, source: Source, offset: number): Completion[] {
  const { tokens, word } = text.tokens(source).before(offset)
  const item = (label: string, newText: string, kind: CompletionKind): Completion =>
    completionOf(label, newText, kind, '0', word)
  const words = (all: readonly string[]): Completion[] => all.map((each) => item(each, each, 'keyword'))
  const names = (): Completion[] =>
    Array.from(text.names, ([name, { text: type }]) => ({
      ...item(name, escapeKeyword(name), kindOfName(type)),
      ...(type && { detail: type }),
    }))

  const statement = statementOf(tokens)
  const [first] = statement
  if (first === undefined) return words(tokens.length === 0 ? ['package'] : [...wacStatements])
  const isComposing = first.text === 'let' || first.kind === 'export' || first.kind === 'import'
  const isInline = contextOf(tokens, word).blocks.some(({ kind }) => kind === 'interface' || kind === 'world')
  if (!isComposing || (first.kind === 'import' && isInline)) return completions(text, source, offset)
  const last = statement.at(-1)!
  if (last.kind === '.') {
    const exported = text.names.get(unescapeKeyword(statement.at(-2)?.text ?? ''))?.exports ?? []
    return exported.map((name) => accessItem(name, item))
  }
  const path = packagePath(statement, word)
  if (path !== undefined)
    return Array.from(text.finder.names?.() ?? [], (name) => completionOf(name, name, 'package', '0', path))
  const created = createdBy(statement)
  if (created !== undefined) {
    if (last.kind === '{' || last.kind === ',')
      return [
        ...importsOf(text, created).map((name) => argumentItem(name, item)),
        ...names(),
        ...words(['...']),
      ]
    if (last.kind === ':') return [...names(), ...words(['new'])]
    return last.kind === '...' ? names() : []
  }
  if (first.kind === 'import') return last.kind === ':' ? words(['func', 'async', 'interface']) : []
  return last.kind === '=' || last.kind === 'export' ? [...names(), ...words(['new'])] : []
}

/** What is typed of a package's name behind `new`: all that stands there without a space. */
function packagePath(statement: readonly Token[], word: Span): Span | undefined {
  const start = statement.findLastIndex(({ text }) => text === 'new')
  const typed = start < 0 ? undefined : statement.slice(start + 1)
  if (typed === undefined || typed.length === 0) return typed && word
  const isJoined = typed.every(
    (token, index) => token.end === (typed[index + 1] ?? word).start && /^[^{}()[\];,]+$/.test(token.text),
  )
  return isJoined ? { start: typed[0]!.start, end: word.end } : undefined
}

type MakeItem = (label: string, newText: string, kind: CompletionKind) => Completion

/** @param type in one line, as {@link WacText.names} has it */
function kindOfName(type: string | undefined): CompletionKind {
  if (/^(async )?func\b/.test(type ?? '')) return 'function'
  return /^(type|resource|interface|world)\b/.test(type ?? '') ? 'type' : 'instance'
}

/** The name at the end of an interface's own name stands for it. */
function accessItem(name: string, item: MakeItem): Completion {
  const end = lastLabel(name)
  return { ...item(end, escapeKeyword(end), 'export'), ...(end !== name && { detail: name }) }
}

function argumentItem(name: string, item: MakeItem): Completion {
  const end = lastLabel(name)
  const made = item(end, `${escapeKeyword(end)}: `, 'import')
  return { ...made, filter: end, ...(end !== name && { detail: name }) }
}

/** `namespace:name` and its version behind the `new` whose braces are open. */
function createdBy(
  statement: readonly Token[],
): { readonly name: string; readonly version: string | undefined } | undefined {
  const open: number[] = []
  statement.forEach(({ kind }, index) => {
    if (kind === '{') open.push(index)
    else if (kind === '}') open.pop()
  })
  const brace = open.at(-1)
  if (brace === undefined) return undefined
  const start = statement.findLastIndex(({ text }, index) => index < brace && text === 'new')
  const written = statement.slice(start + 1, brace).map(({ text }) => text)
  const [name, version] = written.join('').split('@')
  return { name: name!, version }
}

function importsOf(
  { finder }: WacText,
  { name, version }: { readonly name: string; readonly version: string | undefined },
): string[] {
  try {
    const found = finder.find(name, version)
    return found?.kind === 'component' ? importNames(found.component) : []
  } catch (error) {
    // What is wrong with a package is said where the text names it.
    if (error instanceof TenonError) return []
    throw error
  }
}

function importNames(component: Uint8Array | Component): string[] {
  const { definitions } = component instanceof Uint8Array ? decode(component) : component
  return definitions.flatMap((each) => (each.kind === 'import' ? [each.name.name] : []))
}
