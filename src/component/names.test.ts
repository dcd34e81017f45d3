import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isLabel, labelHash, parseExternName, parseInterfaceName, uniquenessKey } from './names.ts'

const labels: [text: string, valid: boolean][] = [
  ['a', true],
  ['a1-2-3', true],
  ['A11-4CR0NYMS', true],
  ['m1x3d-4CR0NYMS', true],
  ['is-XML', true],
  ['a-1-b-2-c-3', true],
  ['', false],
  ['1', false],
  ['1-a', false],
  ['a-', false],
  ['a--b', false],
  ['aBc', false],
  ['a-1aB', false],
  ['ä', false],
  ['a\n', false],
]

for (const [text, valid] of labels) {
  test(`label ${JSON.stringify(text)}`, () => assert.equal(isLabel(text), valid))
}

test('a label that nearly matches is refused in linear time', () => {
  assert.equal(isLabel(`a${'-1'.repeat(40_000)}-!`), false)
})

const names: [name: string, parts: object][] = [
  ['add', { kind: 'label', label: 'add' }],
  ['[constructor]blob', { kind: 'constructor', resource: 'blob' }],
  ['[method]blob.read', { kind: 'method', resource: 'blob', label: 'read' }],
  ['[static]blob.merge', { kind: 'static', resource: 'blob', label: 'merge' }],
  [
    'wasi:io/streams@0.2.6',
    { kind: 'interface', namespace: 'wasi', package: 'io', interface: 'streams', version: '0.2.6' },
  ],
  ['a:b/C', { kind: 'interface', namespace: 'a', package: 'b', interface: 'C', version: undefined }],
  ['a:b/c@0.2', { kind: 'interface', namespace: 'a', package: 'b', interface: 'c', version: '0.2' }],
  ['a:b/c@0.0.0-abcd.1.2+efg.4.ee.5', { kind: 'interface' }],
  ['unlocked-dep=<a:b>', { kind: 'unlocked-dep', target: 'a:b' }],
  ['unlocked-dep=<a:b@*>', { kind: 'unlocked-dep', target: 'a:b@*' }],
  ['unlocked-dep=<a:b@{>=1.2.3 <2.0.0}>', { kind: 'unlocked-dep', target: 'a:b@{>=1.2.3 <2.0.0}' }],
  ['unlocked-dep=<a:b@{<1.2.3-rc}>', { kind: 'unlocked-dep' }],
  ['locked-dep=<a:b@1.2.3>,integrity=<sha256-AAAA>', { kind: 'locked-dep', target: 'a:b@1.2.3' }],
  ['url=<https://a.b/c?d>', { kind: 'url', target: 'https://a.b/c?d' }],
  ['integrity=<sha512-abc= sha384-def?x>', { kind: 'integrity' }],
  ['unlocked-dep=<a>', { kind: 'invalid' }],
  ['unlocked-dep=<a:b@{}>', { kind: 'invalid' }],
  ['locked-dep=<a:b@{>=1.2.3}>', { kind: 'invalid' }],
  ['url=<<>', { kind: 'invalid' }],
  ['integrity=<md5-ABC>', { kind: 'invalid' }],
  ['aBc', { kind: 'invalid', problem: '`aBc` is not in kebab case' }],
  ['[constructor]', { kind: 'invalid', problem: '`` is not in kebab case' }],
  ['[method]a', { kind: 'invalid', problem: 'failed to find `.` character' }],
  ['[method]a.b.c', { kind: 'invalid', problem: '`b.c` is not in kebab case' }],
  ['[other]a', { kind: 'invalid', problem: '`[other]a` is not in kebab case' }],
  ['wasi/http', { kind: 'invalid', problem: '`wasi/http` is not in kebab case' }],
  ['ns-A:b/c', { kind: 'invalid', problem: '`ns-A` is not in kebab case' }],
  [':/', { kind: 'invalid', problem: '`` is not in kebab case' }],
  ['foo:bar:baz/qux', { kind: 'invalid', problem: 'expected `/` after package name' }],
  ['foo:bar/baz/qux', { kind: 'invalid', problem: 'trailing characters found: `/qux`' }],
  ['a:b/c@', { kind: 'invalid', problem: 'empty string, expected a semver version' }],
]

for (const [name, parts] of names) {
  test(`extern name ${name}`, () => assert.partialDeepStrictEqual(parseExternName(name), parts))
}

test('an interface name is told from a plain one', () => {
  assert.equal(parseInterfaceName('add').kind, 'invalid')
})

const keys: [name: string, key: string][] = [
  ['foo-BAR', 'foo-bar'],
  ['[method]foo.BAR', 'foo.bar'],
  ['[static]foo.bar', 'foo.bar'],
  ['[method]foo.foo', 'foo'],
  ['[static]foo-BAR.FOO-bar', 'foo-bar'],
  ['[constructor]FOO', '[constructor]foo'],
  ['foo:bar/BAZ', 'foo:bar/baz'],
  ['a:b/C@1.0.0-RC', 'a:b/c@1.0.0-RC'],
  ['integrity=<sha256-ABC>', 'integrity=<sha256-ABC>'],
  ['url=<https://a.b/C>', 'url=<https://a.b/C>'],
]

for (const [name, key] of keys) {
  test(`uniqueness of ${name}`, () => assert.equal(uniquenessKey(name), key))
}

test('labels that are not strongly unique have one hash', () => {
  assert.equal(labelHash('is-XML'), labelHash('IS-xml'))
  assert.notEqual(labelHash('is-XML'), labelHash('is-XMR'))
  assert.equal(labelHash('xc0'), labelHash('xan'))
  assert.equal(labelHash('isXml'), -1)
})
