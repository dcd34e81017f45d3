/** `tenon semver-check`. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { runCli } from '../support/run-cli.ts'

describe('versions of a package on the command line', () => {
  let cwd: string
  before(() => {
    cwd = mkdtempSync(join(tmpdir(), 'tenon-semver-'))
    const write = (name: string, text: string): void => writeFileSync(join(cwd, name), text)
    write(
      'old.wit',
      'package my:fs@0.2.3;\n\ninterface files {\n  read: func(n: u32);\n}\nworld app { import files; }\n',
    )
    write(
      'new.wit',
      'package my:fs@0.2.4;\ninterface files {\n  read: func(n: u64);\n  stat: func();\n}\nworld app { import files; }\n',
    )
    write(
      'grown.wit',
      'package my:fs@0.2.4;\ninterface files { read: func(n: u32); stat: func(); }\nworld app { import files; }\n',
    )
  })
  after(() => rmSync(cwd, { recursive: true }))
  const run = (...args: string[]) => runCli(['semver-check', ...args], { cwd })

  test('a change that breaks something', async () => {
    const { code, stdout, stderr } = await run('old.wit', 'new.wit')
    assert.deepEqual([code, stderr], [1, ''])
    assert.equal(
      stdout,
      `error: function \`read\` of \`my:fs/files\` changed: parameter \`n\` was u32 and is u64
 --> old.wit:4:14
  |
4 |   read: func(n: u32);
  |              ^ before
 --> new.wit:3:14
  |
3 |   read: func(n: u64);
  |              - now
  = both sides have to agree on it

function \`stat\` of \`my:fs/files\` was added: nobody needs it yet

my:fs@0.2.3 → my:fs@0.2.4: not compatible, 1 change breaks it; needs at least 0.3.0
`,
    )
  })

  test('changes that break nothing', async () => {
    const { code, stdout } = await run('old.wit', 'grown.wit', '--world', 'app')
    assert.equal(code, 0)
    assert.match(
      stdout,
      /^function `stat` .*\n\nmy:fs@0\.2\.3 → .*: compatible; needs at least 0\.2\.4, which it has\n$/,
    )
    assert.equal(
      (await run('old.wit', 'old.wit')).stdout,
      'my:fs@0.2.3: compatible, nothing changed; needs no new version\n',
    )
  })

  test('JSON', async () => {
    const { code, stdout } = await run('old.wit', 'new.wit', '--json')
    assert.equal(code, 1)
    const { breaks, additions, ...rest } = JSON.parse(stdout)
    assert.deepEqual(rest, {
      old: 'my:fs@0.2.3',
      new: 'my:fs@0.2.4',
      compatible: false,
      bump: 'major',
      leastVersion: '0.3.0',
      isVersionEnough: false,
    })
    assert.deepEqual(breaks, [
      {
        kind: 'changed',
        path: 'my:fs/files#read',
        message: 'function `read` of `my:fs/files` changed: parameter `n` was u32 and is u64',
        reason: 'both sides have to agree on it',
        old: { file: 'old.wit', line: 4, column: 14 },
        new: { file: 'new.wit', line: 3, column: 14 },
      },
    ])
    assert.equal(additions.length, 1)
  })

  test('what cannot be compared', async () => {
    writeFileSync(join(cwd, 'other.wit'), 'package my:other;')
    const { code, stderr } = await run('old.wit', 'other.wit')
    assert.equal(code, 1)
    assert.match(stderr, /^error: these are packages of different names/)
    assert.match(
      (await run('old.wit', 'new.wit', '--world', 'ap')).stderr,
      /no world `ap`: did you mean `app`\?/,
    )
    assert.equal((await run('old.wit')).code, 2)
    assert.match((await run('old.wit')).stderr, /which versions\?/)
  })
})
