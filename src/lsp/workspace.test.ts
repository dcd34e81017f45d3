import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { encode } from '../binary/encode.ts'
import { encodePackage } from '../wit/encode-package.ts'
import { resolveWit } from '../wit/resolve.ts'
import type { Files } from './files.ts'
import type { Texts } from './texts.ts'
import { printWat } from '../wat/index.ts'
import { Workspace } from './workspace.ts'

const count = 40

/** A package that needs those of `count` folders, which need each other in lines of four. */
class Disk implements Files {
  readonly texts = new Map<string, string | Uint8Array>()

  constructor() {
    for (let i = 0; i < count; i++) {
      const use = i % 4 === 0 ? '' : `use d:p${i - 1}/i.{t as other};`
      this.texts.set(`/app/deps/p${i}/p.wit`, `package d:p${i}; interface i { ${use} type t = u32; }`)
    }
    const uses = Array.from({ length: count }, (_, i) => `use d:p${i}/i.{t as t${i}};`)
    this.texts.set('/app/main.wit', `package a:main; interface i { ${uses.join(' ')} }`)
    this.texts.set('/app/more.wit', 'interface more {}')
  }

  read(path: string): Uint8Array | undefined {
    const text = this.texts.get(path)
    return typeof text === 'string' ? new TextEncoder().encode(text) : text?.slice()
  }

  list(folder: string): { name: string; isFolder: boolean }[] {
    const inside = [...this.texts.keys()].filter((path) => path.startsWith(`${folder}/`))
    const names = Map.groupBy(inside, (path) => path.slice(folder.length + 1).split('/')[0]!)
    return [...names].map(([name, [path]]) => ({ name, isFolder: path !== `${folder}/${name}` }))
  }
}

class Editor {
  readonly disk = new Disk()
  readonly #workspace = new Workspace(this.disk, () => ({ find: () => undefined }))
  #before: Texts | undefined

  constructor() {
    this.#workspace.open('file:///app/main.wit', this.disk.texts.get('/app/main.wit') as string)
  }

  type(text: string): void {
    this.#workspace.change('file:///app/main.wit', [{ text }])
  }

  diskChanged(): void {
    this.#workspace.changed()
  }

  /** What is wrong, which files were parsed, and which packages resolved, since the last look. */
  look(): { problems: string[]; parsed: string[]; resolved: string[] } {
    const now = this.#workspace.texts('/app/main.wit')
    const before = this.#before
    this.#before = now
    return {
      problems: now.problems.map(({ message }) => message),
      parsed: [...now.sources]
        .filter(([path, one]) => before?.sources.get(path) !== one)
        .map(([path]) => path),
      resolved: [...now.packages]
        .filter(([name, one]) => before?.packages.get(name) !== one)
        .map(([name]) => name),
    }
  }
}

/** A package in binary form, with what it needs of others. */
function binary(text: string, ...dependencies: readonly string[]): Uint8Array {
  const file = (each: string) => ({ name: 'p.wit', text: each })
  const groups = dependencies.map((each) => [file(each)])
  return encode(encodePackage(resolveWit({ files: [file(text)], dependencies: groups }).main))
}

describe('when a file changes beside packages in binary form', () => {
  const low = 'package b:low; interface i { type t = u8; }'
  const high = 'package b:high; interface i { use b:low/i.{t}; record r { t: t } }'
  const other = 'package b:other; interface i { enum e { one, two } }'
  const typed = (more: string): string =>
    `package a:main; interface i { use b:high/i.{r}; use b:other/i.{e}; ${more} }`

  function open(files: Readonly<Record<string, string | Uint8Array>>): Editor {
    const editor = new Editor()
    for (const [name, text] of Object.entries(files)) editor.disk.texts.set(`/app/deps/${name}`, text)
    editor.type(typed(''))
    const { problems, resolved } = editor.look()
    assert.deepEqual(problems, [])
    assert.deepEqual(resolved.filter((name) => !name.startsWith('d:')).sort(), [
      'a:main',
      'b:high',
      'b:low',
      'b:other',
    ])
    return editor
  }

  function resolvedAfter(editor: Editor, act: (disk: Disk) => void): string[] {
    act(editor.disk)
    editor.diskChanged()
    const { problems, resolved } = editor.look()
    assert.deepEqual(problems, [])
    return resolved.sort()
  }

  const files = { 'high.wasm': binary(high, low), 'other.wasm': binary(other) }
  const withText = { ...files, 'low.wit': low }
  const assembled = { 'high.wasm': files['high.wasm'], 'other.wat': printWat(files['other.wasm']) }
  for (const [what, there] of Object.entries({
    alone: files,
    'as texts': assembled,
    'and as text': withText,
  })) {
    test(`${what}, nothing of them is resolved again`, () => {
      const editor = open(there)
      editor.type(typed('f: func() -> r;'))
      assert.deepEqual(editor.look(), { problems: [], parsed: ['/app/main.wit'], resolved: ['a:main'] })
      assert.deepEqual(
        resolvedAfter(editor, () => {}),
        [],
      )
    })
  }

  test('what needs one that changes is resolved again, and no other', () => {
    const editor = open(files)
    const again = (name: string, bytes: Uint8Array): string[] =>
      resolvedAfter(editor, ({ texts }) => texts.set(`/app/deps/${name}`, bytes))
    const changed = 'package b:other; interface i { enum e { one, two, three } }'
    assert.deepEqual(again('other.wasm', binary(changed)), ['a:main', 'b:other'])
    assert.deepEqual(again('more.wasm', binary('package b:more; interface i {}')), ['b:more'])
    const longer = 'package b:low; interface i { type t = u16; }'
    assert.deepEqual(again('high.wasm', binary(high, longer)), ['a:main', 'b:high', 'b:low'])
  })

  test('what needs it in binary form is resolved again where its text changes', () => {
    const editor = open(withText)
    const more = `${low} interface more {}`
    const resolved = resolvedAfter(editor, ({ texts }) => texts.set('/app/deps/low.wit', more))
    assert.deepEqual(resolved, ['a:main', 'b:high', 'b:low'])
  })
})

describe('when a file changes', () => {
  const nothing = { problems: [], parsed: [], resolved: [] }

  test('all is looked at once', () => {
    const { problems, parsed, resolved } = new Editor().look()
    assert.deepEqual(problems, [])
    assert.equal(parsed.length, count + 2)
    assert.equal(resolved.length, count + 1)
  })

  test('that is typed in, it is parsed again, and its package resolved again', () => {
    const editor = new Editor()
    editor.look()
    editor.type('package a:main; interface i { use d:p39/i.{t}; }')
    assert.deepEqual(editor.look(), { problems: [], parsed: ['/app/main.wit'], resolved: ['a:main'] })
    editor.diskChanged()
    assert.deepEqual(editor.look(), nothing)
  })

  test('on the disk, what needs it is resolved again, too', () => {
    const editor = new Editor()
    editor.look()
    editor.disk.texts.set('/app/deps/p1/p.wit', 'package d:p1; interface i { type t = string; }')
    editor.diskChanged()
    assert.deepEqual(editor.look(), {
      problems: [],
      parsed: ['/app/deps/p1/p.wit'],
      resolved: ['d:p1', 'd:p2', 'd:p3', 'a:main'],
    })
  })

  test('a file that is new, gone, or called otherwise is seen', () => {
    const editor = new Editor()
    editor.look()
    const { texts } = editor.disk
    texts.set('/app/new.wit', 'interface more {}')
    editor.diskChanged()
    const { problems, parsed } = editor.look()
    assert.deepEqual([problems, parsed], [['duplicate item named `more`'], ['/app/new.wit']])
    texts.delete('/app/more.wit')
    editor.diskChanged()
    assert.deepEqual(editor.look(), { ...nothing, resolved: ['a:main'] })
    texts.set('/app/deps/p0/q.wit', texts.get('/app/deps/p0/p.wit')!)
    texts.delete('/app/deps/p0/p.wit')
    editor.diskChanged()
    assert.deepEqual(editor.look().parsed, ['/app/deps/p0/q.wit'])
    texts.delete('/app/deps/p0/q.wit')
    editor.diskChanged()
    const gone = "package 'd:p0' not found"
    assert.deepEqual(editor.look().problems, [gone, gone])
  })
})
