/** What a component exports. Where something must be refused, the line says with which error. */
import { Component, type Instance, Linker } from 'tenon'
import { wasi } from 'tenon/wasi'
import type { Adder } from '../types/adder/adder.js'
import type { App, AppExports } from '../types/resources/app.js'
import type { EveryTypeExports } from '../types/values/every-type.js'
import type { KvStore } from '../types/kv-store/kv-store.js'

export async function adder(): Promise<void> {
  const component = await Component.load<Adder>('adder.wasm')
  const { exports, async: promises } = await component.instantiate()
  exports.ad(1, 2) //~ TS2339
  exports.add(1) //~ TS2554
  exports.add(1, 2, 3) //~ TS2554
  exports.add(1, '2') //~ TS2345
  exports.add(1, 2n) //~ TS2345
  exports.add = () => 1 //~ TS2540
  const text: string = exports.add(1, 2) //~ TS2322
  const now: number = promises.add(1, 2) //~ TS2322
  // A world is no interface of functions.
  await Component.load<{ add(): void }>('adder.wasm') //~ TS2739
  const other: Component<KvStore> = component //~ TS2375
  void [text, now, other]
}

export async function linked(component: Component<KvStore>): Promise<void> {
  const instance = await new Linker().define(wasi()).instantiate(component)
  instance.exports.replaceValue('key') //~ TS2554
  instance.exports.replace_value('key', 'value') //~ TS2551
  await instance.async.replaceValue(1, 'value') //~ TS2345
}

export function values({ values }: EveryTypeExports): void {
  values.ofBool(1) //~ TS2345
  values.ofSize(1) //~ TS2345
  values.ofF32('1') //~ TS2345
  values.ofString(new String('a')) //~ TS2345
  values.ofBytes([1]) //~ TS2345
  values.ofList(['1']) //~ TS2322
  values.ofLongs([1]) //~ TS2322
  values.ofLongs(new Uint8Array(1)) //~ TS2345
  values.ofStrings('text') //~ TS2345
  values.ofPerson({ name: 'Ada' }) //~ TS2741
  values.ofPerson({ name: 'Ada', tags: [], agee: 1 }) //~ TS2561
  values.ofPerson({ name: 'Ada', tags: [], 'home-page': '' }) //~ TS2353
  values.ofPerson({ name: 'Ada', tags: [], age: null }) //~ TS2322
  values.ofPeople({ name: 'Ada', tags: [] }) //~ TS2353
  values.ofShape('nothing') //~ TS2345
  values.ofShape({ tag: 'circle' }) //~ TS2345
  values.ofShape({ tag: 'circle', val: '1' }) //~ TS2345
  values.ofShape({ tag: 'nothing', val: 1 }) //~ TS2345
  values.ofShape({ tag: 'square', val: 1 }) //~ TS2322
  values.ofColor('green') //~ TS2345
  values.ofColor('darkBlue') //~ TS2345
  values.ofPermissions({ execute: true }) //~ TS2353
  values.ofPermissions({ read: 1 }) //~ TS2322
  values.ofTuple(['a', 1n]) //~ TS2345
  values.ofTuple(['a', 1, true]) //~ TS2322
  values.ofOption(null) //~ TS2345
  values.ofNested(1) //~ TS2345
  values.ofNested(undefined) //~ TS2345
  values.ofOutcome([{ tag: 'error', val: 'no' }]) //~ TS2345
  values.ofMap({ a: 1 }) //~ TS2353
  values.ofMap(new Map([[1, 'a']])) //~ TS2345
  values.ofStream('text') //~ TS2345
  values.ofStream([['1']]) //~ TS2345
  values.ofFuture('now') //~ TS2345
  values.optional() //~ TS2554
  values.getNothing(1) //~ TS2554
  values['of-Bool'](true) //~ TS2551
  const nothing: number = values.getNothing() //~ TS2322
  const shape = values.ofShape({ tag: 'nothing' })
  shape.val.toFixed() //~ TS18048 TS2339
  values.ofMap([])['a'] //~ TS7052
  const later: string = values.later('a') //~ TS2322
  void [nothing, later]
}

export function resources({ blobs, start }: AppExports, instance: Instance<App['exports']>): void {
  const blob = new blobs.Blob([1])
  new blobs.Blob() //~ TS2554
  new blobs.Blob('text') //~ TS2345
  new blobs.Token() //~ TS2673
  blobs.Blob([1]) //~ TS2348
  blob.red(1) //~ TS2551
  blob.read('1') //~ TS2345
  blob.name() //~ TS2551
  // A handle of another resource, and what only looks like one.
  blobs.redeem(blob) //~ TS2345
  blobs.redeem({ async: {} as never, [Symbol.dispose]() {} }) //~ TS2741
  blobs.Blob.merge(blob) //~ TS2554
  blobs.Blob.merge(blob, blobs.issue()) //~ TS2345
  start([], blob) //~ TS2741
  // A handle is no promise, and a promise is no handle.
  blob.async.read(1).byteLength //~ TS2339
  new instance.async.blobs.Blob([1]).read(1) //~ TS2339
  instance.async.blobs.issue()[Symbol.dispose]() //~ TS7053
}
