/** What commands reach of the page. */
import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useMemo } from 'react'
import { model, useStudio } from '../state/store.ts'
import { workshopWorker } from '../workshop/client.ts'
import type { CommandContext } from './commands.ts'
import { chooseFiles } from './choose-files.ts'
import { nextPane } from './next-pane.ts'
import { useShell } from './shell-state.ts'

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform)

export function useCommandContext(): CommandContext {
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  return useMemo(
    () => ({
      get studio() {
        return useStudio.getState()
      },
      open: (dialog) => useShell.getState().open(dialog),
      chooseFiles: () => void chooseFiles(),
      toggleSource,
      toggleTheme: () => setColorScheme(scheme === 'dark' ? 'light' : 'dark'),
      nextPane,
      save: () => void saveNow(),
      restartWorkshop: () => workshopWorker.restart(),
      newDocument: () => {
        useShell.getState().begin(false)
        void useStudio.getState().newDocument()
      },
    }),
    [scheme, setColorScheme],
  )
}

function toggleSource(): void {
  const { pane, setPane } = useStudio.getState()
  const { isSourceOpen, showSource } = useShell.getState()
  showSource(!isSourceOpen && pane !== 'source')
  if (pane === 'source') setPane('canvas')
}

async function saveNow(): Promise<void> {
  await model.documents.save()
  const { saving, notify } = useStudio.getState()
  const text = saving === 'new' ? 'Nothing to save yet.' : 'Saved in this browser. It always is, as you work.'
  if (saving !== 'off') notify({ kind: 'info', text })
}
