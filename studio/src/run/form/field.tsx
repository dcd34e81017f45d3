import { NativeSelect } from '@mantine/core'
import { memo, type ReactNode, useState } from 'react'
import type { FormType } from '../../contract/run.ts'
import { brief } from '../brief.ts'
import { BytesField } from './bytes-field.tsx'
import { BoolField, EnumField, FlagsField, More, OptionSwitch } from './choice-fields.tsx'
import { FieldLabel } from './field-label.tsx'
import classes from './form.module.css'
import { useForm } from './form-context.ts'
import { shownAtOnce } from './form-limits.ts'
import { type FormPath, within } from './form-path.ts'
import {
  blankCase,
  type CasesType,
  casesOf,
  type FormValue,
  type ItemsType,
  itemOf,
  type PartsType,
  partsOf,
} from './form-value.ts'
import { ItemActions, useItems } from './item-actions.tsx'
import { isLeaf } from './leaf.ts'
import { LeafField } from './leaf-field.tsx'

interface FieldProps {
  readonly label: string
  readonly type: FormType
  readonly value: FormValue
  readonly path: FormPath
}

/** The form of any value. Only those are drawn anew whose own part of the form has changed. */
export const Field = memo(function Field({ label, type, value, path }: FieldProps): ReactNode {
  const at = { label, path }
  switch (value.kind) {
    case 'text':
      return isLeaf(type) && <LeafField {...at} type={type} text={value.text} />
    case 'bool':
      return type.kind === 'bool' && <BoolField {...at} type={{ kind: 'bool' }} on={value.on} />
    case 'choice':
      return 'names' in type && <EnumField {...at} type={type} name={value.name} />
    case 'set':
      return 'names' in type && <FlagsField {...at} type={type} names={value.names} />
    case 'bytes':
      return type.kind === 'list' && <BytesField {...at} type={type} bytes={value.bytes} />
    case 'parts':
      return (
        (type.kind === 'record' || type.kind === 'tuple') && (
          <PartsField {...at} type={type} parts={value.parts} />
        )
      )
    case 'items':
      return (
        (type.kind === 'list' || type.kind === 'map') && (
          <ItemsField {...at} type={type} items={value.items} />
        )
      )
    case 'case':
      return (
        (type.kind === 'variant' || type.kind === 'option' || type.kind === 'result') && (
          <CaseField {...at} type={type} name={value.name} payload={value.payload} />
        )
      )
  }
})

/** Fields that belong together under a name; what is deep inside is folded at first. */
function Nested({
  label,
  type,
  path,
  note,
  children,
}: {
  readonly label: string
  readonly type: FormType
  readonly path: FormPath
  readonly note?: string
  readonly children: () => ReactNode
}) {
  const [isOpen, setOpen] = useState(path.split('.').length <= 4)
  return (
    <fieldset className={classes.nested}>
      <legend>
        <button
          type="button"
          className={classes.fold}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <span className={classes.triangle} aria-hidden>
            {isOpen ? '▾' : '▸'}
          </span>
          <FieldLabel label={label} type={type} />
          {note !== undefined && <span className={classes.type}> {note}</span>}
        </button>
      </legend>
      {isOpen && <div className={classes.inner}>{children()}</div>}
    </fieldset>
  )
}

/** Records and tuples. */
function PartsField({
  label,
  type,
  path,
  parts,
}: {
  readonly label: string
  readonly type: PartsType
  readonly path: FormPath
  readonly parts: readonly FormValue[]
}) {
  const [count, setCount] = useState(shownAtOnce)
  return (
    <Nested label={label} type={type} path={path}>
      {() => (
        <>
          {partsOf(type)
            .slice(0, count)
            .map((part, index) => (
              <Field
                key={part.name}
                label={brief(part.name)}
                type={part.type}
                value={parts[index]!}
                path={within(path, index)}
              />
            ))}
          <More total={parts.length} shown={count} onMore={setCount} />
        </>
      )}
    </Nested>
  )
}

/** Variants, options and results. */
function CaseField({
  label,
  type,
  path,
  name,
  payload,
}: {
  readonly label: string
  readonly type: CasesType
  readonly path: FormPath
  readonly name: string
  readonly payload: FormValue | undefined
}) {
  const { update } = useForm()
  const cases = casesOf(type)
  const chosen = cases.find((one) => one.name === name)
  const choose = (next: string) => update(path, blankCase(cases.find((one) => one.name === next)!))
  return (
    <div className={classes.case}>
      {type.kind === 'option' ? (
        <OptionSwitch
          label={label}
          type={type}
          isSome={name === 'some'}
          onChange={(on) => choose(on ? 'some' : 'none')}
        />
      ) : (
        <NativeSelect
          size="xs"
          label={<FieldLabel label={label} type={type} />}
          value={name}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
          data={cases.map((one) => ({ value: one.name, label: brief(one.name) }))}
        />
      )}
      {chosen?.type !== undefined && payload !== undefined && (
        <div className={classes.inner}>
          <Field
            label={type.kind === 'option' ? 'some' : brief(name)}
            type={chosen.type}
            value={payload}
            path={within(path, 0)}
          />
        </div>
      )}
    </div>
  )
}

/** Lists and maps. */
function ItemsField({
  label,
  type,
  path,
  items,
}: {
  readonly label: string
  readonly type: ItemsType
  readonly path: FormPath
  readonly items: readonly FormValue[]
}) {
  const [count, setCount] = useState(shownAtOnce)
  const { list, actions, add } = useItems(type, path, items, () =>
    setCount(Math.max(count, items.length + 1)),
  )
  const item = itemOf(type)
  const isFixed = type.kind === 'list' && type.length !== undefined
  const noun = type.kind === 'map' ? 'entry' : 'element'
  const note = `${items.length} ${items.length === 1 ? noun : type.kind === 'map' ? 'entries' : 'elements'}`
  return (
    <Nested label={label} type={type} path={path} note={note}>
      {() => (
        <>
          <ol ref={list} className={classes.items} aria-label={label}>
            {items.slice(0, count).map((value, index) => (
              // Elements have no names but their places, by which what is typed is kept, too.
              <li key={index} data-item={index} className={classes.item}>
                <div className={classes.itemField}>
                  <Field label={`${index}`} type={item} value={value} path={within(path, index)} />
                </div>
                <ItemActions
                  label={`${noun} ${index} of ${label}`}
                  index={index}
                  count={items.length}
                  isFixed={isFixed}
                  actions={actions}
                />
              </li>
            ))}
          </ol>
          <More total={items.length} shown={count} onMore={setCount} />
          {!isFixed && add(`Add ${noun} to ${label}`, noun)}
        </>
      )}
    </Nested>
  )
}
