/** Makes one component of a command, the key-value store that it imports, and the database that the store imports. */
import { readFile } from 'node:fs/promises'
import { Component, Linker } from 'tenon'
import { encodeComposition, type Part, plug } from 'tenon/compose'
import { wasi } from 'tenon/wasi'

async function part(name: string): Promise<Part> {
  return {
    name: `examples:${name}`,
    component: await readFile(new URL(`../${name}/rust/${name}.wasm`, import.meta.url)),
  }
}

const plugs = [await part('kv-store'), await part('kv-database')]
const { composition } = plug(await part('kv-command'), plugs)
const composed = await Component.fromBytes(encodeComposition(composition), { name: 'composed' })
process.exitCode = await new Linker().define(wasi({ stdout: process.stdout })).run(composed)
