/** Runs docs/wit.md: its texts are files, its commands print what stands there; a line `…` leaves out some. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { runCli } from '../support/run-cli.ts'

const page = readFileSync('docs/wit.md', 'utf8')

describe('docs/wit.md', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'tenon-page-'))
  after(() => rmSync(cwd, { recursive: true }))
  let commands = 0

  for (const [, text = '', language = '', block = ''] of page.matchAll(
    /([^\n]*)\n+```(\w+)\n([\s\S]*?)```/g,
  )) {
    if (language === 'wit' || language === 'wat') {
      const name = /`([\w.]+)`[^`]*:$/.exec(text)?.[1]
      assert.ok(name, `which file? ${text}`)
      test(`${name} is written`, () => writeFileSync(join(cwd, name), block))
    }
    if (language !== 'console') continue
    for (const session of block.split(/^\$ tenon /m).slice(1)) {
      const [line = '', ...printed] = session.split('\n')
      test(`tenon ${line}`, async () => {
        const { code, stdout, stderr } = await runCli(line.split(' '), { cwd })
        const found = `${stdout}${stderr}${code === 0 ? '' : `exit code ${code}\n`}`
        assert.match(found, pattern(printed.join('\n')), found)
        commands++
      })
    }
  }

  test('has commands', () => assert.equal(commands, 9))
})

function pattern(printed: string): RegExp {
  const parts = printed.split('…\n').map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
  return new RegExp(`^${parts.join('[\\s\\S]*')}$`)
}
