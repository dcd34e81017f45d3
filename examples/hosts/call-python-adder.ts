/** Calls the Python adder: the same world as the Rust one, and a Python interpreter inside, which imports WASI. */
import { Component } from 'tenon'
import { wasi } from 'tenon/wasi'

const component = await Component.load(new URL('../adder/python/build/adder.wasm', import.meta.url))
const adder = await component.instantiate(wasi())

console.log(adder.exports.add(1, 2))
