import { formatWit } from '../wit/format.ts'
import { WitError } from '../errors.ts'
import type { Place } from '../wit/problems.ts'
import { keyOf } from '../wit/references.ts'
import { completions } from './completion.ts'
import { definitionsIn } from './definitions.ts'
import { toDiagnostic } from './diagnostics.ts'
import { toSymbols } from './document-symbols.ts'
import type { Files } from './files.ts'
import { describe } from './hover.ts'
import { Connection, errorCodes, type Methods, ResponseError } from './json-rpc.ts'
import type {
  CompletionItem,
  ContentChange,
  DocumentSymbol,
  Location,
  LspDiagnostic,
  MarkupContent,
  Range,
  TextDocumentPosition,
  TextEdit,
} from './protocol.ts'
import { rename, renamable, textAt } from './rename.ts'
import { TextLines } from './text-lines.ts'
import type { Occurrence, Unit } from './unit.ts'
import { pathOf } from './uris.ts'
import { Workspace } from './workspace.ts'

/** What the server needs of where it runs. */
export interface Host {
  readonly files: Files
  readonly version: string
  /** Sends a message, without its frame. */
  send(message: string): void
  /** Ends the process. */
  exit(code: number): void
  /** Calls back soon, once; a later call takes the place of an earlier one. */
  soon(action: () => void): void
}

const capabilities = {
  positionEncoding: 'utf-16',
  textDocumentSync: { openClose: true, change: 2, save: { includeText: false } },
  completionProvider: { triggerCharacters: ['.', ':', '/', '@', '<', '{', '(', ' ', '%'] },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  documentSymbolProvider: true,
  documentFormattingProvider: true,
  renameProvider: { prepareProvider: true },
} as const

interface InitializeParams {
  readonly capabilities?: {
    readonly workspace?: { readonly didChangeWatchedFiles?: { readonly dynamicRegistration?: boolean } }
  }
}

/** A language server for WIT (Language Server Protocol 3.17). Nothing it is sent makes it throw. */
export class Server implements Methods {
  readonly #host: Host
  readonly #connection: Connection
  readonly #workspace: Workspace
  /** Files that have problems in the editor. */
  readonly #published = new Set<string>()
  #state: 'new' | 'ready' | 'shut down' = 'new'
  #watches = false

  constructor(host: Host) {
    this.#host = host
    this.#workspace = new Workspace(host.files)
    this.#connection = new Connection(this, (message) => host.send(message))
  }

  /** Takes a message, without its frame. */
  receive(message: string): void {
    this.#connection.receive(message)
  }

  request(method: string, params: unknown): { readonly result: unknown } | undefined {
    if (method === 'initialize') return { result: this.#initialize(params as InitializeParams) }
    if (this.#state === 'new')
      throw new ResponseError(errorCodes.notInitialized, 'the first request must be `initialize`')
    if (this.#state === 'shut down') throw new ResponseError(errorCodes.invalidRequest, 'it is shut down')
    if (method === 'shutdown') {
      this.#state = 'shut down'
      return { result: null }
    }
    const answer = this.#requests[method]
    if (answer === undefined) return undefined
    return { result: answer(checked(params)) }
  }

  notification(method: string, params: unknown): void {
    if (method === 'exit') this.#host.exit(this.#state === 'shut down' ? 0 : 1)
    else if (this.#state === 'ready') this.#notifications[method]?.(params as never)
  }

  readonly #requests: Readonly<Record<string, (params: TextDocumentPosition) => unknown>> = {
    'textDocument/completion': (params) => this.#completion(params),
    'textDocument/hover': (params) => this.#hover(params),
    'textDocument/definition': (params) => this.#definition(params),
    'textDocument/references': (params) =>
      this.#references(
        params,
        (params as unknown as { context?: { includeDeclaration?: boolean } }).context?.includeDeclaration ??
          true,
      ),
    'textDocument/documentHighlight': (params) => this.#highlights(params),
    'textDocument/documentSymbol': (params) => this.#symbols(params),
    'textDocument/formatting': (params) => this.#formatting(params),
    'textDocument/prepareRename': (params) => this.#prepareRename(params),
    'textDocument/rename': (params) =>
      this.#rename(params, (params as unknown as { newName: string }).newName),
  }

  readonly #notifications: Readonly<Record<string, (params: never) => void>> = {
    initialized: () => this.#watch(),
    'textDocument/didOpen': ({ textDocument }: { textDocument: { uri: string; text: string } }) => {
      this.#workspace.open(textDocument.uri, textDocument.text)
      this.#checkSoon()
    },
    'textDocument/didChange': (params: {
      textDocument: { uri: string }
      contentChanges: readonly ContentChange[]
    }) => {
      this.#workspace.change(params.textDocument.uri, params.contentChanges)
      this.#checkSoon()
    },
    'textDocument/didClose': ({ textDocument }: { textDocument: { uri: string } }) => {
      this.#workspace.close(textDocument.uri)
      this.#checkSoon()
    },
    'textDocument/didSave': () => this.#recheck(),
    'workspace/didChangeWatchedFiles': () => this.#recheck(),
  }

  #initialize({ capabilities: client }: InitializeParams): object {
    if (this.#state !== 'new') throw new ResponseError(errorCodes.invalidRequest, 'it is initialized already')
    this.#state = 'ready'
    this.#watches = client?.workspace?.didChangeWatchedFiles?.dynamicRegistration === true
    return { capabilities, serverInfo: { name: 'tenon', version: this.#host.version } }
  }

  #watch(): void {
    if (!this.#watches) return
    const registerOptions = { watchers: [{ globPattern: '**/*.wit' }] }
    const registration = { id: 'wit-files', method: 'workspace/didChangeWatchedFiles', registerOptions }
    this.#connection.ask('client/registerCapability', { registrations: [registration] })
  }

  #recheck(): void {
    this.#workspace.changed()
    this.#checkSoon()
  }

  #checkSoon(): void {
    this.#host.soon(() => this.#connection.attempt('diagnostics', () => this.#check()))
  }

  /** Says of each file of the packages that are open what is wrong with it, and of others that nothing is. */
  #check(): void {
    const units = new Set(Array.from(this.#workspace.openPaths(), (path) => this.#workspace.unit(path)))
    const found = new Map<string, LspDiagnostic[]>()
    for (const unit of units) {
      for (const path of unit.files.keys()) found.set(path, [])
      for (const problem of unit.analysis.problems) {
        const path = problem.labels[0]!.source.name
        const diagnostic = toDiagnostic(problem, (label) => this.#locate(unit, label))
        found.set(path, [...(found.get(path) ?? []), diagnostic])
      }
    }
    for (const path of this.#published) if (!found.has(path)) found.set(path, [])
    for (const [path, diagnostics] of found) {
      if (diagnostics.length === 0 && !this.#published.has(path) && !this.#workspace.isOpen(path)) continue
      if (diagnostics.length === 0) this.#published.delete(path)
      else this.#published.add(path)
      const uri = this.#workspace.uri(path)
      this.#connection.notify('textDocument/publishDiagnostics', { uri, diagnostics })
    }
  }

  #completion({ textDocument, position }: TextDocumentPosition): CompletionItem[] {
    const { unit, path } = this.#unitOf(textDocument.uri)
    return completions(unit, path, unit.lines(path).offset(position))
  }

  #hover(params: TextDocumentPosition): { contents: MarkupContent; range: Range } | null {
    const { unit, path, occurrence } = this.#occurrence(params)
    const found = occurrence && unit.definitions.get(keyOf(unit.meaning(occurrence.place)))
    if (occurrence === undefined || found === undefined) return null
    const contents = { kind: 'markdown', value: describe(unit, found) } as const
    return { contents, range: unit.lines(path).range(occurrence.span) }
  }

  #definition(params: TextDocumentPosition): Location | null {
    const { unit, occurrence } = this.#occurrence(params)
    return occurrence === undefined ? null : this.#locate(unit, unit.meaning(occurrence.place))
  }

  #references(params: TextDocumentPosition, withDeclaration: boolean): Location[] {
    const { unit, occurrence } = this.#occurrence(params)
    if (occurrence === undefined) return []
    const namer = unit.namer(occurrence.place)
    const places = unit.namedBy(namer)
    return (withDeclaration ? places : places.slice(1)).map((place) => this.#locate(unit, place))
  }

  #highlights(params: TextDocumentPosition): { range: Range }[] {
    const { unit, path, occurrence } = this.#occurrence(params)
    if (occurrence === undefined) return []
    const places = unit.namedBy(unit.namer(occurrence.place))
    return places
      .filter(({ source }) => source.name === path)
      .map(({ span }) => ({ range: unit.lines(path).range(span) }))
  }

  #symbols({ textDocument }: TextDocumentPosition): DocumentSymbol[] {
    const { unit, path } = this.#unitOf(textDocument.uri)
    const { syntax } = unit.files.get(path)!
    return toSymbols(definitionsIn(syntax), unit.tokens(path), unit.lines(path))
  }

  #formatting({ textDocument }: TextDocumentPosition): TextEdit[] {
    const path = pathOf(textDocument.uri)
    const text = this.#workspace.text(path)
    if (text === undefined) return []
    const formatted = this.#formatted(text, path)
    if (formatted === undefined || formatted === text) return []
    return [{ range: new TextLines(text).range({ start: 0, end: text.length }), newText: formatted }]
  }

  /** Undefined for what does not parse: it is shown with its problems. */
  #formatted(text: string, path: string): string | undefined {
    try {
      return formatWit(text, path)
    } catch (error) {
      if (error instanceof WitError) return undefined
      throw error
    }
  }

  #prepareRename({ textDocument, position }: TextDocumentPosition): object | null {
    const { unit, path } = this.#unitOf(textDocument.uri)
    const offset = unit.lines(path).offset(position)
    const found = renamable(unit, path, offset, (each) => this.#workspace.isOwn(each))
    if (found === undefined) return null
    return { range: unit.lines(path).range(found.span), placeholder: textAt(found.namer).replace('%', '') }
  }

  #rename({ textDocument, position }: TextDocumentPosition, newName: string): object | null {
    const { unit, path } = this.#unitOf(textDocument.uri)
    const isOwn = (each: string): boolean => this.#workspace.isOwn(each)
    const found = renamable(unit, path, unit.lines(path).offset(position), isOwn)
    if (found === undefined) return null
    const { places, text } = rename(unit, found, newName, isOwn)
    const changes: Record<string, TextEdit[]> = {}
    for (const place of places) {
      const { uri, range } = this.#locate(unit, place)
      changes[uri] = [...(changes[uri] ?? []), { range, newText: text }]
    }
    return { changes }
  }

  #unitOf(uri: string): { readonly unit: Unit; readonly path: string } {
    const path = pathOf(uri)
    const unit = this.#workspace.unit(path)
    if (!unit.files.has(path)) throw new ResponseError(errorCodes.requestFailed, `${uri} is not open`)
    return { unit, path }
  }

  #occurrence({ textDocument, position }: TextDocumentPosition): {
    readonly unit: Unit
    readonly path: string
    readonly occurrence: Occurrence | undefined
  } {
    const { unit, path } = this.#unitOf(textDocument.uri)
    return { unit, path, occurrence: unit.occurrence(path, unit.lines(path).offset(position)) }
  }

  #locate(unit: Unit, { source, span }: Place): Location {
    return { uri: this.#workspace.uri(source.name), range: unit.lines(source.name).range(span) }
  }
}

/** All requests are about a text, most of them about a place in it. */
function checked(params: unknown): TextDocumentPosition {
  const { textDocument, position } = (params ?? {}) as Partial<TextDocumentPosition>
  if (typeof textDocument?.uri !== 'string')
    throw new ResponseError(errorCodes.invalidParams, 'which text? `textDocument.uri` is missing')
  const { line, character } = position ?? { line: 0, character: 0 }
  if (!Number.isInteger(line) || !Number.isInteger(character))
    throw new ResponseError(errorCodes.invalidParams, '`position` has a `line` and a `character`, both whole')
  return params as TextDocumentPosition
}
