import type { Panel } from '../contract/studio.ts'

export const panelTitles: Readonly<Record<Panel['kind'], string>> = {
  none: 'Components',
  inspect: 'Inspect',
  compare: 'Compare',
  run: 'Run',
}
