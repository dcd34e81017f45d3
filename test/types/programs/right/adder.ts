import { Component } from 'tenon'
import type { Adder } from '../types/adder/adder.js'

const component = await Component.load<Adder>('examples/adder/rust/adder.wasm')
using adder = await component.instantiate()
const sum: number = adder.exports.add(1, 2)
const { add } = adder.exports
const later: Promise<number> = adder.async.add(sum, add(3, 4))

using another = await Component.fromBytes<Adder>(Component.precompile(await bytes())).instantiate({})
export const results: unknown[] = [sum, await later, another.exports.add(-1, 1)]

async function bytes(): Promise<Uint8Array> {
  const { readFile } = await import('node:fs/promises')
  return readFile('examples/adder/rust/adder.wasm')
}
