import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { WacError } from '../../errors.ts'
import fc from '../../../test/support/fast-check.ts'
import { assertKept, commentEdits, withComments } from '../../../test/support/formatted-text.ts'
import { formatWac } from './format.ts'

/** What is written, and what becomes of it. */
const cases: Readonly<Record<string, readonly [written: string, formatted: string]>> = {
  'a name alone': ['package  a : b @1.0.0 targets c:d/e@2.0.0 ;', 'package a:b@1.0.0 targets c:d/e@2.0.0;\n'],
  'statements of all kinds': [
    'package a:b;import f:func(x:u8)->u8;import g as"x-y":c:d/e@1.0.0;import h:interface{f:func();};let i=new j:k@1.0.0{f,...g,"l":(new m:n{}),...};export i...;export i.f["a:b/c"]as g;record r{a:u8}',
    `package a:b;

import f: func(x: u8) -> u8;
import g as "x-y": c:d/e@1.0.0;
import h: interface {
  f: func();
};
let i = new j:k@1.0.0 { f, ...g, "l": (new m:n {}), ... };
export i...;
export i.f["a:b/c"] as g;
record r {
  a: u8,
}
`,
  ],
  'types around which there is a line': [
    'package a:b;type t=async func();interface i{type f=func();g:f;}world w{include v with{a as b};import c:interface{};}let x=y;',
    `package a:b;

type t = async func();

interface i {
  type f = func();
  g: f;
}

world w {
  include v with { a as b };
  import c: interface {};
}

let x = y;
`,
  ],
  'arguments that do not fit into a line': [
    `package a:b; let x = new c:d { ${Array.from({ length: 6 }, (_, i) => `argument-number-${i}: value-${i}`).join(', ')}, ... };`,
    `package a:b;

let x = new c:d {
${Array.from({ length: 6 }, (_, i) => `  argument-number-${i}: value-${i},`).join('\n')}
  ...
};
`,
  ],
  comments: [
    `// of the file
package a:b; // of the name

// of f
/* and */ import f: func(); // behind it


// alone

let x = new c:d { // first
  f, /* of g */ g: f, // behind g
  // last
  ...
};
// end`,
    `// of the file
package a:b; // of the name

// of f
/* and */
import f: func(); // behind it

// alone

let x = new c:d { // first
  f,
  /* of g */ g: f, // behind g
  // last
  ...
};
// end
`,
  ],
}

describe('formatWac', () => {
  for (const [name, [written, formatted]] of Object.entries(cases)) {
    it(name, () => {
      assert.equal(formatWac(written), formatted)
      assert.equal(formatWac(formatted), formatted)
    })
  }

  it('refuses what does not parse, with its place', () => {
    assert.throws(
      () => formatWac('package a:b;\nlet x = ;', 'x.wac'),
      (error) => {
        assert.ok(error instanceof WacError)
        assert.match(error.message, /--> x\.wac:2:9/)
        return true
      },
    )
  })
})

describe('formatWac, of the documents of wac-parser', () => {
  const root = fileURLToPath(new URL('../../../../shared/conformance/wac/', import.meta.url))
  const skip = !existsSync(root) && 'there is no ../shared/conformance/wac beside this checkout'
  const folders = ['parser/', 'resolution/', 'resolution/fail/', 'encoding/', 'encoding/fail/']
  const files = folders.flatMap((folder) =>
    skip ? [] : readdirSync(root + folder).flatMap((name) => (name.endsWith('.wac') ? [folder + name] : [])),
  )
  const texts = new Map(files.map((name) => [name, readFileSync(root + name, 'utf8')]))
  it('keeps tokens and comments', { skip }, () => {
    assert.equal(texts.size, 142)
    for (const [name, text] of texts) assertKept(formatWac, text, name, 'wac')
  })
  it('keeps them with comments anywhere', { skip }, () => {
    const any = fc.record({ name: fc.constantFrom(...texts.keys()), edits: commentEdits })
    fc.assert(
      fc.property(any, ({ name, edits }) => {
        assertKept(formatWac, withComments(texts.get(name)!, edits, 'wac'), name, 'wac')
      }),
      { numRuns: Number(process.env.TENON_RUNS ?? 300) },
    )
  })
})
