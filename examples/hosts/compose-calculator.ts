/** Makes one component of the calculator and the adder that it imports, and runs it. */
import { readFile } from 'node:fs/promises'
import { Component, Linker } from 'tenon'
import { encodeComposition, plug } from 'tenon/compose'
import { wasi } from 'tenon/wasi'

const [provider = new URL('../interfaced-adder/rust/interfaced-adder.wasm', import.meta.url)] =
  process.argv.slice(2)
const calculator = await readFile(new URL('../calculator/rust/calculator.wasm', import.meta.url))
const { composition } = plug({ name: 'examples:calculator', component: calculator }, [
  { name: 'examples:adder', component: await readFile(provider) },
])
const composed = await Component.fromBytes(encodeComposition(composition), { name: 'composed' })
process.exitCode = await new Linker().define(wasi({ stdout: process.stdout })).run(composed)
