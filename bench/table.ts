import { styleText } from 'node:util'
import type { Times } from './harness.ts'

const widths = [30, 12, 12, 8, 8, 12, 12]

export function printHead(): void {
  printRow(['', 'by hand', 'Tenon', '÷ hand', 'goal', 'jco', 'jco ÷ hand'], (text) => styleText('bold', text))
}

/** One line: what each takes, and how many times the hand-written time that is. */
export function printLine(name: string, times: Times, goal: number | undefined): void {
  const hand = times['hand-written']
  const { tenon, jco } = times
  const good = typeof tenon === 'number' && typeof hand === 'number' && tenon / hand <= (goal ?? Infinity)
  printRow(
    [name, cell(hand), cell(tenon), ratio(tenon, hand), goal ? `≤ ${goal}` : '', cell(jco), ratio(jco, hand)],
    (text) => (good ? text : styleText('red', text)),
  )
  for (const [contestant, time] of Object.entries(times)) {
    if (time instanceof Error) console.log(`  ${contestant}: ${time.message}`)
  }
}

function printRow(cells: readonly string[], style: (text: string) => string): void {
  const [name = '', ...others] = cells
  console.log(
    style(name.padEnd(widths[0]!) + others.map((text, i) => text.padStart(widths[i + 1]!)).join('')),
  )
}

function ratio(time: Times[keyof Times], hand: Times[keyof Times]): string {
  return typeof time === 'number' && typeof hand === 'number' ? `${(time / hand).toFixed(2)}×` : ''
}

function cell(time: Times[keyof Times]): string {
  if (time === undefined) return ''
  if (time instanceof Error) return 'failed'
  if (time < 1_000) return `${time.toFixed(time < 100 ? 1 : 0)} ns`
  return time < 1_000_000 ? `${(time / 1_000).toFixed(1)} µs` : `${(time / 1_000_000).toFixed(2)} ms`
}
