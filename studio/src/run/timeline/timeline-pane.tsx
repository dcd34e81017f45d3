import { Button, Checkbox, Group, Text, TextInput } from '@mantine/core'
import { DownloadIcon } from '@radix-ui/react-icons'
import { useDeferredValue, useMemo, useState } from 'react'
import type { CallEvent } from '../../contract/run.ts'
import { saveFile } from '../../download/save-file.ts'
import { countText } from '../../inspect/size-text.ts'
import { useStudio } from '../../state/store.ts'
import { useRun } from '../run-store.ts'
import { CallDetails } from './call-details.tsx'
import { CallTree } from './call-tree.tsx'
import { isHostCall, rowsOf, spanOf } from './rows.ts'
import classes from './timeline.module.css'
import { placesOfCall } from './wire-of-call.ts'

/** Every call that crossed a wire, with its values and its time. */
export function TimelinePane() {
  const log = useRun((run) => run.log)
  const version = useRun((run) => run.logVersion)
  const isWhole = useRun(({ ran }) => ran?.target === undefined)
  const [search, setSearch] = useState('')
  const [hostCalls, setHostCalls] = useState(true)
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set())
  const [selected, setSelected] = useState<number>()
  const wanted = useDeferredValue(search)
  // The log grows in place: its version says that it did.
  const rows = useMemo(
    () => rowsOf(version >= 0 ? log.calls : [], { search: wanted, hostCalls, folded }),
    [log, version, wanted, hostCalls, folded],
  )
  const span = useMemo(() => spanOf(rows.map(({ call }) => call)), [rows])
  const call = log.calls.find(({ id }) => id === selected)

  const select = (chosen: CallEvent) => {
    setSelected(chosen.id)
    // A block that ran alone is not one of the canvas by this name.
    if (isWhole) useStudio.getState().select(placesOfCall(chosen, useStudio.getState().graph))
  }
  const fold = (id: number, isFolded: boolean) => {
    const next = new Set(folded)
    if (isFolded) next.add(id)
    else next.delete(id)
    setFolded(next)
  }

  if (log.calls.length === 0)
    return (
      <Text size="sm">
        No call has crossed a wire yet. Each one will stand here with its values and its time.
      </Text>
    )
  return (
    <div className={classes.pane}>
      <Group gap="xs" align="end">
        <TextInput
          size="xs"
          type="search"
          label="Search calls"
          className={classes.search!}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
        <Button
          size="xs"
          variant="default"
          leftSection={<DownloadIcon aria-hidden />}
          onClick={() => saveFile('timeline.json', timelineJson(log.calls, log.dropped), 'application/json')}
        >
          Save as JSON
        </Button>
      </Group>
      <Checkbox
        size="sm"
        label={`Calls to the host (${log.calls.filter(isHostCall).length.toLocaleString('en')})`}
        checked={hostCalls}
        onChange={({ currentTarget }) => setHostCalls(currentTarget.checked)}
      />
      <Text size="xs" c="dimmed" role="status">
        {`${countText(rows.length, 'call')} shown of ${log.calls.length.toLocaleString('en')}`}
        {log.dropped > 0 &&
          `; ${countText(log.dropped, 'more call')} counted only, because there were too many`}
      </Text>
      <CallTree rows={rows} span={span} selected={selected} onSelect={select} onFold={fold} />
      {call !== undefined && <CallDetails call={call} />}
    </div>
  )
}

function timelineJson(calls: readonly CallEvent[], dropped: number): string {
  return JSON.stringify({ dropped, calls }, null, 1)
}
