/** Calls from one component to another of a live composition: what it costs that the other one can be exchanged. */
import type { Scenario } from '../scenario.ts'
import type { Composed, Contestant } from '../values.ts'

export const swap: readonly Scenario[] = [
  row(
    'to a fixed part: add',
    ({ live }) => live!.fixed,
    ({ runAdd }, times) => runAdd(times),
  ),
  row(
    '… that can be exchanged',
    ({ live }) => live!.exchangeable,
    ({ runAdd }, times) => runAdd(times),
  ),
  row(
    'to a fixed part: string 16 B',
    ({ live }) => live!.fixed,
    ({ runString }, times) => runString(times, 16),
  ),
  row(
    '… that can be exchanged',
    ({ live }) => live!.exchangeable,
    ({ runString }, times) => runString(times, 16),
  ),
]

function row(
  name: string,
  pick: (contestant: Contestant) => Composed,
  run: (composed: Composed, times: number) => number,
): Scenario {
  return {
    name,
    without: ['jco', 'transpiled'],
    prepare(contestant) {
      const composed = contestant.live ? pick(contestant) : contestant.composed()
      return (times) => run(composed, times) >>> 0
    },
  }
}
