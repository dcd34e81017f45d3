/** WIT text to resolved packages, by processor time: of a generated package, in this process. */
import { styleText } from 'node:util'
import { resolveWit } from '../../src/wit/resolve.ts'
import { median } from '../harness.ts'
import { generatePackage } from './generate-package.ts'

const goal = 10
const warmUps = 3
const runs = 9

/** Prints the group's line. */
export function printWit(): void {
  const text = generatePackage(2_000)
  const files = [{ name: 'generated.wit', text }]
  for (let i = 0; i < warmUps; i++) resolveWit({ files })
  const time = median(Array.from({ length: runs }, () => processorTime(() => resolveWit({ files }))))
  const speed = text.length / 1_000 / time
  const name = `${(text.length / 1e6).toFixed(1)} MB of WIT, 2,000 interfaces`
  const line = `${name.padEnd(34)}${`${time.toFixed(0)} ms`.padStart(13)}${`${speed.toFixed(1)} MB/s`.padStart(13)}${`≥ ${goal} MB/s`.padStart(13)}`
  console.log(
    styleText(
      'bold',
      `${'text to resolved packages'.padEnd(34)}${'time'.padStart(13)}${'speed'.padStart(13)}${'goal'.padStart(13)}`,
    ),
  )
  console.log(speed < goal ? styleText('red', line) : line)
}

/** Milliseconds of all threads: garbage is collected on others. */
function processorTime(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
