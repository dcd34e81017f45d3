import { Button, Code, Container, Group, Stack, Text, Title } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { model, useStudio } from '../state/store.ts'

interface Props {
  readonly children: ReactNode
  /** What of the page it is, where it is a part: the rest goes on. */
  readonly part?: string
}

/** Where drawing fails, the work is saved, and what happened is said. */
export class ErrorBoundary extends Component<Props, { readonly error: Error | undefined }> {
  override state = { error: undefined as Error | undefined }

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override componentDidCatch(): void {
    void model.documents.save()
  }

  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return <Failure error={error} part={this.props.part} retry={() => this.setState({ error: undefined })} />
  }
}

function Failure({ error, part, retry }: { error: Error; part: string | undefined; retry(): void }) {
  const { text, saving } = useStudio.getState()
  const kept =
    saving === 'off'
      ? 'The browser stores nothing: copy the text before you load the page anew.'
      : 'Your work is saved.'
  return (
    <Container size="sm" py="xl" role="alert">
      <Stack gap="md">
        <Title order={2} size="h3">
          {part === undefined ? 'The studio failed' : `${part} failed`}
        </Title>
        <Text>{kept} This is a mistake of the studio, and worth a report:</Text>
        <Code block mah={200}>
          {(error.stack ?? error.message).slice(0, 4_000)}
        </Code>
        <Group>
          <Button onClick={retry}>Try again</Button>
          <Button variant="default" onClick={() => location.reload()}>
            Load the page anew
          </Button>
          <Button variant="default" onClick={() => void navigator.clipboard.writeText(text)}>
            Copy the WAC text
          </Button>
        </Group>
      </Stack>
    </Container>
  )
}
