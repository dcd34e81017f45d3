import '@mantine/core/styles.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { followFiles } from './offline/follow-files.ts'
import { keepOffline } from './offline/register.ts'
import { App } from './shell/app.tsx'
import { useStudio } from './state/store.ts'

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)

void keepOffline((text) => useStudio.getState().notify({ kind: 'info', text }))
followFiles(() => useStudio.getState())
