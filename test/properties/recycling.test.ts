/**
 * Instances that are made, used, disposed, trapped and suspended in any order, with memories of one kind: each sees what
 * it wrote itself, and nothing else. `TENON_RUNS=5000` makes it thorough.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from '../support/fast-check.ts'
import type { Component, Instance } from '../../src/index.ts'
import { canSuspend } from '../../src/runtime/switch.ts'
import { thrownBy } from '../support/is-typed.ts'
import { eachBackEnd } from '../support/load-component.ts'

const numRuns = Number(process.env.TENON_RUNS ?? 100)

const guest = `
  (import "ask" (func $ask))
  (core func $ask (canon lower (func $ask)))
  (core module $M
    (import "" "ask" (func $ask))
    (memory 1 23)
    (data (i32.const 0) "\\01")
    (func (export "write") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
    (func (export "wait") (param i32 i32) (call $ask) (i32.store (local.get 0) (local.get 1)))
    (func (export "read") (param i32) (result i32) (i32.load (local.get 0)))
    (func (export "grow") (drop (memory.grow (i32.const 1))))
    (func (export "trap") unreachable)
    ;; How many words are not 0.
    (func (export "used") (result i32) (local $at i32) (local $n i32)
      (loop $l
        (local.set $n (i32.add (local.get $n) (i32.ne (i32.load (local.get $at)) (i32.const 0))))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br_if $l (i32.lt_u (local.get $at) (i32.mul (memory.size) (i32.const 65536)))))
      (local.get $n)))
  (core instance $m (instantiate $M (with "" (instance (export "ask" (func $ask))))))
  (func (export "write") (param "at" u32) (param "value" u32) (canon lift (core func $m "write")))
  (func (export "wait") (param "at" u32) (param "value" u32) (canon lift (core func $m "wait")))
  (func (export "read") (param "at" u32) (result u32) (canon lift (core func $m "read")))
  (func (export "grow") (canon lift (core func $m "grow")))
  (func (export "trap") (canon lift (core func $m "trap")))
  (func (export "used") (result u32) (canon lift (core func $m "used")))`

const acts = [
  'make',
  'write',
  'look',
  'grow',
  'trap',
  'dispose',
  'suspend',
  'resume',
  'use a disposed one',
] as const

const steps = fc.array(
  fc.record({
    act: fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom('make', 'write', 'dispose') },
      { weight: 1, arbitrary: fc.constantFrom(...acts) },
    ),
    /** Which of the instances that there are. */
    who: fc.nat(1000),
    at: fc.nat(16_383).map((word) => 4 * word),
    value: fc.integer({ min: 1, max: 0xffff_ffff }),
  }),
  { minLength: 5, maxLength: 60 },
)

/** An instance, and what its memory must hold. */
class Tenant {
  readonly instance: Instance
  readonly words = new Map([[0, 1]])
  readonly #gate: { open: () => void }
  #call: Promise<unknown> | undefined
  /** What the suspended call is going to write. */
  #pending: readonly [at: number, value: number] | undefined

  private constructor(instance: Instance, gate: { open: () => void }) {
    this.instance = instance
    this.#gate = gate
  }

  static async make(component: Component): Promise<Tenant> {
    const gate = { open: () => {} }
    const ask = (): Promise<void> => {
      const { promise, resolve } = Promise.withResolvers<void>()
      gate.open = resolve
      return promise
    }
    return new Tenant(await component.instantiate({ ask }), gate)
  }

  get suspended(): boolean {
    return this.#call !== undefined
  }

  write(at: number, value: number): void {
    this.instance.exports.write(at, value)
    this.words.set(at, value)
  }

  suspend(at: number, value: number): void {
    this.#call = this.instance.async.wait(at, value).catch((error: unknown) => error)
    this.#pending = [at, value]
  }

  /** Lets the call go on. If the instance was disposed under it, it writes nothing to anybody's memory. */
  async resume(): Promise<void> {
    this.#gate.open()
    await this.#call
    this.#call = undefined
    if (!this.instance.disposed) this.words.set(...this.#pending!)
  }

  check(): void {
    const { exports } = this.instance
    assert.equal(exports.used(), this.words.size)
    for (const [at, value] of this.words) assert.equal(exports.read(at), value)
  }
}

async function live(component: Component, sequence: typeof steps extends fc.Arbitrary<infer S> ? S : never) {
  const tenants: Tenant[] = []
  const gone: Tenant[] = []
  const end = (tenant: Tenant): void => {
    tenants.splice(tenants.indexOf(tenant), 1)
    gone.push(tenant)
    tenant.instance.dispose()
  }
  for (const { act, who, at, value } of sequence) {
    const tenant = tenants[who % (tenants.length || 1)]
    const idle = tenant && !tenant.suspended
    if (act === 'make' || !tenant) tenants.push(await Tenant.make(component))
    else if (act === 'dispose') end(tenant)
    else if (act === 'resume') await (tenant.suspended ? tenant : gone.find((one) => one.suspended))?.resume()
    else if (act === 'use a disposed one' && gone.length > 0) {
      const { exports } = gone[who % gone.length]!.instance
      assert.equal((await thrownBy(() => exports.write(at, value))).code, 'instance-disposed')
    } else if (!idle) continue
    else if (act === 'write') tenant.write(at, value)
    else if (act === 'look') tenant.check()
    else if (act === 'grow') tenant.instance.exports.grow()
    else if (act === 'suspend' && canSuspend) tenant.suspend(at, value)
    else if (act === 'trap') {
      await thrownBy(() => tenant.instance.exports.trap())
      end(tenant)
    }
  }
  for (const tenant of gone) if (tenant.suspended) await tenant.resume()
  for (const tenant of tenants) {
    if (tenant.suspended) await tenant.resume()
    tenant.check()
    tenant.instance.dispose()
  }
}

eachBackEnd('in any order', (load) => {
  test('each instance sees its own memory', async () => {
    const component = await load(guest)
    await fc.assert(
      fc.asyncProperty(steps, (sequence) => live(component, sequence)),
      { numRuns },
    )
  })
})
