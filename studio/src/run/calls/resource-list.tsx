import { Button, Group, Menu, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { LiveResource } from '../../contract/run.ts'
import { brief } from '../brief.ts'
import { callName } from '../form/call-text.ts'
import { More } from '../form/choice-fields.tsx'
import { editForms, newDraft } from '../form/draft.ts'
import { shownAtOnce } from '../form/form-limits.ts'
import { originOf } from '../form/origin-of.ts'
import { refocusAfter } from '../refocus.ts'
import { pathKey, useRun } from '../run-store.ts'
import classes from './calls.module.css'
import { functionsFor } from './function-groups.ts'

/** The resources that live, each with what can be done with it. */
export function ResourceList() {
  const resources = useRun((run) => run.resources)
  const isReady = useRun(({ session }) => session.phase === 'ready')
  const { drop } = useRun.getState()
  const [count, setCount] = useState(shownAtOnce)
  if (resources.length === 0) return null
  return (
    <section aria-label="Live resources">
      <Title order={3} size="xs">
        Live resources
      </Title>
      <ul className={classes.list}>
        {resources.slice(0, count).map((resource) => (
          <li key={resource.id} className={classes.row}>
            <Text size="xs" component="div" className={classes.grow}>
              <span className={classes.mono}>{`#${resource.id} ${brief(resource.resource, 60)}`}</span>
              <span className={classes.dimmed}>{` from ${brief(originOf(resource), 80)}`}</span>
            </Text>
            <Group gap={4} wrap="nowrap">
              <Methods resource={resource} />
              <Button
                size="compact-sm"
                variant="default"
                disabled={!isReady}
                aria-label={`Drop resource #${resource.id}`}
                onClick={({ currentTarget }) => refocusAfter(currentTarget, drop(resource))}
              >
                Drop
              </Button>
            </Group>
          </li>
        ))}
      </ul>
      <More total={resources.length} shown={count} onMore={setCount} />
    </section>
  )
}

/** Chooses a function that takes the resource, with the resource filled in. */
function Methods({ resource }: { readonly resource: LiveResource }) {
  const exports = useRun(({ session }) => session.started?.exports)
  const functions = functionsFor(resource.resource, exports ?? [])
  if (functions.length === 0) return null
  return (
    <Menu>
      <Menu.Target>
        <Button size="compact-sm" variant="default" aria-label={`Call with resource #${resource.id}`}>
          Call
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu!}>
        {functions.slice(0, 100).map((callable) => (
          <Menu.Item
            key={pathKey(callable.path)}
            onClick={() => {
              const place = callable.parameters.findIndex(
                ({ type }) =>
                  (type.kind === 'own' || type.kind === 'borrow') && type.resource === resource.resource,
              )
              const { callFormat, choose, drafts, setDraft } = useRun.getState()
              const key = pathKey(callable.path)
              const draft = drafts[key] ?? newDraft(callable, callFormat)
              setDraft(key, editForms(draft, callable, `${place}`, { kind: 'text', text: `#${resource.id}` }))
              choose(key)
            }}
          >
            {brief(callName(callable), 80)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
