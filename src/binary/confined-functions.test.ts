import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { sampleImmediates } from '../../test/support/sample-immediates.ts'
import { limits } from '../component/limits.ts'
import { ConfinedFunctions } from './confined-functions.ts'
import { decodeModule } from './core/decode-module.ts'
import { encodeModule } from './core/encode-module.ts'
import { writeImmediate } from './core/immediates.ts'
import { instructionNames, instructions } from './core/instructions.ts'
import { LayoutWriter } from './layout-writer.ts'

const head = `
  (type $none (func)) (type $k (cont $none))
  (import "" "out" (func $out)) (import "" "memory" (memory 1))
  (table $t 1 funcref) (tag $tag) (elem declare func $out $leaf)
  (func $leaf) (func $calls-leaf call $leaf) (func $calls-out call $leaf call $out)`

async function isConfined(fields: string, name = 'f'): Promise<boolean> {
  return new ConfinedFunctions(await assemble(`(module ${head} ${fields})`)).has(name)
}

describe('a function is confined', () => {
  const confined: [what: string, body: string][] = [
    ['that calls nothing', 'nop'],
    ['that calls functions of its module, and those others', 'call $calls-leaf'],
    ['that calls itself', 'call $f'],
    ['that ends in a call', 'return_call $calls-leaf'],
    ['that names an import and does not call it', 'ref.func $out drop'],
    ['that grows a memory', 'i32.const 1 memory.grow drop'],
    ['that changes a table', 'i32.const 0 ref.func $out table.set $t'],
    ['that traps', 'unreachable'],
  ]
  for (const [what, body] of confined) {
    test(what, async () => {
      assert.equal(await isConfined(`(func $f (export "f") ${body})`), true)
    })
  }

  test('also where two call each other', async () => {
    assert.equal(await isConfined('(func $f (export "f") call $g) (func $g call $f call $leaf)'), true)
  })
})

describe('a function is not confined', () => {
  const others: [what: string, body: string][] = [
    ['that calls an import', 'call $out'],
    ['that calls one which does', 'call $leaf call $calls-out'],
    ['that ends in a call of an import', 'return_call $out'],
    ['that calls what a table holds', 'i32.const 0 call_indirect (type $none)'],
    ['that ends so', 'i32.const 0 return_call_indirect (type $none)'],
    ['that calls a reference, whatever it is', 'ref.func $leaf call_ref $none'],
    ['that ends so', 'ref.func $leaf return_call_ref $none'],
    ['that throws', 'throw $tag'],
    ['that throws again', '(try (do) (catch_all rethrow 0))'],
    [
      'that throws what it caught',
      '(block $c (result exnref) (try_table (catch_all_ref $c)) unreachable) throw_ref',
    ],
    ['that suspends itself', 'suspend $tag'],
    ['that resumes another', 'ref.func $leaf cont.new $k resume $k'],
    ['where the call is in a block', '(block (if (i32.const 0) (then call $out)))'],
  ]
  for (const [what, body] of others) {
    test(`${what}: ${body}`, async () => {
      assert.equal(await isConfined(`(func $f (export "f") ${body})`), false)
    })
  }

  test('whose type is defined in a group with others: it is no plain function', async () => {
    for (const [group, expected] of [
      ['(rec (type $f (func)) (type (struct)))', false],
      ['(rec (type (struct)) (type $f (func)))', false],
      ['(rec (type $f (func)))', true],
      ['(rec (type (struct)) (type (struct))) (type $f (func (param i32)))', true],
    ] as const) {
      assert.equal(await isConfined(`${group} (func (export "f") (type $f))`), expected, group)
    }
  })

  test('that is an import, exported again', async () => {
    assert.equal(await isConfined('(export "f" (func $out))'), false)
  })

  test('that is not there, or no function', async () => {
    assert.equal(await isConfined('(memory (export "f") 1)'), false)
    assert.equal(await isConfined('(func (export "g"))'), false)
  })

  test('that takes too long to read', async () => {
    const code = (bytes: number): string => `(func $f (export "f") ${'nop '.repeat(bytes)})`
    assert.equal(await isConfined(code(limits.confinedCode - 2)), true)
    assert.equal(await isConfined(code(limits.confinedCode - 1)), false)
    const half = limits.confinedCode / 2
    assert.equal(
      await isConfined(`(func (export "f") call $g ${'nop '.repeat(half)}) (func $g ${'nop '.repeat(half)})`),
      false,
    )
  })

  test('that calls a function that is not there: whoever reads it need not know that the module is valid', async () => {
    assert.equal(await isConfined('(func (export "f") call 100)'), false)
  })
})

test('what cannot be read is not confined', async () => {
  const bytes = await assemble('(module (func (export "f") i32.const 1 drop))')
  for (let end = 0; end < bytes.length; end++) {
    assert.equal(new ConfinedFunctions(bytes.subarray(0, end)).has('f'), false)
  }
  for (let at = 8; at < bytes.length; at++) {
    const changed = bytes.slice()
    changed[at] = 0xff
    assert.equal(typeof new ConfinedFunctions(changed).has('f'), 'boolean')
  }
  // A table of labels that is longer than the function: it takes no time to find out.
  const labels = bytes.slice()
  labels.set([0x0e, 0xff, 0xff, 0xff], bytes.length - 4)
  assert.equal(new ConfinedFunctions(labels).has('f'), false)
  // An opcode that nobody knows.
  const opcode = bytes.slice()
  opcode[bytes.length - 4] = 0x27
  assert.equal(new ConfinedFunctions(opcode).has('f'), false)
})

test('an answer for one export does not change that for another', async () => {
  const functions = new ConfinedFunctions(
    await assemble(`(module ${head}
      (func $both call $leaf call $out) (func (export "a") call $leaf) (func (export "b") call $both)
      (func (export "c") call $leaf call $both))`),
  )
  for (let round = 0; round < 2; round++) {
    assert.deepEqual(
      ['b', 'a', 'c'].map((name) => functions.has(name)),
      [false, true, false],
    )
  }
})

test('no instruction calls that is not known to', () => {
  const calling = [...instructionNames()].filter((name) => /call|resume|suspend|switch|spawn/.test(name))
  assert.deepEqual(calling.sort(), [
    'call',
    'call_indirect',
    'call_ref',
    'resume',
    'resume_throw',
    'resume_throw_ref',
    'return_call',
    'return_call_indirect',
    'return_call_ref',
    'suspend',
    'switch',
  ])
})

test('behind any instruction, with any immediates, the next one is found', async () => {
  const module = decodeModule(await assemble('(module (import "" "out" (func)) (func (export "f")) (func))'))
  const withCode = (code: Uint8Array): Uint8Array =>
    encodeModule({
      sections: module.sections.map((section) =>
        section.kind === 'code'
          ? {
              ...section,
              items: [{ locals: [], code: { bytes: code, offset: 0 }, offset: 0 }, section.items[1]!],
            }
          : section,
      ),
    })
  const [outside, inside] = [0, 2]
  let tried = 0
  for (const instruction of instructions()) {
    const { name, prefix, opcode, immediates } = instruction
    if (/call|throw|resume|suspend|switch/.test(name)) continue
    for (const values of sampleImmediates(instruction)) {
      const code = (callee: number): Uint8Array => {
        const writer = new LayoutWriter(new Map())
        if (prefix === undefined) writer.byte(opcode)
        else writer.byte(prefix).u32(opcode)
        for (const [i, kind] of immediates.entries()) writeImmediate(writer, kind, values[i])
        return writer.byte(0x10).u32(callee).byte(0x0b).finish()
      }
      assert.equal(new ConfinedFunctions(withCode(code(outside))).has('f'), false, name)
      assert.equal(new ConfinedFunctions(withCode(code(inside))).has('f'), true, name)
      tried++
    }
  }
  assert.ok(tried > instructions().length)
})
