import { MantineProvider } from '@mantine/core'
import { Canvas } from '../canvas/canvas.tsx'
import { Editor } from '../editor/editor.tsx'

export function App() {
  return (
    <MantineProvider defaultColorScheme="auto">
      <Canvas />
      <Editor />
    </MantineProvider>
  )
}
