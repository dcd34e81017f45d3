import { ActionIcon, Button } from '@mantine/core'
import { ChevronDownIcon, ChevronUpIcon, Cross2Icon, PlusIcon } from '@radix-ui/react-icons'
import { type ReactNode, useEffect, useRef } from 'react'
import classes from './form.module.css'
import { useForm } from './form-context.ts'
import type { FormPath } from './form-path.ts'
import { blank, type FormValue, type ItemsType, itemOf } from './form-value.ts'

type Action = 'up' | 'down' | 'remove'

/** What can be done with the elements of a list. The focus goes along with the element. */
export function useItems(type: ItemsType, path: FormPath, items: readonly FormValue[], onAdd: () => void) {
  const { update } = useForm()
  const list = useRef<HTMLOListElement>(null)
  /** Selectors, the first that finds something counts. */
  const focusNext = useRef<readonly string[]>(undefined)
  useEffect(() => {
    const target = focusNext.current
    focusNext.current = undefined
    if (target !== undefined) focusFirst(list.current, target)
  })
  const set = (changed: readonly FormValue[], ...focus: readonly string[]) => {
    focusNext.current = focus
    update(path, { kind: 'items', items: changed })
  }
  const actions = (index: number, action: Action) => {
    if (action === 'remove')
      return set(
        items.toSpliced(index, 1),
        `[data-item="${Math.min(index, items.length - 2)}"] button[data-action="remove"]`,
      )
    const to = action === 'up' ? index - 1 : index + 1
    const moved = items.with(to, items[index]!).with(index, items[to]!)
    const item = `[data-item="${to}"] > * > button`
    set(moved, `${item}[data-action="${action}"]:not(:disabled)`, `${item}:not(:disabled)`)
  }
  const add = (label: string, noun: string): ReactNode => (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<PlusIcon aria-hidden />}
      aria-label={label}
      className={classes.add!}
      onClick={() => {
        onAdd()
        const item = `[data-item="${items.length}"]`
        set([...items, blank(itemOf(type))], `${item} :is(input, textarea, select)`, `${item} button`)
      }}
    >
      {`Add ${noun}`}
    </Button>
  )
  return { list, actions, add }
}

function focusFirst(list: HTMLElement | null, selectors: readonly string[]): void {
  // After the last element is gone: the button that adds one.
  const add = () => list?.parentElement?.querySelector<HTMLElement>(`:scope > .${classes.add}`)
  const found = selectors.map((selector) => list?.querySelector<HTMLElement>(selector)).find((one) => one)
  ;(found ?? add())?.focus()
}

export function ItemActions({
  label,
  index,
  count,
  isFixed,
  actions,
}: {
  readonly label: string
  readonly index: number
  readonly count: number
  readonly isFixed: boolean
  readonly actions: (index: number, action: Action) => void
}) {
  const button = (action: Action, name: string, isDisabled: boolean, icon: ReactNode) => (
    <ActionIcon
      size={24}
      data-action={action}
      aria-label={`${name} ${label}`}
      title={name}
      disabled={isDisabled}
      onClick={() => actions(index, action)}
    >
      {icon}
    </ActionIcon>
  )
  return (
    <div className={classes.actions}>
      {button('up', 'Move up', index === 0, <ChevronUpIcon aria-hidden />)}
      {button('down', 'Move down', index === count - 1, <ChevronDownIcon aria-hidden />)}
      {!isFixed && button('remove', 'Remove', false, <Cross2Icon aria-hidden />)}
    </div>
  )
}
