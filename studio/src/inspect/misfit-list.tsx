import { Alert, Button, Group } from '@mantine/core'
import { endText } from '../canvas/ends.ts'
import type { Wire } from '../contract/graph.ts'
import { useStudio } from '../state/store.ts'
import { CutText } from './cut-text.tsx'
import classes from './misfit-list.module.css'
import { lostWires, misfits } from './misfits.ts'
import { countText } from './size-text.ts'

/** Enough to see what is wrong; the rest is on the canvas. */
const shown = 50

/** Wires of a package that do not fit, each with a way to see why, and one to be rid of them all. */
export function MisfitList({
  package: name,
  before,
  onForget,
}: {
  readonly package: string
  /** The package's wires before its file was replaced. */
  readonly before: readonly Wire[]
  /** Nobody misses them any more. */
  onForget(): void
}) {
  const graph = useStudio(({ graph }) => graph)
  const lost = lostWires(before, graph)
  const wires = [...misfits(graph, name), ...lost]
  if (wires.length === 0) return null
  const title = wires.length === 1 ? 'A wire does not fit' : `${countText(wires.length, 'wire')} do not fit`
  return (
    <Alert color="red" variant="outline" title={title} p="xs" classNames={{ title: classes.title! }}>
      <ul className={classes.list}>
        {wires.slice(0, shown).map((wire) => (
          <Misfit key={wire.id} wire={wire} isLost={lost.includes(wire)} />
        ))}
      </ul>
      <Group gap="xs" mt="xs">
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            onForget()
            void useStudio.getState().edit(wires.map(({ to }) => ({ kind: 'disconnect', to }) as const))
          }}
        >
          {wires.length === 1 ? 'Remove it' : 'Remove them all'}
        </Button>
      </Group>
    </Alert>
  )
}

function Misfit({ wire, isLost }: { readonly wire: Wire; readonly isLost: boolean }) {
  const { from, to } = wire
  const graph = useStudio(({ graph }) => graph)
  const problem = isLost ? 'The export is not there any more.' : wire.problem
  return (
    <li>
      <span className={classes.ends}>
        <CutText text={`${endText(graph, from)} → ${endText(graph, to)}`} />
      </span>
      {problem !== undefined && <CutText text={problem} limit={240} />}{' '}
      {!isLost && (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => useStudio.getState().show({ kind: 'compare', from, to })}
        >
          Compare
        </Button>
      )}
    </li>
  )
}
