/**
 * Calls a function whose types are not known beforehand: they are read from the component, and its arguments by them.
 * `node examples/hosts/dynamic-call.ts [file.wasm function arguments…]`, the arguments as WAVE text.
 */
import { Component } from 'tenon'
import { wasi } from 'tenon/wasi'
import { parseValue, printValue } from 'tenon/wave'

const adder = new URL('../adder/rust/adder.wasm', import.meta.url)
const [file = adder, name = 'add', ...given] = process.argv.slice(2)
const texts = given.length ? given : ['1', '2']

const component = await Component.load(file)
const type = component.exports.find((item) => item.name === name)?.type
if (type?.kind !== 'function')
  throw new Error(`no function ${name}; exports: ${component.exports.join(', ')}`)
for (const parameter of type.parameters) console.log(`parameter ${parameter.name}: ${parameter.type}`)
console.log(`result: ${type.result ?? 'none'}`)

const instance = await component.instantiate(wasi(), { trapUnknown: true })
const args = type.parameters.map((parameter, i) => parseValue(texts[i] ?? '', parameter.type))
const result: unknown = instance.exports[name](...args)
console.log(`${name}(${texts.join(', ')}) = ${type.result ? printValue(result, type.result) : 'nothing'}`)
