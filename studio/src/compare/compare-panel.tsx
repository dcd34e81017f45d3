import { Button, Group, Loader, Text, UnstyledButton } from '@mantine/core'
import { ArrowLeftIcon } from '@radix-ui/react-icons'
import { endKey, endText } from '../canvas/ends.ts'
import { focusEnd } from '../canvas/wiring.ts'
import type { PortRef } from '../contract/graph.ts'
import type { Comparison } from '../contract/workshop.ts'
import { CutText } from '../inspect/cut-text.tsx'
import { cutText } from '../inspect/visible-text.ts'
import { countText } from '../inspect/size-text.ts'
import { usePanelFocus } from '../inspect/use-panel-focus.ts'
import { useStudio } from '../state/store.ts'
import classes from './compare-panel.module.css'
import { ComparisonTable } from './comparison-table.tsx'
import { orderRows, rowSummary } from './row-order.ts'
import { useComparison } from './use-comparison.ts'
import { Verdict } from './verdict.tsx'

/** Why an export is not what an import asks for, item by item. */
export function ComparePanel({ from, to }: { readonly from: PortRef; readonly to: PortRef }) {
  const compared = useComparison(from, to)
  const panel = usePanelFocus(`${endKey(from)} ${endKey(to)}`)
  return (
    <section ref={panel} tabIndex={-1} aria-label="Comparison" className={classes.panel}>
      <Ends from={from} to={to} />
      {compared.state === 'comparing' && (
        <div role="status" className={classes.comparing}>
          <Loader size="xs" aria-hidden />
          Comparing…
        </div>
      )}
      {compared.state === 'failed' && (
        <Text size="sm" role="alert">
          <CutText text={`They could not be compared: ${compared.reason}`} limit={1000} />
        </Text>
      )}
      {compared.state === 'compared' && <Result comparison={compared.comparison} />}
      <Actions from={from} to={to} fits={compared.state === 'compared' && compared.comparison.fits} />
    </section>
  )
}

function Ends({ from, to }: { readonly from: PortRef; readonly to: PortRef }) {
  const graph = useStudio(({ graph }) => graph)
  return (
    <dl className={classes.ends}>
      <dt>Export</dt>
      <dd>
        <End text={endText(graph, from)} end={from} />
      </dd>
      <dt>Import</dt>
      <dd>
        <End text={endText(graph, to)} end={to} />
      </dd>
    </dl>
  )
}

/** Leads to where a wire was begun, or was to end. */
function End({ text, end }: { readonly text: string; readonly end: PortRef }) {
  return (
    <UnstyledButton className={classes.end} title="Show it on the canvas" onClick={() => goTo(end)}>
      {cutText(text, 200).shown}
    </UnstyledButton>
  )
}

function goTo(end: PortRef): void {
  const { setPane, select } = useStudio.getState()
  setPane('canvas')
  select([end.block])
  // The canvas may have been hidden behind this panel.
  requestAnimationFrame(() => focusEnd(end))
}

function Result({ comparison }: { readonly comparison: Comparison }) {
  const { asked, unused } = orderRows(comparison)
  return (
    <>
      <div role="status" className={classes.result}>
        <Verdict verdict={comparison.fits ? 'fits' : 'differs'} />
        <span>
          {comparison.fits
            ? 'The export is all that the import asks for.'
            : 'The export is not what the import asks for.'}
        </span>
        {comparison.reason !== undefined && (
          <p className={classes.reason}>
            <CutText text={comparison.reason} limit={1000} />
          </p>
        )}
      </div>
      {asked.length > 0 && (
        <ComparisonTable
          rows={asked}
          said={comparison.reason}
          caption={`What is asked for: ${rowSummary(comparison)}`}
        />
      )}
      {unused.length > 0 && (
        <details className={classes.unused}>
          <summary>{`${countText(unused.length, 'item')} exported and not asked for, which is no problem`}</summary>
          <ComparisonTable rows={unused} caption="Not asked for" />
        </details>
      )}
    </>
  )
}

function Actions({
  from,
  to,
  fits,
}: {
  readonly from: PortRef
  readonly to: PortRef
  readonly fits: boolean
}) {
  const isWired = useStudio(({ graph }) =>
    graph.wires.some((wire) => isSame(wire.from, from) && isSame(wire.to, to)),
  )
  return (
    <Group gap="xs">
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<ArrowLeftIcon aria-hidden />}
        onClick={() => goTo(to)}
      >
        Back to the canvas
      </Button>
      {fits && !isWired && (
        <Button
          size="compact-sm"
          onClick={() => void useStudio.getState().edit({ kind: 'connect', from, to })}
        >
          Wire
        </Button>
      )}
    </Group>
  )
}

function isSame(one: PortRef, other: PortRef): boolean {
  return one.block === other.block && one.port === other.port
}
