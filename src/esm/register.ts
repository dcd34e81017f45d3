/**
 * `node --import tenon/register app.js`: from then on, a component is imported like any module. The same for Deno, and for Bun
 * with `--preload`.
 *
 * @module
 */
import { registerWithBun } from './bun.ts'
import { type Addresses, begin, load } from './loader.ts'

const addresses: Addresses = {
  loader: import.meta.resolve('tenon/esm/loader'),
  wasi: import.meta.resolve('tenon/esm/wasi'),
}
begin(addresses)

const { register, registerHooks } = process.getBuiltinModule('node:module')

// Bun has a `register` that does nothing. Node before 22.15 has hooks on a thread of their own only.
if (typeof registerHooks === 'function') registerHooks({ load })
else if (!registerWithBun()) register(addresses.loader, { data: addresses })
