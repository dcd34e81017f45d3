import { MantineProvider } from '@mantine/core'
import { ErrorBoundary } from './error-boundary.tsx'
import { Shell } from './shell.tsx'
import { colors, theme } from './theme.ts'

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={colors} defaultColorScheme="auto">
      <ErrorBoundary>
        <Shell />
      </ErrorBoundary>
    </MantineProvider>
  )
}
