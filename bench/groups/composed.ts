/** Calls from one component to another, in a loop of the caller's: JavaScript has no part in them. */
import type { Scenario } from '../scenario.ts'
import type { Composed } from '../values.ts'

export const composed: readonly Scenario[] = [
  row('to component: add', 2, ({ runAdd }, times) => runAdd(times)),
  ...string('16 B', 16),
  ...string('1 KiB', 1024),
  row('to component: list<u8> 64 KiB', 1.2, ({ runBytes }, times) => runBytes(times, 65536)),
]

function string(size: string, length: number): readonly Scenario[] {
  return [
    row(`to component: string ${size}`, 1.5, ({ runString }, times) => runString(times, length)),
    row('… by hand without a check', undefined, ({ runUnchecked }, times) => runUnchecked(times, length)),
  ]
}

function row(
  name: string,
  goal: number | undefined,
  run: (composed: Composed, times: number) => number,
): Scenario {
  return {
    name,
    ...(goal !== undefined && { goal }),
    prepare({ composed }) {
      const live = composed()
      return (times) => run(live, times) >>> 0
    },
  }
}
