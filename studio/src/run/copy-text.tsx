import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { CheckIcon, CopyIcon, ExclamationTriangleIcon } from '@radix-ui/react-icons'

/** @param text or where it is long, or grows: what makes it */
export function CopyText({
  text,
  label,
}: {
  readonly text: string | (() => string)
  readonly label: string
}) {
  const { copied, copy, error } = useClipboard()
  const icon = error ? (
    <ExclamationTriangleIcon aria-hidden />
  ) : copied ? (
    <CheckIcon aria-hidden />
  ) : (
    <CopyIcon aria-hidden />
  )
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={icon}
      onClick={() => copy(typeof text === 'string' ? text : text())}
      aria-live="polite"
    >
      {error ? 'The browser did not let it be copied' : copied ? 'Copied' : label}
    </Button>
  )
}
