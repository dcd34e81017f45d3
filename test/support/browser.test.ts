import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { noBrowser } from './browser.ts'

test('Chromium ends with whoever started it, also one that is killed', { skip: noBrowser }, async () => {
  const url = new URL('./browser.ts', import.meta.url).href
  const program = `import { Browser } from ${JSON.stringify(url)}
    const browser = await Browser.start()
    console.log(browser.pid)
    setInterval(() => {}, 1000)`
  const starter = spawn(process.execPath, ['--input-type=module-typescript', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface({ input: starter.stdout! }), 'line')) as [string]
  const pid = Number(line)
  assert.ok(isRunning(pid))
  starter.kill('SIGKILL')
  await once(starter, 'exit')
  const end = Date.now() + 10_000
  while (isRunning(pid) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50))
  const stays = isRunning(pid)
  if (stays) process.kill(pid, 'SIGKILL')
  assert.ok(!stays, 'Chromium goes on')
})

/** One that has ended and was waited for by nobody runs no more. */
function isRunning(pid: number): boolean {
  try {
    if (process.platform === 'linux')
      return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
