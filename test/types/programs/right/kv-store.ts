import { Component, Linker } from 'tenon'
import { wasi } from 'tenon/wasi'
import type { KvStore, KvStoreImports, TenonExamplesKvStoreKvdb } from '../types/kv-store/kv-store.js'

const lines: string[] = []

/** More than what is asked for, and one method asynchronous. */
class Connection {
  readonly #rows = new Map<string, string>()
  get size(): number {
    return this.#rows.size
  }
  get(key: string): string | undefined {
    return this.#rows.get(key)
  }
  async set(key: string, value: string): Promise<void> {
    await null
    this.#rows.set(key, value)
  }
  remove(): undefined {}
  clear(): void {}
}

const component = await Component.load<KvStore>('examples/kv-store/rust/kv-store.wasm')

// What is given is known: `msg` is a string.
using store = await component.instantiate({
  ...wasi(),
  'tenon-examples:kv-store/kvdb': { Connection },
  log: (msg) => {
    lines.push(msg.toUpperCase())
  },
})
const before: string | undefined = await store.async.replaceValue('greeting', 'hello')

// The pieces have types of their own.
const kvdb: TenonExamplesKvStoreKvdb.Kvdb = {
  Connection: class implements TenonExamplesKvStoreKvdb.Connection {
    get(): string {
      return 'always'
    }
    set(): void {}
    remove(): undefined {}
    clear(): void {}
    [Symbol.dispose](): void {}
  },
}
const log: KvStoreImports['log'] = () => {}
const given = { ...wasi(), 'tenon-examples:kv-store/kvdb': kvdb, log }
using again = await component.instantiate(given)

// Missing imports trap, what is given is checked all the same.
using partial = await component.instantiate({ ...wasi(), log }, { trapUnknown: true, name: 'partial' })

// A linker collects what it does not know; the instance is as well known as before.
const linker = new Linker().define(wasi()).define('tenon-examples:kv-store/kvdb', kvdb).define({ log })
using linked = await linker.instantiate(component)

export const results: unknown[] = [
  before,
  again.exports.replaceValue('greeting', 'hello'),
  again.exports['replace-value']('greeting', 'hello'),
  partial.disposed,
  linked.exports.replaceValue('a', 'b')?.length,
  lines,
]
