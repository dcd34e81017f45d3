/** `tenon lsp` as an editor meets it: a process with pipes. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { frame, MessageReader } from '../../src/lsp/framing.ts'
import { cliArguments, runCli } from '../support/run-cli.ts'

interface Message {
  readonly id?: number | string
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

class Client {
  readonly process: ChildProcess
  readonly #received: Message[] = []
  readonly #reader = new MessageReader((text) => {
    this.#received.push(JSON.parse(text) as Message)
    this.#wake?.()
  })
  #wake: (() => void) | undefined
  #id = 0

  constructor(...options: string[]) {
    this.process = spawn(process.execPath, cliArguments(['lsp', ...options]), {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    this.process.stdout!.on('data', (bytes: Uint8Array) => this.#reader.push(bytes))
  }

  tell(method: string, params: object): void {
    this.#send({ method, params })
  }

  async ask(method: string, params: object): Promise<unknown> {
    const id = ++this.#id
    this.#send({ id, method, params })
    const { result, error } = await this.#next((message) => message.id === id)
    if (error !== undefined) throw new Error(error.message)
    return result
  }

  /** The next notification or request of the server. */
  async hear(
    method: string,
  ): Promise<{ readonly uri: string; readonly diagnostics: readonly { message: string }[] }> {
    const { params } = await this.#next((message) => message.method === method)
    return params as { uri: string; diagnostics: { message: string }[] }
  }

  async #next(isWanted: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const index = this.#received.findIndex(isWanted)
      if (index !== -1) return this.#received.splice(index, 1)[0]!
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  #send(message: object): void {
    this.process.stdin!.write(frame(JSON.stringify({ jsonrpc: '2.0', ...message })))
  }
}

describe('tenon lsp', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenon lsp-'))
    mkdirSync(join(folder, 'deps/io'), { recursive: true })
    writeFileSync(join(folder, 'types.wit'), 'package my:app;\ninterface types { type size = u64; }\n')
    writeFileSync(
      join(folder, 'deps/io/io.wit'),
      'package dep:io;\n/// Bytes.\ninterface streams { resource input; }\n',
    )
  })
  after(() => rmSync(folder, { recursive: true }))
  const uri = (path: string): string => pathToFileURL(join(folder, path)).href
  const at = (line: number, character: number) => ({
    textDocument: { uri: uri('main.wit') },
    position: { line, character },
  })

  test('a session', { timeout: 60_000 }, async (t) => {
    const client = new Client('--stdio')
    t.after(() => client.process.kill())
    const watching = { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } }
    const { capabilities } = (await client.ask('initialize', { capabilities: watching })) as {
      capabilities: { positionEncoding: string }
    }
    assert.equal(capabilities.positionEncoding, 'utf-16')
    client.tell('initialized', {})
    assert.match(JSON.stringify(await client.hear('client/registerCapability')), /watchers/)

    // The folder's `main.wit` is only in the editor.
    const text =
      'interface  main {\n  use types.{size};\n  use dep:io/streams.{input};\n  f: func(a: sise);\n}\n'
    client.tell('textDocument/didOpen', {
      textDocument: { uri: uri('main.wit'), languageId: 'wit', version: 1, text },
    })
    const { uri: where, diagnostics } = await client.hear('textDocument/publishDiagnostics')
    assert.equal(where, uri('main.wit'))
    assert.deepEqual(
      diagnostics.map(({ message }) => message),
      ['type `sise` does not exist\ndid you mean `size`?'],
    )

    const range = { start: { line: 3, character: 15 }, end: { line: 3, character: 17 } }
    client.tell('textDocument/didChange', {
      textDocument: { uri: uri('main.wit'), version: 2 },
      contentChanges: [{ range, text: 'ze' }],
    })
    assert.deepEqual((await client.hear('textDocument/publishDiagnostics')).diagnostics, [])

    const definition = (await client.ask('textDocument/definition', at(3, 14))) as { uri: string }
    assert.equal(definition.uri, uri('types.wit'))
    const hover = (await client.ask('textDocument/hover', at(2, 15))) as { contents: { value: string } }
    assert.equal(hover.contents.value, '```wit\ninterface streams\n```\n\nBytes.')
    const { changes } = (await client.ask('textDocument/rename', { ...at(3, 14), newName: 'len' })) as {
      changes: Record<string, object[]>
    }
    assert.deepEqual(
      Object.fromEntries(Object.entries(changes).map(([path, edits]) => [path, edits.length])),
      {
        [uri('types.wit')]: 1,
        [uri('main.wit')]: 2,
      },
    )
    await assert.rejects(
      client.ask('textDocument/rename', { ...at(2, 24), newName: 'x' }),
      /is defined in a dependency/,
    )
    const items = (await client.ask('textDocument/completion', at(3, 13))) as { label: string }[]
    assert.ok(['size', 'input', 'u8'].every((name) => items.some(({ label }) => label === name)))
    const [edit] = (await client.ask('textDocument/formatting', { ...at(0, 0), options: {} })) as {
      newText: string
    }[]
    assert.match(edit!.newText, /^interface main \{\n {2}use types\.\{size\};\n/)

    assert.equal(await client.ask('shutdown', {}), null)
    const exited = once(client.process, 'exit')
    client.tell('exit', {})
    assert.deepEqual(await exited, [0, null])
  })

  test('ends with its editor, and with what it cannot read', { timeout: 60_000 }, async () => {
    const gone = await runCli(['lsp'])
    assert.equal(gone.code, 1)
    const garbled = await runCli(['lsp'], { input: 'Hello\r\n\r\n' })
    assert.equal(garbled.code, 1)
    assert.match(garbled.stderr, /the language client sent a header without Content-Length/)
    assert.match((await runCli(['lsp', 'x.wit'])).stderr, /it takes no files: an editor opens them/)
  })
})
