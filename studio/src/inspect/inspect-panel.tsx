import { Loader, Tabs, Text } from '@mantine/core'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Wire } from '../contract/graph.ts'
import type { Inspection, PackageSummary } from '../contract/workshop.ts'
import { useStudio } from '../state/store.ts'
import { CodeView } from './code-view.tsx'
import { Contents } from './contents.tsx'
import { CutText } from './cut-text.tsx'
import classes from './inspect-panel.module.css'
import { ItemList } from './item-list.tsx'
import { MisfitList } from './misfit-list.tsx'
import { PackageActions } from './package-actions.tsx'
import { PackageFacts } from './package-facts.tsx'
import { RenameForm } from './rename-form.tsx'
import { useInspection } from './use-inspection.ts'
import { usePanelFocus } from './use-panel-focus.ts'
import { wit } from './wit-language.ts'

/** What is inside of a component, and what can be done with it. */
export function InspectPanel({ package: name }: { readonly package: string }) {
  const summary = useStudio(({ packages }) => packages.find((one) => one.name === name))
  const panel = usePanelFocus(name)
  return (
    <section ref={panel} tabIndex={-1} aria-label={`Inside ${name.slice(0, 200)}`} className={classes.panel}>
      {summary === undefined ? (
        <Text size="sm">There is no such package any more.</Text>
      ) : (
        <Package key={name} summary={summary} />
      )}
    </section>
  )
}

function Package({ summary }: { readonly summary: PackageSummary }) {
  const { name, hash } = summary
  const [isRenaming, setRenaming] = useState(false)
  const [before, setBefore] = useState<readonly Wire[]>([])
  const actions = useRef<HTMLDivElement>(null)
  const endRenaming = () => {
    flushSync(() => setRenaming(false))
    // To where it was begun.
    actions.current?.querySelector<HTMLElement>('[aria-haspopup="menu"]')?.focus()
  }
  const inspected = useInspection(name, hash)
  return (
    <>
      <h3 className={classes.name}>
        <CutText text={name} />
      </h3>
      {isRenaming ? (
        <RenameForm package={name} onEnd={endRenaming} />
      ) : (
        <PackageActions
          ref={actions}
          summary={summary}
          onRename={() => setRenaming(true)}
          onReplace={setBefore}
        />
      )}
      <MisfitList package={name} before={before} onForget={() => setBefore([])} />
      <PackageFacts summary={summary} />
      {inspected.state === 'reading' && (
        <div role="status" className={classes.reading}>
          <Loader size="xs" aria-hidden />
          Reading what is inside…
        </div>
      )}
      {inspected.state === 'failed' && (
        <Text size="sm" role="alert">
          <CutText text={`It could not be looked into: ${inspected.reason}`} limit={1000} />
        </Text>
      )}
      {inspected.state === 'read' && <Inside summary={summary} inspection={inspected.inspection} />}
    </>
  )
}

function Inside({
  summary,
  inspection,
}: {
  readonly summary: PackageSummary
  readonly inspection: Inspection
}) {
  return (
    <Tabs defaultValue="wit" className={classes.tabs} keepMounted={false}>
      <Tabs.List className={classes.tabList}>
        <Tabs.Tab px="xs" value="wit">
          WIT
        </Tabs.Tab>
        <Tabs.Tab px="xs" value="imports">{`Imports (${inspection.imports.length})`}</Tabs.Tab>
        <Tabs.Tab px="xs" value="exports">{`Exports (${summary.exports.length})`}</Tabs.Tab>
        <Tabs.Tab px="xs" value="contents">
          Contents
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="wit">
        <Unprintable reasons={inspection.unprintable} />
        <CodeView text={inspection.wit} language={wit} label={`WIT of ${summary.name.slice(0, 200)}`} />
      </Tabs.Panel>
      <Tabs.Panel value="imports">
        <ItemList items={inspection.imports} kind="import" />
      </Tabs.Panel>
      <Tabs.Panel value="exports">
        <ItemList items={summary.exports} kind="export" />
      </Tabs.Panel>
      <Tabs.Panel value="contents">
        <Contents inspection={inspection} />
      </Tabs.Panel>
    </Tabs>
  )
}

/** What WIT has no words for. */
function Unprintable({ reasons }: { readonly reasons: readonly string[] }) {
  if (reasons.length === 0) return null
  return (
    <div className={classes.unprintable}>
      <p>Not all of it can be written as WIT:</p>
      <ul>
        {reasons.slice(0, 20).map((reason) => (
          <li key={reason}>
            <CutText text={reason} limit={240} />
          </li>
        ))}
      </ul>
    </div>
  )
}
