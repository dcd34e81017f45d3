import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { WacEditError, type WacEditProblem } from '../../../errors.ts'
import { parseWat } from '../../../wat/index.ts'
import { resolveWit } from '../../../wit/resolve.ts'
import { analyzeWac } from '../analyze.ts'
import { formatWac } from '../format.ts'
import type { FoundPackage, PackageFinder } from '../package-finder.ts'
import { editWac } from './edit-wac.ts'
import { newDocument } from './new-document.ts'
import { applyEdits } from './text-edit.ts'
import type { WacAction } from './wac-action.ts'

/** Components and WIT, as text. */
const packages: Readonly<Record<string, string>> = {
  'my:log': '(component (import "out" (func)) (export "log" (func 0)))',
  'my:adder': '(component (import "log" (func)) (export "go" (func 0)))',
  'my:store': `(component
    (import "my:api/log@1.0.0" (instance (export "f" (func))))
    (import "other:api/log" (instance (export "f" (func))))
    (import "my:api/clock@1.2.0" (instance (export "f" (func))))
    (import "list" (func))
    (export "my:api/log@1.0.0" (instance 0)) (export "list" (func 0)))`,
  'my:sink': `(component (import "z" (func $f)) (instance $i (export "f" (func $f)))
    (export "my:api/log@1.0.3" (instance $i)) (export "clock" (instance $i)) (export "f" (func $f)) (export "g" (func $f)))`,
  'my:none': '(component)',
  'my:old@1.9.0': '(component)',
  'my:old@1.10.0': '(component)',
  'my:types': `(component
    (import "types" (instance $t (export "r" (type (sub resource)))))
    (alias export $t "r" (type $r))
    (import "my:kinds/api@1.0.0" (instance
      (type $k (enum "a" "b")) (export "kind" (type $e (eq $k))) (export "k" (func (param "a" $e)))))
    (import "my:base/res@1.0.0" (instance $res (export "r" (type (sub resource)))))
    (alias export $res "r" (type $b))
    (import "my:kinds/more@1.0.0" (instance (alias outer 1 $b (type $q)) (export "r" (type $s (eq $q)))
      (export "take" (func (param "r" (own $s))))))
    (import "m" (core module)) (import "plain" (func (param "a" (list string)) (result (option u8)))))`,
  'my:kinds@1.0.0': 'package my:kinds@1.0.0; interface api { enum kind { a, b } k: func(a: kind); }',
}

const found = new Map<string, FoundPackage>()

const finder: PackageFinder = {
  find(name, version) {
    const key = version === undefined ? name : `${name}@${version}`
    const text = packages[key]
    if (text === undefined) return undefined
    const known = found.get(key) ?? open(text)
    found.set(key, known)
    return known
  },
  names: () => Object.keys(packages),
}

function open(text: string): FoundPackage {
  if (text.startsWith('(')) return { kind: 'component', component: parseWat(text) }
  return { kind: 'wit', package: resolveWit({ files: [{ name: 'x.wit', text }] }).main }
}

const head = 'package my:app;\n\n'
const file = (text: string): { name: string; text: string } => ({ name: 'app.wac', text })

/** Of texts that begin with the package, or do without it: then it is put before both. */
type Case = readonly [before: string, action: WacAction, after: string]

function check([before, action, after]: Case): void {
  const isWhole = /^(\/\/.*\n)?package/.test(before)
  const [from, to] = isWhole ? [before, after] : [head + before, head + after]
  const { text, edits } = editWac(file(from), finder, action)
  assert.equal(text, to)
  assert.equal(applyEdits(from, edits), text)
  if (formatWac(from) === from) assert.equal(formatWac(text), text)
}

function cases(name: string, table: Readonly<Record<string, Case>>): void {
  describe(name, () => {
    for (const [each, one] of Object.entries(table)) it(each, () => check(one))
  })
}

const instantiate = (name: string, as?: string): WacAction => ({
  kind: 'instantiate',
  package: name,
  name: as,
})

cases('instantiate', {
  'in an empty document': [
    newDocument('my:app'),
    instantiate('my:adder'),
    'package my:app;\n\nlet adder = new my:adder { ... };\n',
  ],
  'of what imports nothing': ['', instantiate('my:none'), 'let none = new my:none {};\n'],
  'behind the last instance, with the comment in its line': [
    'let adder = new my:adder { ... }; // first\n\n// of the exports\nexport adder.go;\n',
    instantiate('my:adder'),
    'let adder = new my:adder { ... }; // first\nlet adder-2 = new my:adder { ... };\n\n// of the exports\nexport adder.go;\n',
  ],
  'before the exports': [
    'export (new my:adder { ... }).go;\n',
    instantiate('my:log'),
    'let log = new my:log { ... };\nexport (new my:adder { ... }).go;\n',
  ],
  'behind types': [
    'interface i {}\n// end\n',
    instantiate('my:none'),
    'interface i {}\n\nlet none = new my:none {};\n// end\n',
  ],
  'in the highest version, where one is needed': [
    '',
    instantiate('my:old'),
    'let old = new my:old@1.10.0 {};\n',
  ],
  'in a version that is named': ['', instantiate('my:old@1.9.0'), 'let old = new my:old@1.9.0 {};\n'],
  'under a keyword': ['', instantiate('my:none', 'list'), 'let %list = new my:none {};\n'],
  'given what the text imports under the name': [
    'import l as log: func();\n',
    instantiate('my:adder'),
    'import l as log: func();\nlet adder = new my:adder { l, ... };\n',
  ],
  'without a line break at the end': [
    'let a = new my:none {};',
    instantiate('my:none'),
    'let a = new my:none {};\nlet none = new my:none {};\n',
  ],
  'with line breaks of Windows': [
    'package my:app;\r\nlet a = new my:none {};\r\n',
    instantiate('my:none'),
    'package my:app;\r\nlet a = new my:none {};\r\nlet none = new my:none {};\r\n',
  ],
  'where a name is used that nothing has': [
    'let a = new my:adder { log: none, ... };\n',
    instantiate('my:none'),
    'let a = new my:adder { log: none, ... };\nlet none-2 = new my:none {};\n',
  ],
})

const connect = (instance: string, argument: string, from: string, exported?: string): WacAction => ({
  kind: 'connect',
  instance,
  argument,
  from,
  export: exported,
})

cases('connect', {
  'before the rest': [
    'let log = new my:log { ... };\nlet a = new my:adder { ... };\n',
    connect('a', 'log', 'log', 'log'),
    'let log = new my:log { ... };\nlet a = new my:adder { log: log.log, ... };\n',
  ],
  'in braces that are empty': [
    'let log = new my:log { ... };\nlet a = new my:adder {};\n',
    connect('a', 'log', 'log', 'log'),
    'let log = new my:log { ... };\nlet a = new my:adder { log: log.log };\n',
  ],
  'by the ends of names, where they say which': [
    'let s = new my:sink { ... };\nlet st = new my:store { ... };\n',
    connect('st', 'my:api/clock@1.2.0', 's', 'my:api/log@1.0.3'),
    'let s = new my:sink { ... };\nlet st = new my:store { clock: s.log, ... };\n',
  ],
  'by whole names, where the ends do not': [
    'let s = new my:sink { ... };\nlet st = new my:store { ... };\n',
    connect('st', 'other:api/log', 's', 'clock'),
    'let s = new my:sink { ... };\nlet st = new my:store { "other:api/log": s.clock, ... };\n',
  ],
  'names that are keywords': [
    'let %new = new my:store { ... };\nlet st = new my:store { ... };\n',
    connect('st', 'list', 'new', 'list'),
    'let %new = new my:store { ... };\nlet st = new my:store { %list: %new.%list, ... };\n',
  ],
  'an import, by its name alone': [
    'import clock: func();\nimport l as "my:api/log@1.0.7": interface {\n  f: func();\n};\nlet st = new my:store { %list: clock, ... };\n',
    connect('st', 'my:api/log@1.0.0', 'l'),
    'import clock: func();\nimport l as "my:api/log@1.0.7": interface {\n  f: func();\n};\nlet st = new my:store { %list: clock, l, ... };\n',
  ],
  'a whole instance': [
    'let s = new my:sink { ... };\nlet st = new my:store { ... };\n',
    connect('st', 'my:api/clock@1.2.0', 's'),
    'let s = new my:sink { ... };\nlet st = new my:store { clock: s, ... };\n',
  ],
  'instead of another': [
    'let s = new my:sink { ... };\nlet a = new my:adder { log: /* why */ s.f, ... };\n',
    connect('a', 'log', 's', 'g'),
    'let s = new my:sink { ... };\nlet a = new my:adder { log: /* why */ s.g, ... };\n',
  ],
  'instead of a name alone': [
    'import log: func();\nlet s = new my:sink { ... };\nlet a = new my:adder { log };\n',
    connect('a', 'log', 's', 'g'),
    'import log: func();\nlet s = new my:sink { ... };\nlet a = new my:adder { log: s.g };\n',
  ],
  'beside a spread that gave it with others': [
    'let s = new my:store { ... };\nlet st = new my:store { ...s, ... };\n',
    connect('st', 'list', 's', 'my:api/log@1.0.0'),
    'let s = new my:store { ... };\nlet st = new my:store { ...s, %list: s.log, ... };\n',
  ],
  'instead of a spread that gave nothing else': [
    'let s = new my:log { ... };\nlet t = new my:sink { ... };\nlet a = new my:adder { ...s, ... };\n',
    connect('a', 'log', 't', 'f'),
    'let s = new my:log { ... };\nlet t = new my:sink { ... };\nlet a = new my:adder { log: t.f, ... };\n',
  ],
  'in lines of their own': [
    'let s = new my:sink { ... };\nlet st = new my:store {\n  %list: s.f, // the list\n  // all else\n  ...\n};\n',
    connect('st', 'my:api/clock@1.2.0', 's', 'clock'),
    'let s = new my:sink { ... };\nlet st = new my:store {\n  %list: s.f, // the list\n  // all else\n  clock: s.clock,\n  ...\n};\n',
  ],
  'behind the last in lines of their own': [
    'let s = new my:sink { ... };\nlet st = new my:store {\n  clock: s.clock // no comma\n};\n',
    connect('st', 'list', 's', 'f'),
    'let s = new my:sink { ... };\nlet st = new my:store {\n  clock: s.clock, // no comma\n  %list: s.f\n};\n',
  ],
  'what makes a formatted line too long': [
    `let s = new my:sink { ... };\nlet ${'a'.repeat(65)} = new my:adder { ... };\n`,
    connect('a'.repeat(65), 'log', 's', 'g'),
    `let s = new my:sink { ... };\nlet ${'a'.repeat(65)} = new my:adder {\n  log: s.g,\n  ...\n};\n`,
  ],
  'an instance without a name, which gets one': [
    '// go\nexport (new my:log { ... }).log;\nlet a = new my:adder { ... };\n',
    { kind: 'connect', instance: 'a', argument: 'log', from: 0 as never, export: 'log' },
    'let log = new my:log { ... };\n// go\nexport log.log;\nlet a = new my:adder { log: log.log, ... };\n',
  ],
  'to an instance without a name': [
    'let l = new my:log { ... };\nexport (new my:adder { ... }).go;\n',
    { kind: 'connect', instance: 1 as never, argument: 'log', from: 'l', export: 'log' },
    'let l = new my:log { ... };\nexport (new my:adder { log: l.log, ... }).go;\n',
  ],
  'instead of an instance without a name, which stays': [
    'let s = new my:sink { ... };\nlet a = new my:adder { log: (/* inner */ new my:log { ... }).log };\n',
    connect('a', 'log', 's', 'f'),
    'let s = new my:sink { ... };\nlet log = new my:log { ... };\nlet a = new my:adder { log: /* inner */ s.f };\n',
  ],
})

cases('connect moves what is defined below', {
  'with its comments': [
    '// the adder\nlet a = new my:adder { ... };\n\n// the log\nlet l = new my:log { ... }; // mine\nexport a.go;\n',
    connect('a', 'log', 'l', 'log'),
    '// the log\nlet l = new my:log { ... }; // mine\n// the adder\nlet a = new my:adder { log: l.log, ... };\n\nexport a.go;\n',
  ],
  'with what it needs': [
    'let a = new my:adder { ... };\nlet other = new my:none {};\nimport o: func();\nlet l = new my:log { out: o };\nlet f = l.log;\n',
    connect('a', 'log', 'f'),
    'import o: func();\nlet l = new my:log { out: o };\nlet f = l.log;\nlet a = new my:adder { f, ... };\nlet other = new my:none {};\n',
  ],
  'with the types that it needs': [
    'let st = new my:store { ... };\n\ninterface i {\n  f: func();\n}\n\nimport log: i;\n',
    connect('st', 'my:api/clock@1.2.0', 'log'),
    'interface i {\n  f: func();\n}\n\nimport log: i;\nlet st = new my:store { clock: log, ... };\n',
  ],
  'from a line that others are in': [
    'let a = new my:adder { ... }; let l = new my:log { ... }; export a.go;\n',
    connect('a', 'log', 'l', 'log'),
    'let l = new my:log { ... };\nlet a = new my:adder { log: l.log, ... };  export a.go;\n',
  ],
})

const disconnect = (instance: string, argument: string): WacAction => ({
  kind: 'disconnect',
  instance,
  argument,
})

cases('disconnect', {
  'an argument': [
    'let s = new my:sink { ... };\nlet a = new my:adder { log: s.f, ... };\n',
    disconnect('a', 'log'),
    'let s = new my:sink { ... };\nlet a = new my:adder { ... };\n',
  ],
  'and leaves the rest from now on': [
    'let s = new my:sink { ... };\nlet a = new my:adder { log: s.f };\n',
    disconnect('a', 'log'),
    'let s = new my:sink { ... };\nlet a = new my:adder { ... };\n',
  ],
  'in the middle': [
    'let s = new my:sink { ... };\nlet st = new my:store { clock: s.clock, %list: s.f, "other:api/log": s.log, };\n',
    disconnect('st', 'list'),
    'let s = new my:sink { ... };\nlet st = new my:store { clock: s.clock, "other:api/log": s.log, ... };\n',
  ],
  'in a line of its own': [
    'let s = new my:sink { ... };\nlet st = new my:store {\n  clock: s.clock,\n  %list: s.f,\n  ...\n};\n',
    disconnect('st', 'my:api/clock@1.2.0'),
    'let s = new my:sink { ... };\nlet st = new my:store {\n  %list: s.f,\n  ...\n};\n',
  ],
  'and keeps comments': [
    'let s = new my:sink { ... };\nlet st = new my:store {\n  // above\n  clock: /* in it */ s.clock, // behind\n  ...\n};\n',
    disconnect('st', 'my:api/clock@1.2.0'),
    'let s = new my:sink { ... };\nlet st = new my:store {\n  // above\n  /* in it */ // behind\n  ...\n};\n',
  ],
  'one of those that are spread: the others are said': [
    'let s = new my:store { ... };\nlet st = new my:store { ...s, ... };\n',
    disconnect('st', 'my:api/log@1.0.0'),
    'let s = new my:store { ... };\nlet st = new my:store { %list: s.%list, ... };\n',
  ],
  'what a spread would give then': [
    'let s = new my:store { ... };\nlet o = new my:sink { ... };\nlet st = new my:store { %list: o.f, ...s, ... };\n',
    disconnect('st', 'list'),
    'let s = new my:store { ... };\nlet o = new my:sink { ... };\nlet st = new my:store { "my:api/log@1.0.0": s.log, ... };\n',
  ],
  'and passes what the text imports under the name': [
    'import log: func();\nlet s = new my:sink { ... };\nlet a = new my:adder { log: s.f };\n',
    disconnect('a', 'log'),
    'import log: func();\nlet s = new my:sink { ... };\nlet a = new my:adder { log };\n',
  ],
  'what the text imports, and with it the import': [
    '// why\nimport l as log: func();\nlet a = new my:adder { l };\n',
    disconnect('a', 'log'),
    'let a = new my:adder { ... };\n',
  ],
})

const all = 'let s = new my:sink { ... };\n'

cases('export', {
  'under its own name': [all, { kind: 'export', from: 's', export: 'f' }, `${all}export s.f;\n`],
  'by the end of its name': [
    all,
    { kind: 'export', from: 's', export: 'my:api/log@1.0.3' },
    `${all}export s.log;\n`,
  ],
  'under another name': [
    all,
    { kind: 'export', from: 's', export: 'f', as: 'my:api/x@1.0.0' },
    `${all}export s.f as "my:api/x@1.0.0";\n`,
  ],
  'an instance, as the text calls it': [all, { kind: 'export', from: 's' }, `${all}export s as s;\n`],
  'an import': [
    'import f as g: func();\n',
    { kind: 'export', from: 'f' },
    'import f as g: func();\nexport f;\n',
  ],
  'behind all others': [
    `${all}export s.g; // g\n// end\n`,
    { kind: 'export', from: 's', export: 'f', as: 'list' },
    `${all}export s.g; // g\nexport s.f as %list;\n// end\n`,
  ],
  'all of an instance': [all, { kind: 'export-all', from: 's' }, `${all}export s...;\n`],
})

cases('rename-export', {
  'gives a name': [
    `${all}export s.f /* c */ ;\n`,
    { kind: 'rename-export', name: 'f', to: 'x' },
    `${all}export s.f as x /* c */ ;\n`,
  ],
  'changes a name': [
    `${all}export s.f as x;\n`,
    { kind: 'rename-export', name: 'x', to: 'my:api/y' },
    `${all}export s.f as "my:api/y";\n`,
  ],
  'leaves out the name that it has': [
    `${all}export s.f as x;\n`,
    { kind: 'rename-export', name: 'x', to: 'f' },
    `${all}export s.f;\n`,
  ],
  'one of those that are spread': [
    `${all}// all\nexport s...; // of it\n`,
    { kind: 'rename-export', name: 'clock', to: 'x' },
    `${all}// all\nexport s.log;\nexport s.clock as x;\nexport s.f;\nexport s.g; // of it\n`,
  ],
  'what a spread would export then': [
    `${all}let t = new my:sink { ... };\nexport s.f;\nexport t...;\n`,
    { kind: 'rename-export', name: 'f', to: 'x' },
    `${all}let t = new my:sink { ... };\nexport s.f as x;\nexport t.log;\nexport t.clock;\nexport t.g;\n`,
  ],
})

cases('remove-export', {
  'with its comments': [
    `${all}\n// the f\nexport s.f; // yes\nexport s.g;\n`,
    { kind: 'remove-export', name: 'f' },
    `${all}\nexport s.g;\n`,
  ],
  'one of those that are spread': [
    `${all}export s /* all */...;\n`,
    { kind: 'remove-export', name: 'my:api/log@1.0.3' },
    `${all}/* all */\nexport s.clock;\nexport s.f;\nexport s.g;\n`,
  ],
  'what a spread would export then': [
    `${all}let t = new my:sink { ... };\nexport s.f;\nexport t...;\n`,
    { kind: 'remove-export', name: 'f' },
    `${all}let t = new my:sink { ... };\nexport t.log;\nexport t.clock;\nexport t.g;\n`,
  ],
  'what a spread of an instance without a name would export then': [
    `${all}export s.f;\nexport (new my:sink { ... })...;\n`,
    { kind: 'remove-export', name: 'f' },
    `${all}let sink = new my:sink { ... };\nexport sink.log;\nexport sink.clock;\nexport sink.g;\n`,
  ],
  'and keeps the instance': [
    'export (new my:sink { ... }).f;\n',
    { kind: 'remove-export', name: 'f' },
    'let sink = new my:sink { ... };\n',
  ],
})

cases('rename', {
  everywhere: [
    'let s = new my:store { ... };\nlet st = new my:store { ...s, %list: (new my:adder { log: s.%list }).go, ... };\nexport s;\nexport (s).list as x;\n',
    { kind: 'rename', node: 's', to: 'list' },
    'let %list = new my:store { ... };\nlet st = new my:store { ...%list, %list: (new my:adder { log: %list.%list }).go, ... };\nexport %list;\nexport (%list).list as x;\n',
  ],
  'an import, which is imported as before': [
    'import log: func();\nlet a = new my:adder { log };\nexport log;\n',
    { kind: 'rename', node: 'log', to: 'sink' },
    'import sink as log: func();\nlet a = new my:adder { sink };\nexport sink;\n',
  ],
  'an import of a path that is not there': [
    'import log: no:body/log;\n',
    { kind: 'rename', node: 'log', to: 'sink' },
    'import sink: no:body/log;\n',
  ],
  'an import of a type that is not there': [
    'import log: func(a: b);\n',
    { kind: 'rename', node: 'log', to: 'sink' },
    'import sink as log: func(a: b);\n',
  ],
  'what is passed by a name alone that said for what': [
    'let clock = new my:sink { ... };\nlet st = new my:store { clock, ... };\n',
    { kind: 'rename', node: 'clock', to: 'time' },
    'let time = new my:sink { ... };\nlet st = new my:store { clock: time, ... };\n',
  ],
  'what has no name': [
    'export (new my:sink { ... }).f;\n',
    { kind: 'rename', node: 0 as never, to: 'x' },
    'let x = new my:sink { ... };\nexport x.f;\n',
  ],
  'what is broken': [
    'let a = new no:body { ... };\nlet b = new my:adder { log: a.b, ...a };\n',
    { kind: 'rename', node: 'a', to: 'x' },
    'let x = new no:body { ... };\nlet b = new my:adder { log: x.b, ...x };\n',
  ],
})

cases('remove', {
  'with its comments, and all that uses it': [
    '// of the sink\n/* too */\nlet s = new my:sink { ... }; // s\n\n// alone\n\nlet f = s.f;\nlet a = new my:adder { log: f, ... };\nlet b = new my:adder { log: s.g };\nexport s...;\nexport f as h;\nexport a.go;\n',
    { kind: 'remove', node: 's' },
    '// alone\n\nlet a = new my:adder { ... };\nlet b = new my:adder { ... };\nexport a.go;\n',
  ],
  'and leaves what others had of its spread': [
    'let s = new my:store { ... };\nlet t = new my:store { ... };\nlet u = new my:store { ...s, ...t, ... };\nlet v = new my:store { %list: s.%list, ...t, ... };\n',
    { kind: 'remove', node: 's' },
    'let t = new my:store { ... };\nlet u = new my:store { ... };\nlet v = new my:store { "my:api/log@1.0.0": t.log, ... };\n',
  ],
  'and keeps the instances in its arguments': [
    'let a = new my:adder { log: (new my:log { out: (new my:sink { ... }).f }).log };\nexport a.go;\n',
    { kind: 'remove', node: 'a' },
    'let log = new my:log { out: (new my:sink { ... }).f };\n',
  ],
  'and what spreads would export then is said': [
    `${all}let t = new my:sink { ... };\nexport s.f;\nexport s.g as x;\nexport t...;\n`,
    { kind: 'remove', node: 's' },
    'let t = new my:sink { ... };\nexport t.log;\nexport t.clock;\nexport t.g;\n',
  ],
  'and the instance of a spread that would export the same is one still': [
    `${all}export s.f;\nexport (new my:sink { ... })...;\n`,
    { kind: 'remove', node: 's' },
    'let sink = new my:sink { ... };\nexport sink.log;\nexport sink.clock;\nexport sink.g;\n',
  ],
  'an import, which its users leave open': [
    'import log: func();\nlet a = new my:adder { log };\nlet b = new my:adder { log, ... };\n',
    { kind: 'remove', node: 'log' },
    'let a = new my:adder { ... };\nlet b = new my:adder { ... };\n',
  ],
  'an instance without a name': [
    'let a = new my:adder { log: (new my:log { ... }).log };\n',
    { kind: 'remove', node: 0 as never },
    'let a = new my:adder { ... };\n',
  ],
  'what is broken': [
    'let x = new no:body { oops };\nlet a = new my:adder { log: x.y, nothing: x };\nexport x.z;\n',
    { kind: 'remove', node: 'x' },
    'let a = new my:adder { ... };\n',
  ],
})

cases('import', {
  'a function': [
    'let a = new my:adder { ... };\nlet b = new my:adder { ... };\n',
    { kind: 'import', name: 'log' },
    'import log: func();\nlet a = new my:adder { log, ... };\nlet b = new my:adder { log, ... };\n',
  ],
  'a function under another name': [
    'let log = new my:adder { ... };\n',
    { kind: 'import', name: 'log' },
    'import log-2 as log: func();\nlet log = new my:adder { log-2, ... };\n',
  ],
  'the types of a function': [
    'let t = new my:types { ... };\n',
    { kind: 'import', name: 'plain' },
    'import plain: func(a: list<string>) -> option<u8>;\nlet t = new my:types { plain, ... };\n',
  ],
  'an instance, with its types': [
    'let t = new my:types { ... };\n',
    { kind: 'import', name: 'types' },
    'import types: interface {\n  resource r;\n};\nlet t = new my:types { types, ... };\n',
  ],
  'an interface': [
    'let st = new my:store { ... };\n',
    { kind: 'import', name: 'my:api/log@1.0.0' },
    'import log as "my:api/log@1.0.0": interface {\n  f: func();\n};\nlet st = new my:store { log, ... };\n',
  ],
  'an interface of a package of WIT, by its path': [
    'let t = new my:types { ... };\n',
    { kind: 'import', name: 'my:kinds/api@1.0.0' },
    'import api: my:kinds/api@1.0.0;\nlet t = new my:types { api, ... };\n',
  ],
})

cases('set-package', {
  'with a version': [
    '// mine\npackage my:app targets x:y/z; // here\n',
    { kind: 'set-package', package: 'other:thing@1.0.0-rc.1' },
    '// mine\npackage other:thing@1.0.0-rc.1 targets x:y/z; // here\n',
  ],
  'where the text names its own interfaces': [
    'package my:app;\n\ninterface i {}\n\nimport a: my:app/i;\n',
    { kind: 'set-package', package: 'other:thing' },
    'package other:thing;\n\ninterface i {}\n\nimport a: other:thing/i;\n',
  ],
})

describe('editWac, where other statements are broken', () => {
  const broken = 'let x = new no:body { ...nothing, a: nobody.b };\nexport nobody;\n'
  it('edits the others', () => {
    check([
      `${broken}${all}let a = new my:adder { ... };\n`,
      connect('a', 'log', 's', 'f'),
      `${broken}${all}let a = new my:adder { log: s.f, ... };\n`,
    ])
    check([`${broken}${all}`, { kind: 'export', from: 's', export: 'f' }, `${broken}${all}export s.f;\n`])
  })
  it('and what is broken and has no name, by its place', () => {
    const text = `${all}let a = new my:adder { log: (new my:log { nothing, ... }).log };\n`
    const [outer, inner] = analyzeWac(file(head + text), finder).broken
    assert.deepEqual([outer?.name, inner?.name], ['a', undefined])
    const at = inner!.place.span.start
    check([
      text,
      { kind: 'connect', instance: { at }, argument: 'out', from: 's', export: 'f' },
      `${all}let a = new my:adder { log: (new my:log { nothing, out: s.f, ... }).log };\n`,
    ])
    check([text, { kind: 'remove', node: { at } }, `${all}let a = new my:adder { ... };\n`])
    check([
      text,
      { kind: 'rename', node: { at: outer!.place.span.start }, to: 'b' },
      `${all}let b = new my:adder { log: (new my:log { nothing, ... }).log };\n`,
    ])
  })
  it('and the broken ones', () => {
    check([
      `${all}let a = new my:adder { log: s.nobody, ... };\n`,
      connect('a', 'log', 's', 'f'),
      `${all}let a = new my:adder { log: s.f, ... };\n`,
    ])
    check([
      `${all}let a = new my:adder { log: s.nobody };\n`,
      disconnect('a', 'log'),
      `${all}let a = new my:adder { ... };\n`,
    ])
    check([
      `let x = new no:body {};\n${all}`,
      connect('x', 'some:api/thing@1.0.0', 's', 'f'),
      `${all}let x = new no:body { "some:api/thing@1.0.0": s.f };\n`,
    ])
    check([
      `let x = new no:body {};\nlet a = new my:adder { ... };\n`,
      connect('a', 'log', 'x', 'some:api/thing'),
      `let x = new no:body {};\nlet a = new my:adder { log: x["some:api/thing"], ... };\n`,
    ])
  })
})

const refusals: Readonly<Record<string, readonly [string, WacAction, WacEditProblem, RegExp]>> = {
  'a package that is not there': ['', instantiate('my:ader'), 'package', /did you mean my:adder/],
  'a package of WIT': ['', instantiate('my:kinds'), 'package', /is WIT: there is no component in it/],
  'a name that is none': ['', instantiate('my:log', 'My Log'), 'name', /`My Log` is no name/],
  'a name that is taken': [all, instantiate('my:log', 's'), 'name', /defines `s` already/],
  'an instance that is not there': [all, connect('t', 'z', 's', 'f'), 'node', /nothing that is called `t`/],
  'an instance that is an import': [
    'import f: func();\n',
    connect('f', 'z', 'f'),
    'node',
    /`f` is no instance/,
  ],
  'a place where no instance is': [
    all,
    { kind: 'remove', node: { at: 3 } },
    'node',
    /no `new` expression begins at 3/,
  ],
  'a node of another text': [all, { kind: 'remove', node: 7 as never }, 'node', /there is no node 7/],
  'an import that is not there': [
    all,
    connect('s', 'zz', 's', 'f'),
    'missing',
    /no import named `zz`\ndid you mean z/,
  ],
  'an export that is not there': [
    `${all}let a = new my:adder { ... };\n`,
    connect('a', 'log', 's', 'ff'),
    'missing',
    /no export named `ff`/,
  ],
  'an export of a function': [
    'import f: func();\nlet a = new my:adder { ... };\n',
    connect('a', 'log', 'f', 'x'),
    'missing',
    /only instances have exports/,
  ],
  'a cycle of one': [all, connect('s', 'z', 's', 'f'), 'cycle', /^that would be a cycle: s needs s$/m],
  'a cycle': [
    'let l = new my:log { ... };\nlet a = new my:adder { log: l.log };\nlet f = a.go;\n',
    connect('l', 'out', 'f'),
    'cycle',
    /^that would be a cycle: f needs a needs l needs f$/m,
  ],
  'a cycle inside of a statement': [
    'let a = new my:adder { log: (new my:log { ... }).log };\n',
    { kind: 'connect', instance: 0 as never, argument: 'out', from: 'a', export: 'go' },
    'cycle',
    /a needs a/,
  ],
  'what is open already': [all, disconnect('s', 'z'), 'missing', /`z` is given nothing/],
  'an import that others use': [
    'import log: func();\nlet a = new my:adder { log };\nlet b = new my:adder { log };\n',
    disconnect('a', 'log'),
    'taken',
    /remove `log`, and all of them leave it open/,
  ],
  'an export twice': [
    `${all}export s.f;\n`,
    { kind: 'export', from: 's', export: 'f' },
    'name',
    /exports `f` already/,
  ],
  'all exports twice': [
    `${all}export s...;\n`,
    { kind: 'export-all', from: 's' },
    'name',
    /is exported already/,
  ],
  'all exports of a function': [
    'import f: func();\n',
    { kind: 'export-all', from: 'f' },
    'node',
    /`f` is no instance/,
  ],
  'an export with a name that is none': [
    all,
    { kind: 'export', from: 's', export: 'f', as: 'A b' },
    'name',
    /`A b` is no name of an export/,
  ],
  'another name for an export that is not there': [
    all,
    { kind: 'rename-export', name: 'x', to: 'y' },
    'missing',
    /no statement exports `x`/,
  ],
  'the name of another export': [
    `${all}export s.f;\nexport s.g;\n`,
    { kind: 'rename-export', name: 'f', to: 'g' },
    'name',
    /exports `g` already/,
  ],
  'the name of another instance': [
    `${all}let t = s;\n`,
    { kind: 'rename', node: 's', to: 't' },
    'name',
    /defines `t` already/,
  ],
  'a name that would mean something': [
    `${all}export t;\n`,
    { kind: 'rename', node: 's', to: 't' },
    'name',
    /uses `t` already/,
  ],
  'an import that is imported': [
    'import log: func();\n',
    { kind: 'import', name: 'log' },
    'name',
    /imports `log` already/,
  ],
  'an import that nobody wants': [all, { kind: 'import', name: 'zz' }, 'missing', /did you mean z\?/],
  'a core module': [
    'let t = new my:types { ... };\n',
    { kind: 'import', name: 'm' },
    'type',
    /it is a core-module/,
  ],
  'types of other interfaces': [
    'let t = new my:types { ... };\n',
    { kind: 'import', name: 'my:kinds/more@1.0.0' },
    'type',
    /uses types of other interfaces\nadd a package of WIT/,
  ],
  'an export of an instance that is to be removed': [
    `${all}export s.f;\n`,
    { kind: 'remove', node: 1 as never },
    'node',
    /cannot be removed/,
  ],
  'a package name that is none': [
    all,
    { kind: 'set-package', package: 'app' },
    'name',
    /`app` is no name of a package/,
  ],
}

describe('editWac refuses', () => {
  for (const [name, [text, action, problem, words]] of Object.entries(refusals)) {
    it(name, () => {
      assert.throws(
        () => editWac(file(head + text), finder, action),
        (error) => {
          assert.ok(error instanceof WacEditError, String(error))
          assert.equal(error.problem, problem)
          assert.match(error.message, words)
          return true
        },
      )
    })
  }

  it('texts that cannot be read, with all that is wrong with them', () => {
    for (const text of ['', 'package a:b;\nlet = 3;\nlet x = ;', 'package a:b;\n/* ']) {
      assert.throws(
        () => editWac(file(text), finder, instantiate('my:none')),
        (error) => {
          assert.ok(error instanceof WacEditError)
          assert.equal(error.problem, 'unreadable')
          assert.match(error.message, /mend what is wrong with it first\n[\s\S]*--> app\.wac/)
          return error.diagnostics.length > 0
        },
      )
    }
  })

  it('names of a cycle are told', () => {
    const text = 'package a:b; let l = new my:log { ... }; let a = new my:adder { log: l.log };'
    assert.throws(
      () => editWac(file(text), finder, connect('l', 'out', 'a', 'go')),
      (error) => {
        assert.deepEqual((error as WacEditError).names, ['a', 'l', 'a'])
        return true
      },
    )
  })
})

describe('editWac tells the names of what it made', () => {
  const name = (text: string, action: WacAction): string | undefined =>
    editWac(file(head + text), finder, action).name
  it('of instances, imports and exports', () => {
    assert.equal(name('let adder = new my:none {};', instantiate('my:adder')), 'adder-2')
    assert.equal(name('let log = new my:adder { ... };', { kind: 'import', name: 'log' }), 'log-2')
    assert.equal(name(all, { kind: 'export', from: 's', export: 'my:api/log@1.0.3' }), 'my:api/log@1.0.3')
    assert.equal(name(all, { kind: 'remove', node: 's' }), undefined)
  })
})

it('newDocument is a text that is formatted, and has no problems', () => {
  const text = newDocument('my:list@1.0.0-rc.1')
  assert.equal(formatWac(text), text)
  assert.deepEqual(analyzeWac(file(text), finder).problems, [])
  assert.throws(() => newDocument('My App'), /is no name of a package/)
})
