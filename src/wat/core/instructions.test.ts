/** Every instruction of the table as text, in a module that has two of everything, with names and without. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { random } from '../../../test/hostile/mutate.ts'
import { sampleImmediates } from '../../../test/support/sample-immediates.ts'
import { writeImmediate } from '../../binary/core/immediates.ts'
import type { Immediate, Instruction } from '../../binary/core/instruction.ts'
import { follows } from '../../binary/core/instruction-reader.ts'
import { instructions } from '../../binary/core/instructions.ts'
import { decodeModule } from '../../binary/core/decode-module.ts'
import { encodeModule } from '../../binary/core/encode-module.ts'
import type { CoreSectionSyntax } from '../../binary/core/module.ts'
import { LayoutWriter } from '../../binary/layout-writer.ts'
import { Source } from '../../diagnostics/source.ts'
import { parseModuleText } from './parse-module.ts'
import { printModule } from './print-module.ts'

const parse = (text: string) => parseModuleText(new Source('test.wat', text))

const named = `(module $m (type $f (func (param i32 i32))) (type $s (struct (field $a i32) (field $b i64)))
  (table $t0 1 funcref) (table $t1 1 funcref) (memory $m0 1) (memory $m1 1) (tag $e0) (tag $e1) (type $none (func))
  (global $g0 i32 i32.const 0) (global $g1 i32 i32.const 0) (elem $el0 func) (elem $el1 func) (data $d0 "") (data $d1 "")
  (func $f0 (type $f) (param $x i32) (param $y i32)) (func $f1 (type $f)))`
const withNames = parse(named)
const withoutNames = encodeModule({
  sections: decodeModule(withNames).sections.filter(({ kind }) => kind !== 'custom'),
})

/** The module with these bytes as the code of its first function. */
function withBody(module: Uint8Array, body: Uint8Array): Uint8Array {
  const sections: CoreSectionSyntax[] = []
  for (const section of decodeModule(module).sections) {
    if (section.kind === 'code') {
      const [first, ...others] = section.items
      const items = [{ ...first!, code: { bytes: body, offset: 0 } }, ...others]
      // Segments are named in bodies, so there must be a count of them.
      sections.push({ kind: 'data count', count: 2 }, { kind: 'code', items })
    } else sections.push(section)
  }
  return encodeModule({ sections })
}

/** A block around it, so that there are two labels; blocks end, and what divides or ends one follows its beginning. */
function bodyOf(instruction: Instruction, values: readonly Immediate[]): Uint8Array {
  const { name, block } = instruction
  const writer = new LayoutWriter(new Map()).byte(0x02).byte(0x40)
  if (block === 'middle' || block === 'end') writer.byte(opener(name)).byte(0x40)
  writeInstruction(writer, instruction, values)
  if (block === 'begin' || block === 'middle') writer.byte(0x0b)
  return writer.byte(0x0b).byte(0x0b).finish()
}

function writeInstruction(
  writer: LayoutWriter,
  { prefix, opcode, immediates }: Instruction,
  values: readonly Immediate[],
): void {
  if (prefix === undefined) writer.byte(opcode)
  else writer.byte(prefix).u32(opcode)
  for (const [i, kind] of immediates.entries()) writeImmediate(writer, kind, values[i])
}

function opener(name: string): number {
  if (name === 'else') return 0x04
  return name === 'end' ? 0x02 : 0x06
}

for (const [what, module] of Object.entries({ withNames, withoutNames })) {
  test(`every instruction becomes text and comes back, in a module ${what}`, () => {
    for (const instruction of instructions()) {
      for (const values of sampleImmediates(instruction)) {
        const bytes = withBody(module, bodyOf(instruction, values))
        const text = printModule(bytes)
        assert.ok(text.includes(instruction.name), text)
        const again = parse(text)
        assert.equal(printModule(again), text)
        assert.deepEqual(again, bytes, text)
      }
    }
  })
}

/** Instructions in any order, blocks within blocks; what they mean is no matter here. */
function randomBody(next: () => number): Uint8Array {
  const writer = new LayoutWriter(new Map())
  const open: string[] = []
  for (let left = next() % 60; left > 0; left--) {
    const instruction = instructions()[next() % instructions().length]!
    const { name, block } = instruction
    if (block === 'middle' || block === 'end') {
      if (open.length === 0 || !follows(name, open.at(-1)!)) continue
      open.pop()
      if (block === 'middle') open.push(name)
    } else if (block === 'begin') open.push(name)
    const values = sampleImmediates(instruction)
    writeInstruction(writer, instruction, values[next() % values.length]!)
  }
  for (let ends = open.length; ends >= 0; ends--) writer.byte(0x0b)
  return writer.finish()
}

test('any instructions in any order become text and come back', () => {
  const next = random(0x7e_40_54)
  for (let i = 0; i < 1000; i++) {
    const bytes = withBody(i % 2 ? withNames : withoutNames, randomBody(next))
    const text = printModule(bytes)
    const again = parse(text)
    // Without a name for a segment in it, the count of segments is in an annotation.
    assert.deepEqual(again, bytes, text)
    assert.equal(printModule(again), text)
  }
})

test('names are used where there are some', () => {
  const body = parse(`${named.slice(0, -1)} (func $body
    local.get 0 call 0 global.get 1 struct.get 1 1 table.get 1 memory.size 1 data.drop 1 elem.drop 0 throw 1 table.init 1 1))`)
  const code = decodeModule(body).sections.find(({ kind }) => kind === 'code')
  assert.ok(code?.kind === 'code')
  const { bytes } = code.items[2]!.code
  const instructionLines = (module: Uint8Array) =>
    /\n {4}(.*)\n {2}\)/s.exec(printModule(withBody(module, bytes)))![1]!.split(/\n\s*/)
  assert.deepEqual(instructionLines(withNames), [
    'local.get $x',
    'call $f0',
    'global.get $g1',
    'struct.get $s $b',
    'table.get $t1',
    'memory.size $m1',
    'data.drop $d1',
    'elem.drop $el0',
    'throw $e1',
    'table.init $t1 $el1',
  ])
  assert.deepEqual(instructionLines(withoutNames), [
    'local.get 0',
    'call 0',
    'global.get 1',
    'struct.get 1 1',
    'table.get 1',
    'memory.size 1',
    'data.drop 1',
    'elem.drop 0',
    'throw 1',
    'table.init 1 1',
  ])
})
