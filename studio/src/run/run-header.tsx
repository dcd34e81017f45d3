import { Button, NativeSelect, Progress, Text } from '@mantine/core'
import { PlayIcon, ResetIcon, StopIcon } from '@radix-ui/react-icons'
import { useEffect, useMemo, useState } from 'react'
import { useStudio } from '../state/store.ts'
import { workshop } from '../workshop/client.ts'
import { brief } from './brief.ts'
import classes from './run.module.css'
import { useRun } from './run-store.ts'
import { commandPorts } from './run-target.ts'
import { describe, duration, isBusy, isLive, statusOf } from './session-state.ts'
import { useRunText } from './use-run-text.ts'
import { splitWords } from './words.ts'

/** What is run, the buttons that start and stop it, and how it is. */
export function RunHeader() {
  const session = useRun((run) => run.session)
  const args = useRun((run) => run.setup.args)
  const text = useRunText()
  const { start, stop } = useRun.getState()
  const live = isLive(session)
  const obstacle =
    useObstacle() ?? ('problem' in splitWords(args) ? 'The arguments in Setup are not closed.' : undefined)
  const run = () => start(text, (name) => workshop.bytesOf(name))
  const startName = text.isCommand ? 'Run' : 'Start'
  return (
    <>
      <div className={classes.header}>
        <Target />
        <Button
          size="xs"
          variant={live ? 'default' : 'filled'}
          leftSection={live ? <ResetIcon aria-hidden /> : <PlayIcon aria-hidden />}
          disabled={obstacle !== undefined}
          onClick={run}
        >
          {live ? 'Restart' : startName}
        </Button>
        {/* The button stays in its place when there is nothing to stop, so that the focus stays, too. */}
        <Button
          size="xs"
          variant="default"
          leftSection={<StopIcon aria-hidden className={classes.stop} />}
          aria-disabled={!live}
          data-disabled={!live}
          onClick={() => live && stop()}
        >
          Stop
        </Button>
      </div>
      <div className={classes.status}>
        <Text size="sm" component="span">
          {obstacle !== undefined && !live ? obstacle : brief(statusOf(session), 200)}
        </Text>
        <ExportRun />
        {isBusy(session.phase) && <Elapsed began={session.began} />}
        <Changed />
      </div>
      {session.phase === 'loading' && (
        <Progress size="sm" value={session.part * 100} aria-label={brief(describe(session), 100)} />
      )}
    </>
  )
}

/** The composition, or one of its blocks alone. */
function Target() {
  const blocks = useStudio(({ graph }) => graph.blocks)
  const target = useRun((run) => run.target)
  const instances = blocks.filter(({ kind, package: name }) => kind === 'instance' && name !== undefined)
  return (
    <NativeSelect
      size="xs"
      label="What to run"
      className={classes.target!}
      value={instances.some(({ id }) => id === target) ? target! : ''}
      onChange={({ currentTarget }) =>
        useStudio
          .getState()
          .show({ kind: 'run', block: currentTarget.value === '' ? undefined : currentTarget.value })
      }
      data={[
        { value: '', label: 'The composition' },
        ...instances.map(({ id }) => ({ value: id, label: `${brief(id, 60)} alone` })),
      ]}
    />
  )
}

/** Why nothing can be started; undefined where it can. */
function useObstacle(): string | undefined {
  const isComplete = useStudio((studio) => studio.isComplete)
  const isEmpty = useStudio(({ graph }) => graph.blocks.length === 0)
  const hasExports = useStudio(({ graph }) => graph.exports.length > 0)
  const isAlone = useRun(({ target }) => target !== undefined)
  if (isEmpty) return 'Nothing to run yet: open a component first.'
  if (!isComplete && !isAlone) return 'The composition has problems: mend them, or run a block alone.'
  if (!hasExports && !isAlone) return 'The composition exports nothing: mark an export, or run a block alone.'
  return undefined
}

/** Makes a command of a composition that exports nothing yet, where it is clear which. */
function ExportRun() {
  const graph = useStudio((studio) => studio.graph)
  const isAlone = useRun(({ target }) => target !== undefined)
  const [port, ...others] = useMemo(() => commandPorts(graph), [graph])
  if (isAlone || graph.exports.length > 0 || port === undefined || others.length > 0) return null
  return (
    <Button
      size="compact-sm"
      variant="default"
      onClick={() => useStudio.getState().edit({ kind: 'export', from: port })}
    >
      {`Export run of ${brief(port.block, 60)}`}
    </Button>
  )
}

function Changed() {
  const ran = useRun((run) => run.ran)
  const target = useRun((run) => run.target)
  const { fingerprint } = useRunText()
  if (ran === undefined || ran.target !== target || ran.fingerprint === fingerprint) return null
  return (
    <Text size="sm" component="span" fs="italic">
      Changed since this run
    </Text>
  )
}

/** Seconds, once there is one: not for screen readers, which would say each. */
function Elapsed({ began }: { readonly began: number }) {
  const [now, setNow] = useState(began)
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <Text size="sm" c="dimmed" component="span" aria-hidden>
      {now - began >= 1_000 && duration(now - began)}
    </Text>
  )
}
