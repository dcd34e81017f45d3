import { CloseButton, SegmentedControl } from '@mantine/core'
import { useStudio } from '../state/store.ts'
import { panelTitles } from './panel-titles.ts'
import classes from './side-tabs.module.css'

/** Where the source and a panel share one place. */
export function SideTabs() {
  const pane = useStudio((studio) => studio.pane)
  const panel = useStudio((studio) => studio.panel.kind)
  const setPane = useStudio((studio) => studio.setPane)
  const show = useStudio((studio) => studio.show)
  return (
    <div className={classes.tabs}>
      <SegmentedControl
        className={classes.control!}
        fullWidth
        size="xs"
        aria-label="What is beside the canvas"
        value={pane === 'source' ? 'source' : 'panel'}
        onChange={(value) => setPane(value === 'source' ? 'source' : panel === 'run' ? 'run' : 'inspect')}
        data={[
          { value: 'source', label: 'Source' },
          { value: 'panel', label: panelTitles[panel] },
        ]}
      />
      <CloseButton aria-label={`Close ${panelTitles[panel]}`} onClick={() => show({ kind: 'none' })} />
    </div>
  )
}
