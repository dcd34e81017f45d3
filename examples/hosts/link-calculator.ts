/**
 * Runs a command that imports an interface, which another component's instance satisfies at run time:
 * `node examples/hosts/link-calculator.ts [provider.wasm]`.
 */
import { Component, Linker } from 'tenon'
import { wasi } from 'tenon/wasi'

const [file = new URL('../interfaced-adder/rust/interfaced-adder.wasm', import.meta.url)] =
  process.argv.slice(2)
const provider = await (await Component.load(file)).instantiate(wasi())

const linker = new Linker()
  .define(wasi({ args: ['calculator'], stdout: process.stdout }))
  .define({ 'tenon-examples:interfaced-adder/add': provider.exports.add })

process.exitCode = await linker.run(
  await Component.load(new URL('../calculator/rust/calculator.wasm', import.meta.url)),
)
