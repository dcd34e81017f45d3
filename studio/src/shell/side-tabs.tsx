import { SegmentedControl } from '@mantine/core'
import { useStudio } from '../state/store.ts'
import classes from './side-tabs.module.css'

const panels = { none: 'Panel', inspect: 'Inspect', compare: 'Compare', run: 'Run' } as const

/** Where the source and a panel share one place. */
export function SideTabs() {
  const pane = useStudio((studio) => studio.pane)
  const panel = useStudio((studio) => studio.panel.kind)
  const setPane = useStudio((studio) => studio.setPane)
  return (
    <div className={classes.tabs}>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label="What is beside the canvas"
        value={pane === 'source' ? 'source' : 'panel'}
        onChange={(value) => setPane(value === 'source' ? 'source' : panel === 'run' ? 'run' : 'inspect')}
        data={[
          { value: 'source', label: 'Source' },
          { value: 'panel', label: panels[panel] },
        ]}
      />
    </div>
  )
}
