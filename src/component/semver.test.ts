import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareVersions, isCanonicalVersion, parseVersion, semverTrack, type Version } from './semver.ts'

const problems: [text: string, problem: string][] = [
  ['', 'empty string'],
  ['.', "unexpected character '.' while parsing major version number"],
  ['1.', 'unexpected end of input while parsing minor version number'],
  ['1', 'unexpected end of input after major version number'],
  ['a.2', "unexpected character 'a'"],
  ['2.b', "unexpected character 'b'"],
  ['2.0x0', "unexpected character 'x' after minor version number"],
  ['2.0.0+', 'empty identifier segment in build metadata'],
  ['2.0.0-', 'empty identifier segment in pre-release identifier'],
  ['2.0.0-01', 'invalid leading zero'],
  ['02.0.0', 'invalid leading zero'],
  ['99999999999999999999.0.0', 'value of major version number exceeds'],
  ['1.2.3 ', "unexpected character ' ' after version"],
]

for (const [text, problem] of problems) {
  test(`no version: ${JSON.stringify(text)}`, () => {
    const parsed = parseVersion(text)
    assert.ok('problem' in parsed)
    assert.ok(parsed.problem.startsWith(problem), parsed.problem)
  })
}

const tracks: [version: string, track: string][] = [
  ['1.4.0', '1'],
  ['12.0.1+build.5', '12'],
  ['0.2.6', '0.2'],
  ['0.0.7', '0.0.7'],
  ['1.0.0-rc.1', '1.0.0-rc.1'],
  ['0.2.0-rc-2023-11-10', '0.2.0-rc-2023-11-10'],
  ['0.2', '0.2'],
  ['not a version', 'not a version'],
]

for (const [version, track] of tracks) {
  test(`track of ${version}`, () => assert.equal(semverTrack(version), track))
}

test('canonical versions', () => {
  assert.deepEqual(['1', '0.2', '0.0.3', '0.0.0'].map(isCanonicalVersion), [true, true, true, true])
  assert.deepEqual(['0', '0.0', '1.2', '01', '1.2.3'].map(isCanonicalVersion), [
    false,
    false,
    false,
    false,
    false,
  ])
})

test('order of versions', () => {
  const sorted = [
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0',
    '1.0.10',
  ]
  const parsed = sorted.map((text) => parseVersion(text) as Version)
  assert.deepEqual([...parsed].reverse().sort(compareVersions), parsed)
})
