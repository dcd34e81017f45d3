import { styleText } from 'node:util'
import { median, ratio, type Samples, type Times } from './harness.ts'
import type { Scenario } from './scenario.ts'

const widths = [30, 12, 12, 10, 15, 12, 10, 12, 12]

export function printHead(): void {
  const columns = ['', 'by hand', 'Tenon', '÷ hand', 'goal', 'transpiled', '÷ hand', 'jco', 'jco ÷ hand']
  printRow(columns, (text) => styleText('bold', text))
}

/** One line: what each takes, and how many times the hand-written time that is. */
export function printLine({ name, goal, orMore = 0 }: Scenario, times: Times): void {
  const [hand, tenon, transpiled, jco] = [
    times['hand-written'],
    times.tenon,
    times.transpiled,
    times.jco,
  ].map((it) => (Array.isArray(it) ? it : undefined))
  const good =
    goal === undefined ||
    (tenon && hand && (ratio(tenon, hand) <= goal || median(tenon) - median(hand) <= orMore))
  printRow(
    [
      name,
      time(hand),
      time(tenon),
      comparison(tenon, hand),
      goal ? `≤ ${goal}${orMore ? ` or +${orMore} ns` : ''}` : '',
      time(transpiled),
      comparison(transpiled, hand),
      time(jco),
      comparison(jco, hand),
    ],
    (text) => (good ? text : styleText('red', text)),
  )
  for (const [contestant, it] of Object.entries(times)) {
    if (!(it instanceof Error)) continue
    console.log(`  ${contestant} failed: ${it.message}`)
    process.exitCode = 1
  }
}

function printRow(cells: readonly string[], style: (text: string) => string): void {
  const [name = '', ...others] = cells
  console.log(
    style(name.padEnd(widths[0]!) + others.map((text, i) => text.padStart(widths[i + 1]!)).join('')),
  )
}

function comparison(samples: Samples | undefined, hand: Samples | undefined): string {
  return samples && hand ? `${ratio(samples, hand).toFixed(2)}×` : ''
}

function time(samples: Samples | undefined): string {
  if (samples === undefined) return ''
  const nanoseconds = median(samples)
  if (nanoseconds < 1_000) return `${nanoseconds.toFixed(nanoseconds < 100 ? 1 : 0)} ns`
  return nanoseconds < 1_000_000
    ? `${(nanoseconds / 1_000).toFixed(1)} µs`
    : `${(nanoseconds / 1_000_000).toFixed(2)} ms`
}
