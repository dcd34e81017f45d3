/**
 * `npm run bench`, or `npm run bench -- strings cold` for some groups: compares Tenon with hand-written calls of the same
 * core modules and with jco, in one run. Installs jco here, on the first run.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type ContestantName, contestants } from './contestants.ts'
import { prepareJco } from './contestants/jco.ts'
import { groups } from './groups.ts'
import { printCold } from './cold/cold.ts'
import { race } from './harness.ts'
import { printLoad } from './load/load.ts'
import { printHead, printLine } from './table.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { without: { type: 'string', multiple: true } },
})
const wanted = positionals.length ? positionals : [...Object.keys(groups), 'load', 'wit', 'cold']
const names = (Object.keys(contestants) as ContestantName[]).filter((name) => !values.without?.includes(name))

if (names.includes('jco') && !existsSync(join(import.meta.dirname, 'node_modules/@bytecodealliance/jco'))) {
  console.log('installing jco into bench/node_modules (340 MB) …')
  const { status } = spawnSync('npm', ['install', '--ignore-scripts', '--loglevel=error'], {
    cwd: import.meta.dirname,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(1)
}

console.log(
  `Node ${process.versions.node} on ${cpus()[0]?.model ?? process.arch}; medians; ÷ hand: times the hand-written time\n`,
)
const inProcesses = wanted.filter((group) => group in groups)
if (inProcesses.length) {
  if (names.includes('jco')) await prepareJco()
  printHead()
  for (const group of inProcesses) {
    for (const [index, scenario] of groups[group]!.entries()) {
      const able = names.filter((one) => !scenario.without?.includes(one))
      printLine(scenario, await race(able, group, index))
    }
  }
}
if (wanted.includes('load')) await printLoad()
if (wanted.includes('wit')) (await import('./wit/wit.ts')).printWit()
if (wanted.includes('cold')) await printCold(names.includes('jco'))
