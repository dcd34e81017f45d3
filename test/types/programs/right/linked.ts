import { Component, Linker } from 'tenon'
import { wasi } from 'tenon/wasi'
import type { InterfacedAdder } from '../types/interfaced-adder/interfaced-adder.js'
import type { Calculator } from '../types/calculator/calculator.js'

const adder = await Component.load<InterfacedAdder>('examples/interfaced-adder/rust/interfaced-adder.wasm')
using provider = await adder.instantiate()

// Under its short name, its full one, or as a part of the whole.
const { add } = provider.exports
const sums = [
  add.add(1, 2),
  provider.exports['tenon-examples:interfaced-adder/add'].add(3, 4),
  await provider.async.add.add(5, 6),
]

// What one component exports is what another one imports.
const calculator = await Component.load<Calculator>('examples/calculator/rust/calculator.wasm')
const imports = { ...wasi({ args: ['calculator'] }), 'tenon-examples:interfaced-adder/add': add }
using command = await calculator.instantiate(imports)
command.exports.run.run()
const exitCode: number = await new Linker().define(imports).run(calculator)

export const results: unknown[] = [...sums, exitCode]
