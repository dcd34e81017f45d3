/** Nothing that is typed on the way to the reference texts disturbs the language server. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, test } from 'node:test'
import { Session } from '../../src/lsp/testing/session.ts'

const folder = fileURLToPath(new URL('../../../shared/conformance/', import.meta.url))
const skip = !existsSync(folder) && 'there is no ../shared/conformance beside this checkout'

/** Longer texts have nothing in them that short ones have not. */
const longest = 150

describe('typing the reference texts', { skip }, () => {
  const paths = skip ? [] : globSync(['wit/ui/**/*.wit', 'wac/**/*.wac'], { cwd: folder }).sort()
  test('one character after the other', () => {
    let prefixes = 0
    for (const path of paths) {
      const text = readFileSync(`${folder}${path}`, 'utf8')
      if (text.length > longest) continue
      const session = new Session()
      const { textDocument } = session.type(`/typed/main${extname(path)}`, '|')
      let position = { line: 0, character: 0 }
      for (const character of text) {
        const range = { start: position, end: position }
        session.tell('textDocument/didChange', { textDocument, contentChanges: [{ range, text: character }] })
        position =
          character === '\n'
            ? { line: position.line + 1, character: 0 }
            : { ...position, character: position.character + character.length }
        const params = { textDocument, position }
        session.problems()
        for (const method of ['completion', 'hover', 'documentSymbol', 'definition', 'prepareRename'])
          session.ask(`textDocument/${method}`, params)
        prefixes++
      }
      const failed = session.sent.filter(
        ({ method, error }) => method === 'window/logMessage' || error?.code === -32603,
      )
      assert.deepEqual(failed, [], path)
      session.ask('textDocument/rename', { textDocument, position, newName: 'other' })
    }
    assert.ok(prefixes > 8_000, `only ${prefixes} texts were looked at`)
  })
})
