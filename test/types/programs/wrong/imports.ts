/** What a host gives. Where something must be refused, the line says with which error. */
import type { Component } from 'tenon'
import { wasi } from 'tenon/wasi'
import type { App } from '../types/resources/app.js'
import type { KvStore } from '../types/kv-store/kv-store.js'
import type { Calculator } from '../types/calculator/calculator.js'
import type { EveryType } from '../types/values/every-type.js'

class Connection {
  get(key: string): string | undefined {
    return key
  }
  set(): void {}
  remove(): undefined {}
  clear(): void {}
}
const kvdb = { Connection }
const log = (_: string): void => {}

export async function kvStore(component: Component<KvStore>): Promise<void> {
  // Nothing at all.
  await component.instantiate() //~ TS2741
  // One thing is missing, then another.
  await component.instantiate({ ...wasi(), log }) //~ TS2345
  await component.instantiate({ ...wasi(), 'tenon-examples:kv-store/kvdb': kvdb }) //~ TS2345
  // WASI is missing.
  await component.instantiate({ 'tenon-examples:kv-store/kvdb': kvdb, log }) //~ TS2345
  // Names misspelt: of a function, an interface, a class in an interface.
  await component.instantiate({ ...wasi(), 'tenon-examples:kv-store/kvdb': kvdb, lgo: log }) //~ TS2345
  await component.instantiate({ ...wasi(), 'tenon-examples:kv-store/kvbd': kvdb, log }) //~ TS2345
  await component.instantiate({ ...wasi(), 'tenon-examples:kv-store/kvdb': { Conection: Connection }, log }) //~ TS2561
  // Of the wrong type: a function, its parameter, an interface, a class.
  await component.instantiate({ ...wasi(), 'tenon-examples:kv-store/kvdb': kvdb, log: 'log' }) //~ TS2322
  await component.instantiate({ ...wasi(), 'tenon-examples:kv-store/kvdb': kvdb, log: (n: number) => {} }) //~ TS2322
  await component.instantiate({ ...wasi(), 'tenon-examples:kv-store/kvdb': Connection, log }) //~ TS2741
  await component.instantiate({ ...wasi(), 'tenon-examples:kv-store/kvdb': { Connection: new Connection() }, log }) //~ TS2741
  // Also where missing ones would trap.
  await component.instantiate({ log: 1 }, { trapUnknown: true }) //~ TS2769
}

export async function calculator(component: Component<Calculator>): Promise<void> {
  // Another interface of WASI's name, and one of Tenon's that has another version.
  await component.instantiate({ ...wasi(), 'tenon-examples:interfaced-adder/add': { add: (a: string) => 1 } }) //~ TS2322
  await component.instantiate({ ...wasi(), 'tenon-examples:interfaced-adder/add': { add: () => '1' } }) //~ TS2322
}

export async function versions(component: Component<{ imports: { 'a:b/c@0.2.1': { f(): number } }; exports: object }>) {
  await component.instantiate({ 'a:b/c@0.3.0': { f: () => 1 } }) //~ TS2345
  await component.instantiate({ 'a:b/c@0.2.9': { f: () => '1' } }) //~ TS2322
  await component.instantiate({ 'a:b/c': { f: () => '1' } }) //~ TS2322
}

export async function every(component: Component<EveryType>): Promise<void> {
  const right = {
    receive: () => ({ tag: 'nothing' }) as const,
    pick: () => undefined,
    fail: () => 1,
    waitFor: (value: string) => value,
    open: () => [1],
    done: () => {},
  }
  await component.instantiate({ host: right })
  // A variant's case that there is not, one without its payload, one with another's.
  await component.instantiate({ host: { ...right, receive: () => ({ tag: 'square' }) as const } }) //~ TS2322
  await component.instantiate({ host: { ...right, receive: () => ({ tag: 'circle' }) as const } }) //~ TS2322
  await component.instantiate({ host: { ...right, receive: () => ({ tag: 'circle', val: '1' }) as const } }) //~ TS2322
  // A case of another enum, null for undefined, a promise of something else.
  await component.instantiate({ host: { ...right, pick: () => 'green' as const } }) //~ TS2322
  await component.instantiate({ host: { ...right, pick: () => null } }) //~ TS2322
  await component.instantiate({ host: { ...right, waitFor: async () => 1 } }) //~ TS2322
  // A list of numbers where a stream of them is meant is one; text is none.
  await component.instantiate({ host: { ...right, open: () => 'text' } }) //~ TS2322
  // A result is returned or thrown, it is no object.
  await component.instantiate({ host: { ...right, fail: () => ({ tag: 'ok', val: 1 }) } }) //~ TS2322
}

export async function app(component: Component<App>): Promise<void> {
  class Sink {
    constructor(readonly prefix: string) {}
    static level() { return true }
    putLine(text: string) { return text.length }
  }
  class Clock {
    now() { return 0n }
  }
  const right = { Sink, Clock, defaultSink: () => new Sink(''), useClock: () => true }
  const rest = { now: () => 1n, fetchText: () => '' }
  await component.instantiate({ 'test:resources/sinks@1.2.3': right, ...rest })
  class WithoutStatic {
    constructor(readonly prefix: string) {}
    putLine() { return 1 }
  }
  class WithoutMethod {
    static level() { return true }
  }
  class OtherParameter {
    constructor(readonly prefix: number) {}
    static level() { return true }
    putLine() { return 1 }
  }
  await component.instantiate({ 'test:resources/sinks@1.2.3': { ...right, Sink: WithoutStatic }, ...rest }) //~ TS2741
  await component.instantiate({ 'test:resources/sinks@1.2.3': { ...right, Sink: WithoutMethod }, ...rest }) //~ TS2322
  await component.instantiate({ 'test:resources/sinks@1.2.3': { ...right, Sink: OtherParameter }, ...rest }) //~ TS2322
  // Objects that are none of the class.
  await component.instantiate({ 'test:resources/sinks@1.2.3': { ...right, defaultSink: () => ({}) }, ...rest }) //~ TS2322
  // u64 is a bigint.
  await component.instantiate({ 'test:resources/sinks@1.2.3': right, ...rest, now: () => 1 }) //~ TS2322
  await component.instantiate({ 'test:resources/sinks@1.2.3': right, ...rest, now: Date.now }) //~ TS2322
}
