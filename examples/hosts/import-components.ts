/**
 * Imports components like modules. Where the calculator gets its imports from stands in `calculator/package.json`:
 * `node --import tenon/register examples/hosts/import-components.ts`.
 */
import adder, { add } from '../adder/rust/adder.wasm'
import { run } from '../calculator/rust/calculator.wasm'

console.log(add(1, 2))
console.log(await adder.async.add(3, 4))
run.run()
