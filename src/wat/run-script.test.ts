import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FunctionType } from '../component/extern-type.ts'
import type { ValueType } from '../component/value-type.ts'
import { Source } from '../diagnostics/source.ts'
import { ComponentError, DecodeError, LinkError, Trap, ValidationError } from '../errors.ts'
import { type Embedding, type ExportedFunction, runScript } from './run-script.ts'
import { parseScript } from './script.ts'

const u32: ValueType = { kind: 'u32' }

function exported(
  call: ExportedFunction['call'],
  result?: ValueType,
  ...parameters: ValueType[]
): ExportedFunction {
  const type: FunctionType = {
    kind: 'function',
    async: false,
    parameters: parameters.map((type, index) => ({ name: `p${index}`, type })),
    result,
  }
  return { type, call }
}

const functions: Record<string, ExportedFunction> = {
  one: exported(() => 1, u32),
  soon: exported(async () => 1, u32),
  nothing: exported(() => undefined),
  double: exported((n) => (n as number) * 2, u32, u32),
  'fail-or': exported(
    (n) => {
      if (n === 0) throw new ComponentError('zero')
      return n
    },
    { kind: 'result', ok: u32, error: { kind: 'string' } },
    u32,
  ),
  trap: exported(() => {
    throw new Trap('unreachable', 'unreachable executed')
  }),
  bug: exported(() => {
    throw new TypeError('unreachable code of ours')
  }),
}

/** Components are their own text; words in it say what becomes of them. */
const embedding: Embedding<string, string> = {
  assemble(text) {
    if (text.includes('unparseable')) throw new Error('unexpected token')
    return new TextEncoder().encode(text)
  },
  load(bytes) {
    const text = new TextDecoder().decode(bytes)
    if (text.includes('malformed')) throw new DecodeError('malformed thing', 0)
    if (text.includes('invalid')) throw new ValidationError('invalid thing', 0)
    if (text.includes('bug')) throw new TypeError('invalid thing, a bug of ours')
    return text
  },
  instantiate(component, registered) {
    if (component.includes('unlinkable')) throw new LinkError('missing import')
    if (component.includes('trapping')) throw new Trap('unreachable', 'unreachable executed')
    if (component.includes('wants-r') && !registered.has('r')) throw new LinkError('missing r')
    return component
  },
  exportedFunction: (_, name) => functions[name],
}

async function statuses(text: string, skip?: (line: number) => string | undefined): Promise<string[]> {
  const outcomes = await runScript(parseScript(new Source('test.wast', text)), embedding, skip)
  return outcomes.map(({ status, reason }) => (reason ? `${status}: ${reason}` : status))
}

/** The outcome of one directive after a component. */
const after = async (text: string): Promise<string> => (await statuses(`(component)\n${text}`))[1]!

describe('outcomes', () => {
  const cases: [directive: string, outcome: string][] = [
    ['(assert_return (invoke "one") (u32.const 1))', 'pass'],
    ['(assert_return (invoke "soon") (u32.const 1))', 'pass'],
    ['(assert_return (invoke "one") (u32.const 2))', 'fail: returned 1, wanted 2'],
    ['(assert_return (invoke "double" (u32.const 3)) (u32.const 6))', 'pass'],
    ['(assert_return (invoke "double") (u32.const 6))', 'fail: `double` takes 1 arguments, found 0'],
    [
      '(assert_return (invoke "double" (u8.const 3)) (u32.const 6))',
      "fail: TypeError: the script's value does not fit: found u8, wanted u32",
    ],
    ['(assert_return (invoke "nothing"))', 'pass'],
    ['(assert_return (invoke "nothing") (u32.const 1))', 'fail: returned nothing, wanted u32'],
    ['(assert_return (invoke "one"))', 'fail: returned 1, wanted nothing'],
    ['(assert_return (invoke "fail-or" (u32.const 7)) (result.ok (u32.const 7)))', 'pass'],
    ['(assert_return (invoke "fail-or" (u32.const 0)) (result.err (str.const "zero")))', 'pass'],
    [
      '(assert_return (invoke "fail-or" (u32.const 0)) (result.ok (u32.const 0)))',
      'fail: returned {tag: "err", val: "zero"}, wanted {tag: "ok", val: 0}',
    ],
    ['(invoke "one")', 'pass'],
    ['(invoke "two")', 'fail: there is no exported function `two`'],
    ['(invoke $i "one")', 'skip: no instance $i'],
    ['(assert_trap (invoke "trap") "unreachable")', 'pass'],
    ['(assert_trap (invoke "trap") "wasm trap: unreachable")', 'pass'],
    [
      '(assert_trap (invoke "trap") "unaligned")',
      'fail: wanted the message `unaligned`, found `unreachable executed`',
    ],
    ['(assert_trap (invoke "one") "unreachable")', 'fail: wanted a trap `unreachable`, found none'],
    [
      '(assert_trap (invoke "bug") "unreachable")',
      'fail: wanted a trap `unreachable`, found TypeError: unreachable code of ours',
    ],
    ['(assert_trap (component (; trapping ;)) "unreachable")', 'pass'],
    ['(assert_malformed (component (; malformed ;)) "malformed")', 'pass'],
    ['(assert_malformed (component (; unparseable ;)) "unexpected token")', 'pass'],
    [
      '(assert_malformed (component (; invalid ;)) "invalid")',
      'fail: wanted a rejection (assert_malformed) `invalid`, found ValidationError: invalid thing (at offset 0x0)',
    ],
    ['(assert_invalid (component (; invalid ;)) "invalid")', 'pass'],
    ['(assert_invalid (component (; malformed ;)) "malformed")', 'pass'],
    [
      '(assert_invalid (component (; bug ;)) "invalid")',
      'fail: wanted a rejection (assert_invalid) `invalid`, found TypeError: invalid thing, a bug of ours',
    ],
    [
      '(assert_invalid (component) "invalid")',
      'fail: wanted a rejection (assert_invalid) `invalid`, found none',
    ],
    ['(assert_unlinkable (component (; unlinkable ;)) "missing")', 'pass'],
    ['(assert_unlinkable (component) "missing")', 'fail: wanted a link error `missing`, found none'],
    ['(component (; wants-r ;))', 'fail: LinkError: missing r'],
    ['(module)', 'skip: core modules are not run'],
    ['(thread $T)', 'skip: unknown directive `thread`'],
  ]
  for (const [directive, outcome] of cases)
    test(directive, async () => assert.equal(await after(directive), outcome))
})

test('definitions, instances and names', async () => {
  assert.deepEqual(
    await statuses(`
      (component definition $C)
      (invoke "one")
      (component instance $i $C)
      (invoke "one")
      (component instance $j $C)
      (invoke $i "one")
      (register "r" $i)
      (component (; wants-r ;))
      (component instance $k $D)`),
    [
      'pass',
      'skip: no instance',
      'pass',
      'pass',
      'pass',
      'pass',
      'pass',
      'pass',
      'skip: no component $D to instantiate',
    ],
  )
})

test('after a component that failed nothing runs against the one before', async () => {
  assert.deepEqual(await statuses('(component)(component (; invalid ;))(invoke "one")'), [
    'pass',
    'fail: ValidationError: invalid thing (at offset 0x0)',
    'skip: no instance',
  ])
})

test('lines can be skipped', async () => {
  const skip = (line: number) => (line === 2 ? 'not yet' : undefined)
  assert.deepEqual(await statuses('(component)\n(invoke "trap")\n(invoke "one")', skip), [
    'pass',
    'skip: not yet',
    'pass',
  ])
})
