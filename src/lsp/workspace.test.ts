import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Files } from './files.ts'
import type { Texts } from './texts.ts'
import { Workspace } from './workspace.ts'

const count = 40

/** A package that needs those of `count` folders, which need each other in lines of four. */
class Disk implements Files {
  readonly texts = new Map<string, string>()

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
    return text === undefined ? undefined : new TextEncoder().encode(text)
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
    this.#workspace.open('file:///app/main.wit', this.disk.texts.get('/app/main.wit')!)
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
