import { NativeSelect, Text } from '@mantine/core'
import { useEffect, useMemo, useRef } from 'react'
import { brief } from '../brief.ts'
import { callName } from '../form/call-text.ts'
import { pathKey, useRun } from '../run-store.ts'
import { AnswerView } from './answer-view.tsx'
import { CallForm } from './call-form.tsx'
import { CallHistory } from './call-history.tsx'
import classes from './calls.module.css'
import { functionGroups } from './function-groups.ts'
import { ResourceList } from './resource-list.tsx'

/** Calls of whatever is exported: choose, fill in, call, and see what comes of it. */
export function CallsPane() {
  const started = useRun(({ session }) => session.started)
  const chosen = useRun((run) => run.chosen)
  const newest = useRun((run) => run.history[0])
  const { choose } = useRun.getState()
  const groups = useMemo(() => functionGroups(started?.exports ?? []), [started])
  const functions = groups.flatMap((group) => group.functions)
  const callable = functions.find(({ path }) => pathKey(path) === chosen) ?? functions[0]

  const select = useRef<HTMLSelectElement>(null)
  // Chosen further down, by a resource or an earlier call: that is where the person goes on.
  const before = useRef(chosen)
  useEffect(() => {
    if (before.current !== chosen) select.current?.focus()
    before.current = chosen
  }, [chosen])

  if (started === undefined) return <Text size="sm">Start the composition to call what it exports.</Text>
  if (callable === undefined)
    return <Text size="sm">Nothing is exported that can be called{started.isCommand ? ' but run' : ''}.</Text>
  return (
    <div className={classes.pane}>
      <NativeSelect
        ref={select}
        size="xs"
        label="Function"
        value={pathKey(callable.path)}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
        data={groups.map((group) => ({
          group: brief(group.label, 100),
          items: group.functions.map((one) => ({
            value: pathKey(one.path),
            label: brief(callName(one), 100),
          })),
        }))}
      />
      <CallForm key={pathKey(callable.path)} callable={callable} />
      {newest !== undefined && <AnswerView record={newest} />}
      <ResourceList />
      <CallHistory />
    </div>
  )
}
