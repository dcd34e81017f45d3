import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

/** The checked-in components, in the order of the start screen. */
const examples: readonly (readonly [folder: string, about: string])[] = [
  ['calculator', 'A command: wants an adder, prints result: 3'],
  ['interfaced-adder', 'What the calculator wants'],
  ['kv-command', 'A command: writes into a key-value store'],
  ['kv-store', 'The store: wants a database and a log'],
  ['kv-database', 'A database in memory, and a log'],
  ['adder', 'Exports one function, add'],
]

/** `examples/` beside the page, with a list; and an empty list of the files that `tenon studio` was given. */
export function exampleComponents(): Plugin {
  return {
    name: 'example-components',
    apply: 'build',
    generateBundle() {
      const list = examples.map(([name, about]) => {
        const source = readFileSync(new URL(`../../examples/${name}/rust/${name}.wasm`, import.meta.url))
        const file = `${name}.wasm`
        this.emitFile({ type: 'asset', fileName: `examples/${file}`, source })
        const sha256 = createHash('sha256').update(source).digest('hex')
        return { name, file, size: source.length, about, sha256 }
      })
      this.emitFile({ type: 'asset', fileName: 'examples/index.json', source: JSON.stringify(list) })
      this.emitFile({ type: 'asset', fileName: 'files/index.json', source: '[]' })
    },
  }
}
