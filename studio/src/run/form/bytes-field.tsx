import { Button, FileButton, Group, Input, SegmentedControl, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { FormType } from '../../contract/run.ts'
import { sizeText } from '../../inspect/size-text.ts'
import { type BytesMode, bytesOfText, textOfBytes } from './bytes-text.ts'
import { FieldLabel } from './field-label.tsx'
import classes from './form.module.css'
import { useForm } from './form-context.ts'
import { mostBytes, shownText } from './form-limits.ts'
import type { FormPath } from './form-path.ts'

interface BytesFieldProps {
  readonly label: string
  readonly type: FormType & { readonly kind: 'list' }
  readonly bytes: Uint8Array
  readonly path: FormPath
}

/** `list<u8>`: typed as text or as hexadecimal digits, or taken from a file. */
export function BytesField({ label, type, bytes, path }: BytesFieldProps) {
  const { update } = useForm()
  const [mode, setMode] = useState<BytesMode>('text')
  const [typed, setTyped] = useState('')
  const [refused, setRefused] = useState<string>()
  const reading = bytesOfText(typed, mode)
  // What was typed stands as long as it means these bytes, or nothing yet.
  const isTyped = 'problem' in reading || isSame(reading.value, bytes)
  const isLong = bytes.length * (mode === 'hex' ? 3 : 1) > shownText
  const shown = isTyped && !isLong ? typed : isLong ? undefined : textOfBytes(bytes, mode)
  const set = (changed: Uint8Array) => update(path, { kind: 'bytes', bytes: changed })
  const wrongLength =
    type.length !== undefined && type.length !== bytes.length
      ? `This list has exactly ${type.length} bytes, and here are ${bytes.length}.`
      : undefined

  const takeFile = async (file: File | null) => {
    if (file === null) return
    const isLarge = file.size > mostBytes
    setRefused(
      isLarge ? `The file has ${sizeText(file.size)}: a form takes up to ${sizeText(mostBytes)}.` : undefined,
    )
    if (!isLarge) set(new Uint8Array(await file.arrayBuffer()))
  }

  return (
    <div className={classes.bytes}>
      <Group gap="xs" justify="space-between" wrap="wrap">
        <Text size="xs" component="span">
          <FieldLabel label={label} type={type} />
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={`How ${label} is written`}
          value={mode}
          onChange={(next) => {
            setMode(next as BytesMode)
            setTyped(textOfBytes(bytes, next as BytesMode) ?? '')
          }}
          data={[
            { value: 'text', label: 'Text' },
            { value: 'hex', label: 'Hex' },
          ]}
        />
      </Group>
      {shown === undefined ? (
        <Text size="xs" c="dimmed">
          {isLong ? 'Too long to be shown.' : 'These bytes are no text: see them as hex.'}
        </Text>
      ) : (
        <Textarea
          size="xs"
          aria-label={label}
          autosize
          minRows={1}
          maxRows={8}
          value={shown}
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value)
            const read = bytesOfText(currentTarget.value, mode)
            if ('value' in read) set(read.value)
          }}
          error={isTyped && 'problem' in reading ? reading.problem : undefined}
          classNames={{ input: classes.code! }}
        />
      )}
      <Group gap="xs">
        <FileButton onChange={takeFile}>
          {(props) => (
            <Button {...props} size="compact-sm" variant="default" aria-label={`Take ${label} from a file`}>
              From a file
            </Button>
          )}
        </FileButton>
        {bytes.length > 0 && type.length === undefined && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => {
              setTyped('')
              set(new Uint8Array())
            }}
            aria-label={`Empty ${label}`}
          >
            Empty
          </Button>
        )}
        <Text size="xs" c="dimmed">
          {sizeText(bytes.length)}
        </Text>
      </Group>
      {(refused ?? wrongLength) !== undefined && (
        <Input.Error role="alert">{refused ?? wrongLength}</Input.Error>
      )}
    </div>
  )
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || (a.length === b.length && a.every((byte, index) => byte === b[index]))
}
