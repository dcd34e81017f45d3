import { Button, Checkbox, NativeSelect, Switch } from '@mantine/core'
import { useState } from 'react'
import type { FormType } from '../../contract/run.ts'
import { brief } from '../brief.ts'
import { FieldLabel } from './field-label.tsx'
import classes from './form.module.css'
import { useForm } from './form-context.ts'
import { shownAtOnce } from './form-limits.ts'
import type { FormPath } from './form-path.ts'

interface ChoiceProps<Kind extends FormType['kind']> {
  readonly label: string
  readonly type: FormType & { readonly kind: Kind }
  readonly path: FormPath
}

export function BoolField({ label, type, path, on }: ChoiceProps<'bool'> & { readonly on: boolean }) {
  const { update } = useForm()
  return (
    <Checkbox
      size="sm"
      className={classes.check}
      label={<FieldLabel label={label} type={type} />}
      checked={on}
      onChange={({ currentTarget }) => update(path, { kind: 'bool', on: currentTarget.checked })}
    />
  )
}

type NamesType = FormType & { readonly names: readonly string[] }

export function EnumField({
  label,
  type,
  path,
  name,
}: {
  readonly label: string
  readonly type: NamesType
  readonly path: FormPath
  readonly name: string
}) {
  const { update } = useForm()
  return (
    <NativeSelect
      size="xs"
      label={<FieldLabel label={label} type={type} />}
      value={name}
      onChange={({ currentTarget }) => update(path, { kind: 'choice', name: currentTarget.value })}
      data={type.names.map((one) => ({ value: one, label: brief(one) }))}
    />
  )
}

export function FlagsField({
  label,
  type,
  path,
  names,
}: {
  readonly label: string
  readonly type: NamesType
  readonly path: FormPath
  readonly names: readonly string[]
}) {
  const { update } = useForm()
  const [count, setCount] = useState(shownAtOnce)
  const set = new Set(names)
  return (
    <fieldset className={classes.flags}>
      <legend>
        <FieldLabel label={label} type={type} />
      </legend>
      {type.names.slice(0, count).map((one) => (
        <Checkbox
          key={one}
          size="sm"
          className={classes.check}
          label={<span className={classes.name}>{brief(one)}</span>}
          checked={set.has(one)}
          onChange={({ currentTarget }) =>
            update(path, {
              kind: 'set',
              names: type.names.filter((name) => (name === one ? currentTarget.checked : set.has(name))),
            })
          }
        />
      ))}
      <More total={type.names.length} shown={count} onMore={setCount} />
    </fieldset>
  )
}

/** The button below the first of many. */
export function More({
  total,
  shown,
  onMore,
}: {
  readonly total: number
  readonly shown: number
  readonly onMore: (shown: number) => void
}) {
  if (shown >= total) return null
  return (
    <Button size="compact-sm" variant="subtle" onClick={() => onMore(shown + shownAtOnce)}>
      {`Show ${Math.min(shownAtOnce, total - shown)} more of ${total - shown}`}
    </Button>
  )
}

export function OptionSwitch({
  label,
  type,
  isSome,
  onChange,
}: {
  readonly label: string
  readonly type: FormType
  readonly isSome: boolean
  readonly onChange: (isSome: boolean) => void
}) {
  return (
    <Switch
      size="sm"
      className={classes.check}
      label={<FieldLabel label={label} type={type} />}
      checked={isSome}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
  )
}
