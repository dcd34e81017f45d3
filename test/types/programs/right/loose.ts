/** Without a type for its world, a component is as loose as JavaScript. */
import { type AnyWorld, Component, type Exports, type Instance, Linker, type World } from 'tenon'
import { wasi } from 'tenon/wasi'

const component = await Component.load('examples/adder/rust/adder.wasm')
using one = await component.instantiate()
using two = await component.instantiate({ anything: 1, log(_message: string) {} })
using three = await component.instantiate({ ...wasi(), more: class {} }, { trapUnknown: true })
const named: Record<string, unknown> = { ...wasi() }
using four: Instance<Exports> = await component.instantiate(named)

// Exports can be given a type alone.
using typed = await component.instantiate<{ readonly add: (a: number, b: number) => number }>()
using typedToo = await new Linker().instantiate<{ add(a: number, b: number): number }>(component)

/** Takes whatever world there is. */
function nameOf<W extends World>(of: Component<W>): string {
  return of.exports.map(({ name }) => name).join()
}
const any: Component<AnyWorld> = component

/** What is given may have any type. */
interface Given {
  log(message: string): void
}
const given: Given = { log() {} }
using five = await component.instantiate(given)
using six = await new Linker().define(given).instantiate(component)

export const results: unknown[] = [
  one.exports.add(1, 2),
  await two.async.add(1, 2),
  three.exports['add'](1, 2),
  four.exports.add(1, 2),
  typed.exports.add(1, 2),
  await typedToo.async.add(1, 2),
  nameOf(any),
  five.exports.add(1, 2) + six.exports.add(1, 2),
]
