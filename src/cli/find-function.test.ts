import assert from 'node:assert/strict'
import { test } from 'node:test'
import { func, u8 } from '../../test/support/type-builders.ts'
import type { ComponentType, ExternType } from '../component/extern-type.ts'
import { parseCall } from '../wave/parse-call.ts'
import { fullName } from '../component/callable-function.ts'
import { findFunction } from './find-function.ts'

const instance = (...names: string[]): ExternType => ({
  kind: 'instance',
  exports: new Map(names.map((name) => [name, func([u8])])),
})
const component: ComponentType = {
  kind: 'component',
  imports: new Map(),
  exports: new Map<string, ExternType>([
    ['add', func([])],
    ['a:b/math@1.2.0', instance('add', 'sub', '[method]point.get', '[constructor]point')],
    ['a:b/other@1.0.0-rc.1', instance('sub', 'mul')],
    ['inner', instance('mul', 'run')],
  ]),
}

test('a function is found under every name that is clear', () => {
  for (const [name, found] of [
    ['add', 'add'],
    ['a:b/math@1.2.0.add', 'a:b/math@1.2.0.add'],
    ['a:b/math@1.2.0#add', 'a:b/math@1.2.0.add'],
    ['a:b/math.add@1.2.0', 'a:b/math@1.2.0.add'],
    ['a:b/math.add', 'a:b/math@1.2.0.add'],
    ['math.add', 'a:b/math@1.2.0.add'],
    ['math#sub', 'a:b/math@1.2.0.sub'],
    ['a:b/other@1.0.0-rc.1.sub', 'a:b/other@1.0.0-rc.1.sub'],
    ['run', 'inner.run'],
    ['inner.mul', 'inner.mul'],
    ['math.[constructor]point', 'a:b/math@1.2.0.[constructor]point'],
  ] as const) {
    assert.equal(fullName(findFunction(component, parseCall(`${name}()`))), found, name)
  }
})

test('an ambiguous name lists who has it', () => {
  assert.throws(() => findFunction(component, parseCall('sub(1)')), {
    code: 'wave',
    message: `\`sub\` is ambiguous
 --> <call>:1:1
  |
1 | sub(1)
  | ^^^ 2 functions have this name
  = write one of:
  =   a:b/math@1.2.0.sub: func(p0: u8)
  =   a:b/other@1.0.0-rc.1.sub: func(p0: u8)`,
  })
})

test('an unknown name says what may be meant, and what there is', () => {
  assert.throws(() => findFunction(component, parseCall('math.ad()')), {
    message: /unknown function `math\.ad`[\s\S]*did you mean `math\.add`\?[\s\S]*= {3}inner\.run: func/,
  })
})
