import type { PackageFinder } from '../compose/wac/package-finder.ts'
import type { Source } from '../diagnostics/source.ts'
import { TenonError } from '../errors.ts'
import { unescapeKeyword } from '../wit/keywords.ts'
import type { Place } from '../wit/problems.ts'
import { toCompletionItem } from './completion-item.ts'
import { toDiagnostic } from './diagnostics.ts'
import { toSymbols } from './document-symbols.ts'
import type { Files } from './files.ts'
import { Connection, errorCodes, type Methods, ResponseError } from './json-rpc.ts'
import type {
  CompletionItem,
  ContentChange,
  DocumentSymbol,
  Location,
  LspDiagnostic,
  MarkupContent,
  Range,
  RequestParams,
  TextDocumentPosition,
  TextEdit,
} from './protocol.ts'
import { LanguageDocument } from './language-document.ts'
import { rename, renamable, textAt } from './rename.ts'
import type { Texts } from './texts.ts'
import { pathOf } from './uris.ts'
import { Workspace } from './workspace.ts'

/** What the server needs of where it runs. */
export interface Host {
  readonly files: Files
  /** Where the packages are that WAC texts of a folder name. */
  packages(folder: string): PackageFinder
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
  completionProvider: { triggerCharacters: ['.', ':', '/', '@', '<', '%'] },
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

/** A language server for WIT and WAC (Language Server Protocol 3.17). Nothing it is sent makes it throw. */
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
    this.#workspace = new Workspace(host.files, host.packages)
    this.#connection = new Connection(this, (message) => host.send(message))
  }

  /** Takes a message, without its frame. */
  receive(message: string): void {
    this.#connection.receive(message)
  }

  request(method: string, params: unknown): { readonly result: unknown } | undefined {
    if (method === 'initialize') return { result: this.#initialize((params ?? {}) as InitializeParams) }
    if (this.#state === 'new')
      throw new ResponseError(errorCodes.notInitialized, 'the first request must be `initialize`')
    if (this.#state === 'shut down') throw new ResponseError(errorCodes.invalidRequest, 'it is shut down')
    if (method === 'shutdown') {
      this.#state = 'shut down'
      return { result: null }
    }
    const answer = this.#requests.get(method)
    if (answer === undefined) return undefined
    return { result: answer(checked(params)) }
  }

  notification(method: string, params: unknown): void {
    if (method === 'exit') this.#host.exit(this.#state === 'shut down' ? 0 : 1)
    // What the protocol does not know makes it throw before it has changed anything, and is logged.
    else if (this.#state === 'ready') this.#notifications.get(method)?.(params as never)
  }

  readonly #requests = new Map<string, (params: RequestParams) => unknown>(
    Object.entries({
      'textDocument/completion': (params) => this.#completion(params),
      'textDocument/hover': (params) => this.#hover(params),
      'textDocument/definition': (params) => this.#definition(params),
      'textDocument/references': (params) => this.#references(params),
      'textDocument/documentHighlight': (params) => this.#highlights(params),
      'textDocument/documentSymbol': (params) => this.#symbols(params),
      'textDocument/formatting': (params) => this.#formatting(params),
      'textDocument/prepareRename': (params) => this.#prepareRename(params),
      'textDocument/rename': (params) => this.#rename(params),
    }),
  )

  readonly #notifications = new Map<string, (params: never) => void>(
    Object.entries({
      initialized: () => this.#watch(),
      'textDocument/didOpen': ({ textDocument }: { textDocument: { uri: string; text: string } }) => {
        checkText(textDocument)
        this.#workspace.open(textDocument.uri, textDocument.text)
        this.#checkSoon()
      },
      'textDocument/didChange': (params: {
        textDocument: { uri: string }
        contentChanges: readonly ContentChange[]
      }) => {
        params.contentChanges.forEach(checkText)
        this.#workspace.change(params.textDocument.uri, params.contentChanges)
        this.#checkSoon()
      },
      'textDocument/didClose': ({ textDocument }: { textDocument: { uri: string } }) => {
        this.#workspace.close(textDocument.uri)
        this.#checkSoon()
      },
      'textDocument/didSave': () => this.#recheck(),
      'workspace/didChangeWatchedFiles': () => this.#recheck(),
    }),
  )

  #initialize({ capabilities: client }: InitializeParams): object {
    if (this.#state !== 'new') throw new ResponseError(errorCodes.invalidRequest, 'it is initialized already')
    this.#state = 'ready'
    this.#watches = client?.workspace?.didChangeWatchedFiles?.dynamicRegistration === true
    return { capabilities, serverInfo: { name: 'tenon', version: this.#host.version } }
  }

  #watch(): void {
    if (!this.#watches) return
    const registerOptions = { watchers: [{ globPattern: '**/*.{wit,wac,wasm,wat}' }] }
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
    const all = new Set(Array.from(this.#workspace.openPaths(), (path) => this.#workspace.texts(path)))
    const found = new Map<string, LspDiagnostic[]>()
    for (const texts of all) {
      for (const path of texts.sources.keys()) found.set(path, [])
      for (const problem of texts.problems) {
        const path = problem.labels[0]!.source.name
        const diagnostic = toDiagnostic(problem, (label) => this.#locate(texts, label))
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

  #completion(params: TextDocumentPosition): CompletionItem[] {
    const { texts, source, offset } = this.#at(params)
    const lines = texts.lines(source)
    return new LanguageDocument(texts, source).complete(offset).map((each) => toCompletionItem(each, lines))
  }

  #hover(params: TextDocumentPosition): { contents: MarkupContent; range: Range } | null {
    const { texts, source, offset } = this.#at(params)
    const found = new LanguageDocument(texts, source).hover(offset)
    if (found === undefined) return null
    return { contents: { kind: 'markdown', value: found.markdown }, range: texts.lines(source).range(found) }
  }

  #definition(params: TextDocumentPosition): Location | null {
    const { texts, occurrence } = this.#occurrence(params)
    return occurrence === undefined ? null : this.#locate(texts, texts.meaning(occurrence))
  }

  #references(params: RequestParams): Location[] {
    const { texts, occurrence } = this.#occurrence(params)
    if (occurrence === undefined) return []
    const places = texts.namedBy(texts.namer(occurrence))
    const withDeclaration = params.context?.includeDeclaration ?? true
    return (withDeclaration ? places : places.slice(1)).map((place) => this.#locate(texts, place))
  }

  #highlights(params: TextDocumentPosition): { range: Range }[] {
    const { texts, source, occurrence } = this.#occurrence(params)
    if (occurrence === undefined) return []
    const places = texts.namedBy(texts.namer(occurrence))
    return places
      .filter((place) => place.source.name === source.name)
      .map((place) => ({ range: this.#locate(texts, place).range }))
  }

  #symbols(params: TextDocumentPosition): DocumentSymbol[] {
    const { texts, source } = this.#at(params)
    return toSymbols(texts.outline(source), texts.tokens(source), texts.lines(source))
  }

  #formatting(params: TextDocumentPosition): TextEdit[] {
    const { texts, source } = this.#at(params)
    const { text } = source
    const formatted = formattedText(texts, source)
    if (formatted === undefined || formatted === text) return []
    return [{ range: texts.lines(source).range({ start: 0, end: text.length }), newText: formatted }]
  }

  #prepareRename(params: TextDocumentPosition): object | null {
    const { texts, source, offset } = this.#at(params)
    const found = renamable(texts, source, offset, (each) => this.#workspace.isOwn(each))
    if (found === undefined) return null
    const { range } = this.#locate(texts, { source, span: found.span })
    return { range, placeholder: unescapeKeyword(textAt(found.namer)) }
  }

  #rename(params: RequestParams): object | null {
    const { newName } = params
    if (typeof newName !== 'string')
      throw new ResponseError(errorCodes.invalidParams, 'what shall it be called? `newName` is missing')
    const { texts, source, offset } = this.#at(params)
    const isOwn = (each: string): boolean => this.#workspace.isOwn(each)
    const found = renamable(texts, source, offset, isOwn)
    if (found === undefined) return null
    const changes = new Map<string, TextEdit[]>()
    for (const { place, text } of rename(texts, found, newName, isOwn)) {
      const { uri, range } = this.#locate(texts, place)
      const edits = changes.get(uri) ?? []
      edits.push({ range, newText: text })
      changes.set(uri, edits)
    }
    return { changes: Object.fromEntries(changes) }
  }

  #at({ textDocument, position }: TextDocumentPosition): {
    readonly texts: Texts
    readonly source: Source
    readonly offset: number
  } {
    const path = pathOf(textDocument.uri)
    const texts = this.#workspace.texts(path)
    const source = texts.sources.get(path)
    if (source === undefined)
      throw new ResponseError(errorCodes.requestFailed, `${textDocument.uri} is not open`)
    const offset = position === undefined ? 0 : texts.lines(source).offset(position)
    return { texts, source, offset }
  }

  #occurrence(params: TextDocumentPosition): {
    readonly texts: Texts
    readonly source: Source
    readonly occurrence: Place | undefined
  } {
    const { texts, source, offset } = this.#at(params)
    return { texts, source, occurrence: texts.occurrence(source, offset) }
  }

  #locate(texts: Texts, { source, span }: Place): Location {
    return { uri: this.#workspace.uri(source.name), range: texts.lines(source).range(span) }
  }
}

/** Undefined for what does not parse: it is shown with its problems. */
function formattedText(texts: Texts, source: Source): string | undefined {
  try {
    return new LanguageDocument(texts, source).format()
  } catch (error) {
    if (error instanceof TenonError) return undefined
    throw error
  }
}

/** All requests are about a text, most of them about a place in it. */
function checked(params: unknown): RequestParams {
  const { textDocument, position } = (params ?? {}) as Partial<RequestParams>
  if (typeof textDocument?.uri !== 'string')
    throw new ResponseError(errorCodes.invalidParams, 'which text? `textDocument.uri` is missing')
  const { line, character } = position ?? { line: 0, character: 0 }
  if (!Number.isInteger(line) || !Number.isInteger(character))
    throw new ResponseError(errorCodes.invalidParams, '`position` has a `line` and a `character`, both whole')
  return params as RequestParams
}

function checkText({ text }: { readonly text: unknown }): void {
  if (typeof text !== 'string')
    throw new ResponseError(errorCodes.invalidParams, 'which text? `text` is missing')
}
