import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { formatWit } from './format.ts'

const long = ['first', 'second', 'third', 'fourth'].map((name) => `the-${name}-parameter: some-type`)

/** What is written, and what becomes of it. */
const cases: Readonly<Record<string, readonly [written: string, formatted: string]>> = {
  nothing: ['\n\n', ''],
  'a byte order mark': ['\ufeffpackage a:b;', 'package a:b;\n'],
  'comments alone': ['\n// a\r\n\r\n\r\n/* b */', '// a\n\n/* b */\n'],
  'items around which there is a line': [
    'package a:b@1.0.0-rc.1+x;use c:d/e@1.0.0 as f;use g;interface i{}interface j{} package n:m {world w{}}',
    `package a:b@1.0.0-rc.1+x;

use c:d/e@1.0.0 as f;
use g;

interface i {}

interface j {}

package n:m {
  world w {}
}
`,
  ],
  'blank lines': [
    'interface i {\n\n  a: func();\n\n\n\n  // c\n\n\n  b: func();\n  c: func();\n\n}',
    'interface i {\n  a: func();\n\n  // c\n\n  b: func();\n  c: func();\n}\n',
  ],
  'types of types': [
    'interface i{type a=result < _ , list<u8,4>> ;type b=map<string,tuple<u8,>>;type c=borrow<r>;}',
    `interface i {
  type a = result<_, list<u8, 4>>;
  type b = map<string, tuple<u8>>;
  type c = borrow<r>;
}
`,
  ],
  definitions: [
    'interface i{record r{a:u8,%b:u16}variant v{a(u8),b,}enum e{a}flags f{a,b}resource x;resource y{constructor(a:u8)->result<y>;m:func();s:static async func();}}',
    `interface i {
  record r {
    a: u8,
    %b: u16,
  }
  variant v {
    a(u8),
    b,
  }
  enum e {
    a,
  }
  flags f {
    a,
    b,
  }
  resource x;
  resource y {
    constructor(a: u8) -> result<y>;
    m: func();
    s: static async func();
  }
}
`,
  ],
  worlds: [
    'world w{import a:b/c@1.0.0;import a:  b/c;import l:c;import l:a:b/c;export f:async func();export i:interface{}include x with{a as b}include y;use z.{a as b,c};}',
    `world w {
  import a:b/c@1.0.0;
  import a:b/c;
  import l: c;
  import l: a:b/c;
  export f: async func();
  export i: interface {}
  include x with { a as b }
  include y;
  use z.{a as b, c};
}
`,
  ],
  'attributes in lines of their own': [
    'world w{@since(version=1.0.0)@deprecated ( version = 1.2.0 ) import a;@unstable(feature=f) @external-id("x y") export b;}',
    `world w {
  @since(version = 1.0.0)
  @deprecated(version = 1.2.0)
  import a;
  @unstable(feature = f)
  @external-id("x y")
  export b;
}
`,
  ],
  'a signature that is too long': [
    `interface i { f: func(${long}) -> u8; }`,
    `interface i {\n  f: func(\n    ${long.join(',\n    ')}\n  ) -> u8;\n}\n`,
  ],
  'one that is broken, and need not be': [
    'interface i { f: func(\n  a: u8,\n); }',
    'interface i {\n  f: func(a: u8);\n}\n',
  ],
  'names to use that are too many': [
    `interface i { use j.{${long.map((one) => one.replace(': ', '-'))}}; }`,
    `interface i {\n  use j.{\n    ${long.map((one) => one.replace(': ', '-')).join(',\n    ')}\n  };\n}\n`,
  ],
  'comments at the ends of lines': [
    'interface i { // a\n  f: func(); /* b */ // c\n  record r { // d\n    a: u8 // e\n } // f\n} // g',
    'interface i { // a\n  f: func(); /* b */ // c\n  record r { // d\n    a: u8, // e\n  } // f\n} // g\n',
  ],
  'comments that nothing follows': [
    'interface i { /* a */ }\ninterface j { record r { a: u8,\n\n// b\n } // c\n // d\n\n }\n\n\n// e',
    'interface i {\n  /* a */\n}\n\ninterface j {\n  record r {\n    a: u8,\n\n    // b\n  } // c\n  // d\n}\n\n// e\n',
  ],
  'comments within': [
    'interface i { /* a */ f /* b */ : func( /* c */ a: /* d */ u8 /* e */ , // f\n b: u8, /* g */ ) -> /* h */ u8 /* i */ ; }',
    `interface i {
  /* a */
  f /* b */: func(
    /* c */ a: /* d */ u8 /* e */, // f
    b: u8 /* g */
  ) -> /* h */ u8 /* i */;
}
`,
  ],
  'documentation, which is not that of what stands before it': [
    'interface i {\n  a: func(); /// of a\n\n  /** of b\n    * more */ b: func();\n}',
    'interface i {\n  a: func(); /// of a\n\n  /** of b\n    * more */\n  b: func();\n}\n',
  ],
}

describe('formatted WIT', () => {
  for (const [name, [written, formatted]] of Object.entries(cases)) {
    it(name, () => {
      assert.equal(formatWit(written), formatted)
      assert.equal(formatWit(formatted), formatted)
    })
  }

  it('has no errors', () => {
    assert.throws(() => formatWit('interface i {', 'i.wit'), /i\.wit:1:14/)
    assert.throws(() => formatWit('interface i {} \u202e'), /bidirectional/)
  })

  it('takes time that grows with the text', () => {
    const text = (size: number): string =>
      `interface i {${'/* a */ // b\n f: func(a: tuple<u8, u16, list<u8>>); // c\n'.repeat(size)}}`
    run(text(1_000))
    const once = run(text(2_000))
    assert.ok(run(text(20_000)) < 40 * Math.max(once, 20))
    function run(one: string): number {
      const before = process.cpuUsage()
      formatWit(one)
      return process.cpuUsage(before).user / 1000
    }
  })
})
