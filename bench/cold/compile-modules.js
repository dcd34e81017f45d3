// What bare Node takes for a component's core modules: `node compile-modules.js FILE RANGES`, as [[start, end], …].
// Plain JavaScript, so that no type stripping is in the time.
import { readFileSync } from 'node:fs'

const [file, ranges] = process.argv.slice(2)
const bytes = readFileSync(file)
await Promise.all(JSON.parse(ranges).map(([start, end]) => WebAssembly.compile(bytes.subarray(start, end))))
