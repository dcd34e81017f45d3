import { Button, NativeSelect, Progress, Text } from '@mantine/core'
import { PlayIcon, ResetIcon, StopIcon } from '@radix-ui/react-icons'
import { useEffect, useMemo, useState } from 'react'
import type { PortRef } from '../contract/graph.ts'
import { useStudio } from '../state/store.ts'
import { workshop } from '../workshop/client.ts'
import { brief } from './brief.ts'
import { FirstMistake } from './first-mistake.tsx'
import classes from './run.module.css'
import { useRun } from './run-store.ts'
import { commandPorts, type RunText, runText } from './run-target.ts'
import { limitFields, readLimits } from './setup/limit-fields.ts'
import { describe, duration, isBusy, isLive, statusOf } from './session-state.ts'
import { useRunText } from './use-run-text.ts'
import { splitWords } from './words.ts'

/** What is run, the buttons that start and stop it, and how it is. */
export function RunHeader() {
  const session = useRun((run) => run.session)
  const text = useRunText()
  const { start, stop } = useRun.getState()
  const live = isLive(session)
  const port = useCommandToExport()
  const inSetup = useObstacleInSetup()
  const obstacle = useObstacle(port !== undefined) ?? inSetup
  const run = async () => {
    if (port === undefined) return start(text, (name) => workshop.bytesOf(name))
    const refusal = await useStudio.getState().edit({ kind: 'export', from: port })
    const studio = useStudio.getState()
    if (refusal === undefined && studio.isComplete)
      await start(runText(undefined, studio), (name) => workshop.bytesOf(name))
  }
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
          {live ? 'Restart' : startName(text, port)}
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
        {isBusy(session.phase) && <Elapsed began={session.began} />}
        <Changed />
      </div>
      <FirstMistake />
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

function startName({ isCommand }: RunText, port: PortRef | undefined): string {
  if (port !== undefined) return `Export run of ${brief(port.block, 40)} and start`
  return isCommand ? 'Run' : 'Start'
}

/** Of a composition that exports nothing yet: its command, where it is clear which. Exported, it can run. */
function useCommandToExport(): PortRef | undefined {
  const graph = useStudio((studio) => studio.graph)
  const isAlone = useRun(({ target }) => target !== undefined)
  const [port, ...others] = useMemo(() => commandPorts(graph), [graph])
  return isAlone || graph.exports.length > 0 || others.length > 0 ? undefined : port
}

/** Why nothing can be started; undefined where it can. */
function useObstacle(canExport: boolean): string | undefined {
  const isComplete = useStudio((studio) => studio.isComplete)
  const isEmpty = useStudio(({ graph }) => graph.blocks.length === 0)
  const problems = useStudio((studio) => studio.problems.length)
  const hasExports = useStudio(({ graph }) => graph.exports.length > 0)
  const isAlone = useRun(({ target }) => target !== undefined)
  if (!isComplete && !isAlone && problems > 0)
    return problems === 1
      ? 'The text has a mistake: mend it, or run a block alone.'
      : `The text has ${problems} mistakes: mend them, or run a block alone.`
  if (isEmpty) return 'Nothing to run yet: open a component first.'
  if (!isComplete && !isAlone) return 'The composition has problems: mend them, or run a block alone.'
  if (!hasExports && !isAlone && !canExport)
    return 'The composition exports nothing: mark an export, or run a block alone.'
  return undefined
}

function useObstacleInSetup(): string | undefined {
  const args = useRun((run) => run.setup.args)
  const limits = useRun((run) => run.setup.limits)
  if ('problem' in splitWords(args)) return 'The arguments in Setup are not closed.'
  const read = readLimits(limits)
  const wrong = 'problems' in read && limitFields.find(({ name }) => read.problems[name] !== undefined)
  return wrong ? `In Setup, the limit of ${wrong.label.toLowerCase()} is out of its range.` : undefined
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
