/** Names in forged Plans: what a valid component could not be called, and what is no name but only text. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { literal } from '../../src/abi/literal/literal.ts'
import { readComponentNames } from '../../src/binary/component-name-section.ts'
import { decode } from '../../src/binary/decode.ts'
import { compile } from '../../src/compile/compile.ts'
import type { Plan, PlanImport } from '../../src/compile/plan.ts'
import type { FunctionType } from '../../src/component/extern-type.ts'
import type { ValueType } from '../../src/component/value-type.ts'
import { Component, TenonError } from '../../src/index.ts'
import { type CompiledComponent, encodePlanFile } from '../../src/plan-file/plan-file.ts'
import { validate } from '../../src/validation/index.ts'
import { version } from '../../src/version.ts'
import { assemble } from '../support/assemble.ts'

const bytes = await assemble(`(component
  (type $point (record (field "x" u32) (field "y" u32)))
  (import "point" (type $p (eq $point)))
  (import "log" (func $log (param "at" $p)))
  (core func $lowered (canon lower (func $log)))
  (core module $M
    (import "host" "log" (func $log (param i32 i32)))
    (func (export "f") (param i32 i32) (result i32)
      (call $log (local.get 0) (local.get 1)) (i32.add (local.get 0) (local.get 1))))
  (core instance $m (instantiate $M (with "host" (instance (export "log" (func $lowered))))))
  (func (export "f") (param "at" $p) (result u32) (canon lift (core func $m "f"))))`)
const syntax = decode(bytes)
const good: CompiledComponent = {
  name: readComponentNames(syntax).component,
  type: validate(syntax),
  plan: compile(syntax),
}

const attacks = [
  '"]);globalThis.attacked = 1;//',
  "'+(globalThis.attacked = 1)+'",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is an attack, not a mistake
  '`${globalThis.attacked = 1}`',
  '\n globalThis.attacked = 1 \n',
  '\u2028globalThis.attacked = 1\u2029',
  '*/ globalThis.attacked = 1 /*',
  '\\',
  '__proto__',
  'constructor',
  'prototype',
  '',
  'x'.repeat(100_000),
]

const attacked = (): unknown => (globalThis as { attacked?: unknown }).attacked

for (const attack of attacks) {
  const shown = JSON.stringify(attack.slice(0, 40))
  describe(`the name ${shown}`, () => {
    for (const backEnd of [undefined, literal]) {
      test(`is text where it is only text, ${backEnd ? 'literal' : 'glue'}`, async () => {
        const plan: Plan = {
          ...good.plan,
          signatures: good.plan.signatures.map((signature) => ({ ...signature, name: attack })),
          imports: good.plan.imports.map((one) => relabelled(one, attack)),
        }
        const file = encodePlanFile({ ...good, name: attack, plan }, version, bytes)
        const component = Component.fromBytes(file, backEnd && { backEnd })
        const logged: unknown[] = []
        const { exports, async } = await component.instantiate({
          log: (at: object) => logged.push({ ...at }),
        })
        assert.equal(exports.f({ x: 1, y: 2 }), 3)
        assert.equal(await async.f({ x: 3, y: 4 }), 7)
        assert.deepEqual(logged, [
          { x: 1, y: 2 },
          { x: 3, y: 4 },
        ])
        assert.throws(() => exports.f({ x: 1 }), TypeError)
        assert.equal(attacked(), undefined)
      })
    }

    test('is refused where it would be the name of something', () => {
      const places: Readonly<Record<string, CompiledComponent>> = {
        'a field': renamedFields(attack),
        'an import': {
          ...good,
          plan: { ...good.plan, imports: good.plan.imports.map((one) => ({ ...one, name: attack })) },
        },
        'an export': {
          ...good,
          plan: { ...good.plan, exports: good.plan.exports.map((one) => ({ ...one, name: attack })) },
        },
      }
      for (const [place, forged] of Object.entries(places)) {
        const file = encodePlanFile(forged, version, bytes)
        const refused = (error: unknown): boolean => error instanceof TenonError
        // Labels such as `constructor` are names like any other: then it is the type that says something else.
        assert.throws(() => Component.fromBytes(file).type, refused, place)
      }
      assert.equal(attacked(), undefined)
    })
  })
}

function relabelled(imported: PlanImport, label: string): PlanImport {
  return imported.item.kind === 'function' ? { ...imported, item: { ...imported.item, label } } : imported
}

/** The same Plan with the field `x` of every record called something else. */
function renamedFields(name: string): CompiledComponent {
  const types = new Map<object, object>()
  const value = (type: ValueType): ValueType => {
    if (type.kind !== 'record') return type
    const made = types.get(type) ?? {
      ...type,
      fields: type.fields.map((field, i) => (i === 0 ? { ...field, name } : field)),
    }
    types.set(type, made)
    return made as ValueType
  }
  const fn = (type: FunctionType): FunctionType => {
    const made = types.get(type) ?? {
      ...type,
      parameters: type.parameters.map((one) => ({ ...one, type: value(one.type) })),
    }
    types.set(type, made)
    return made as FunctionType
  }
  const { plan } = good
  const renamed: Plan = {
    ...plan,
    signatures: plan.signatures.map((one) => ({ ...one, type: fn(one.type) })),
    imports: plan.imports.map((one) =>
      one.item.kind === 'function' ? { ...one, item: { ...one.item, type: fn(one.item.type) } } : one,
    ),
    exports: plan.exports.map((one) =>
      one.item.kind === 'function' ? { ...one, item: { ...one.item, type: fn(one.item.type) } } : one,
    ),
  }
  return { ...good, plan: renamed }
}
