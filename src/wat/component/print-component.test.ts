import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ByteWriter } from '../../binary/byte-writer.ts'
import { encodeComponentNames } from '../../binary/encode-component-names.ts'
import type { Sort } from '../../component/component.ts'
import { parseWat, printWat } from '../index.ts'

/** Texts that are printed as they are. */
const texts: Record<string, string> = {
  'types of every kind': `(component
  (type (;0;) (record (field "a" u8) (field "b" string)))
  (type (;1;) (variant (case "x") (case "y" 0)))
  (type (;2;) (list 1 4))
  (type (;3;) (tuple bool 2))
  (type (;4;) (flags "p" "q"))
  (type (;5;) (enum "one" "two"))
  (type (;6;) (option 5))
  (type (;7;) (result 6 (error char)))
  (type (;8;) (result (error string)))
  (type (;9;) (map string 0))
  (type $r (;10;) (resource (rep i32)))
  (type (;11;) (own $r))
  (type (;12;) (borrow $r))
  (type (;13;) (stream 11))
  (type (;14;) (future))
  (type (;15;) error-context)
  (type (;16;) (func async (param "self" 12) (result 7)))
  (type $i (;17;)
    (instance
      (alias outer 1 $r (type (;0;)))
      (export (;1;) "t" (type (eq 0)))
      (type (;2;) (func))
      (export (;0;) "f" (func (type 2)))
    )
  )
  (type $C (;18;)
    (component
      (core type (;0;)
        (module
          (type (;0;) (func (param i32) (result f64)))
          (alias outer 2 0 (type (;1;)))
          (import "a" "f" (func (type 0)))
          (import "a" "m" (memory i64 1 2 shared))
          (export "t" (table 1 funcref))
          (export "g" (global (mut (ref null 0))))
          (export "e" (tag (type 0)))
        )
      )
      (import "m" (core module (;0;) (type 0)))
      (import "r" (type (;0;) (sub resource)))
      (export (;0;) "v" (value u8))
    )
  )
  (core type $s (;0;) (struct (field i8) (field (mut i64))))
  (core rec
    (type $a (;1;) (sub (array (mut (ref null $a)))))
    (type (;2;) (sub final $a (array (mut (ref null $a)))))
  )
)
`,
  'definitions of every kind': `(component $whole
  (import "a:b/c@1.0.0" (external-id "x") (func $f (;0;) (type 0)))
  (core module $m (;0;))
  (core instance $i (;0;) (instantiate $m))
  (core instance (;1;)
    (export "f" (func 0))
  )
  (alias core export $i "f" (core func (;0;)))
  (core func $low (;1;) (canon lower (func $f) string-encoding=utf16 (memory 0) (realloc 0)))
  (core func (;2;) (canon waitable-set.wait cancellable (memory 0)))
  (core func (;3;) (canon context.get i32 1))
  (core func (;4;) (canon thread.spawn-indirect shared 0 1))
  (core func (;5;) (canon task.return (result string) async))
  (func $lifted (;1;) (type 0) (canon lift (core func $low) (callback 0)))
  (component $inner (;0;)
    (alias outer $whole $m (core module (;0;)))
  )
  (instance (;0;) (instantiate $inner
      (with "x" (func $lifted))
    )
  )
  (instance (;1;)
    (export "y" (func $lifted))
  )
  (alias export 1 "y" (func (;2;)))
  (value (;0;) u8 (binary "\\01"))
  (start $f (value 0) (result (value (;1;))))
  (export (;3;) "f" (func $f) (func (type 0)))
  (@custom "other" "a\\00\\22")
  (@producers
    (language "C" "23")
    (processed-by "hand" "1")
  )
)
`,
  'names that are no identifiers': `(component
  (type $"with blanks" (;0;) u8)
  (type $"#type1 with blanks" (@name "with blanks") (;1;) u8)
  (type $"#type2 " (@name "") (;2;) u8)
  (type $"#type3 #x" (@name "#x") (;3;) u8)
  (type (;4;) (tuple $"with blanks" $"#type1 with blanks" $"#type2 " $"#type3 #x"))
)
`,
  'a name that is hidden further in': `(component $c
  (type $t (;0;) u8)
  (component $c (;0;)
    (type $t (;0;) u16)
    (alias outer 1 $t (type (;1;)))
    (alias outer $c $t (type (;2;)))
  )
)
`,
  'what is not defined yet has no name': `(component
  (type (;0;) (list 1))
  (type $later (;1;) u8)
)
`,
  'a place for the names, before other sections': `(component
  (type $t (;0;) u8)
  (@names)
  (@custom "x" "")
)
`,
  'names in another order, and twice': `(component
  (type $t (;0;) u8)
  (instance $i (;0;))
  (@names (sorts instance type instance))
)
`,
  'a nested component that has no name of its own': `(component
  (component $c (;0;)
    (@names none)
  )
)
`,
  'a nested component that calls itself something else': `(component
  (component $c (;0;)
    (type $t (;0;) u8)
    (@names "d")
  )
)
`,
}

describe('printed as it was written', () => {
  for (const [name, text] of Object.entries(texts)) {
    test(name, () => assert.equal(printWat(parseWat(text)), text))
  }
})

describe('names that are unusual', () => {
  const custom = (name: string, contents: Uint8Array) => (writer: ByteWriter) =>
    writer.section(0, (section) => section.name(name).bytes(contents))
  const component = (...sections: ((writer: ByteWriter) => ByteWriter)[]): Uint8Array => {
    const writer = new ByteWriter().bytes([0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00])
    for (const section of sections) section(writer)
    return writer.finish()
  }
  const names = (sort: Sort, entries: [number, string][]): Uint8Array =>
    encodeComponentNames({ component: undefined, sorts: new Map([[sort, new Map(entries)]]) })!
  const oneType = (writer: ByteWriter) => writer.section(7, (section) => section.bytes([1, 0x7f]))

  for (const [name, bytes] of Object.entries({
    'of what is not there': component(oneType, custom('component-name', names('type', [[7, 'seven']]))),
    twice: component(
      oneType,
      custom('component-name', names('type', [[0, 'one']])),
      custom('component-name', names('type', [[0, 'two']])),
    ),
    'cut off': component(oneType, custom('component-name', names('type', [[0, 'one']]).subarray(0, -1))),
    'before what they name': component(custom('component-name', names('type', [[0, 'one']])), oneType),
    'twice, differently': component(
      oneType,
      custom('component-name', Uint8Array.of(...names('type', [[0, 'a']]), ...names('type', [[0, 'b']]))),
    ),
    'out of order, and of what is not there': component(
      oneType,
      custom('component-name', Uint8Array.of(...names('instance', [[0, 'i']]), ...names('type', [[0, 't']]))),
    ),
  })) {
    test(name, () => {
      const text = printWat(bytes)
      assert.deepEqual(parseWat(text), new Uint8Array(bytes), text)
      assert.equal(printWat(parseWat(text)), text)
    })
  }
})
