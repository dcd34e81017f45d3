/** Calls the Rust adder, synchronously and asynchronously. */
import { Component } from 'tenon'

const component = await Component.load(new URL('../adder/rust/adder.wasm', import.meta.url))
const adder = await component.instantiate()

console.log(adder.exports.add(1, 2))
console.log(await adder.async.add(1, 2))
