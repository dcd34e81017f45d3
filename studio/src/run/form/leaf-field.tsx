import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { brief } from '../brief.ts'
import { FieldLabel } from './field-label.tsx'
import classes from './form.module.css'
import { useForm } from './form-context.ts'
import type { FormPath } from './form-path.ts'
import { type LeafType, rangeOf, readLeaf } from './leaf.ts'
import { originOf } from './origin-of.ts'

interface LeafFieldProps {
  readonly label: string
  readonly type: LeafType
  readonly text: string
  readonly path: FormPath
}

/** Numbers, chars, strings and resources. */
export function LeafField({ label, type, text, path }: LeafFieldProps) {
  const { update } = useForm()
  const [wasLeft, setLeft] = useState(false)
  const read = readLeaf(type, text)
  // Who has not begun is not told of mistakes.
  const error = 'problem' in read && (wasLeft || text !== '') ? read.problem : undefined
  const shared = {
    size: 'xs',
    label: <FieldLabel label={label} type={type} />,
    error,
    onBlur: () => setLeft(true),
  } as const
  const change = (changed: string) => update(path, { kind: 'text', text: changed })
  if (type.kind === 'own' || type.kind === 'borrow')
    return <ResourceField {...shared} resource={type.resource} text={text} onChange={change} />
  if (type.kind === 'string')
    return (
      <Textarea
        {...shared}
        autosize
        minRows={1}
        maxRows={8}
        value={text}
        onChange={({ currentTarget }) => change(currentTarget.value)}
        classNames={{ input: classes.code! }}
      />
    )
  return (
    <TextInput
      {...shared}
      value={text}
      onChange={({ currentTarget }) => change(currentTarget.value)}
      placeholder={placeholderOf(type)}
      inputMode={type.kind === 'integer' && !type.signed ? 'numeric' : 'text'}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      description={type.kind === 'char' ? codePoint(text) : undefined}
      classNames={{ input: classes.code! }}
    />
  )
}

function placeholderOf(type: LeafType): string | undefined {
  if (type.kind !== 'integer') return type.kind === 'float' ? '0.5, 6e23, nan, inf' : undefined
  const { least, greatest } = rangeOf(type)
  return `${least} to ${greatest}`
}

/** Some characters cannot be seen. */
function codePoint(text: string): string | undefined {
  const code = text.codePointAt(0)
  return code === undefined ? undefined : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}

/** More are chosen by their number, in the call's text. */
const mostOptions = 500

interface ResourceFieldProps {
  readonly resource: string
  readonly text: string
  readonly onChange: (text: string) => void
}

function ResourceField({ resource, text, onChange, ...shared }: ResourceFieldProps) {
  const { resources } = useForm()
  const fitting = resources.filter((live) => live.resource === resource)
  const options = fitting.slice(0, mostOptions).map((live) => ({
    value: `#${live.id}`,
    label: `#${live.id} from ${brief(originOf(live), 40)}`,
  }))
  const isGone = text !== '' && !options.some(({ value }) => value === text)
  return (
    <NativeSelect
      {...shared}
      value={text}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      description={
        fitting.length === 0 ? `None is live: call what returns a ${brief(resource)} first.` : undefined
      }
      data={[
        { value: '', label: 'Choose' },
        ...options,
        ...(isGone ? [{ value: text, label: `${brief(text)} (not live)` }] : []),
      ]}
    />
  )
}
