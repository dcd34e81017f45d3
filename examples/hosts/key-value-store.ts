/** Gives a guest the database it imports: a resource as a class, a function as a function. */
import { Component } from 'tenon'
import { wasi } from 'tenon/wasi'

const rows = new Map<string, string>()

class Connection {
  get(key: string): string | undefined {
    return rows.get(key)
  }
  set(key: string, value: string): void {
    rows.set(key, value)
  }
  remove(key: string): string | undefined {
    const value = rows.get(key)
    rows.delete(key)
    return value
  }
  clear(): void {
    rows.clear()
  }
}

const component = await Component.load(new URL('../kv-store/rust/kv-store.wasm', import.meta.url))
const store = await component.instantiate({
  ...wasi({ stdout: process.stdout }),
  'tenon-examples:kv-store/kvdb': { Connection },
  log: (msg: string) => console.log(`log: ${msg}`),
})

console.log(store.exports.replaceValue('greeting', 'hello') ?? 'none')
console.log(store.exports.replaceValue('greeting', 'good morning') ?? 'none')
