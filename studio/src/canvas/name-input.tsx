import { type FocusEvent, type KeyboardEvent, useRef } from 'react'
import { rename } from './actions.ts'
import styles from './box.module.css'
import { canvas } from './canvas-state.ts'

const LONGEST = 256

/** A name, typed in its place: Enter takes it, Escape leaves it as it was. */
export function NameInput({
  id,
  name,
  label,
}: {
  readonly id: string
  readonly name: string
  readonly label: string
}) {
  const isDone = useRef(false)
  const finish = (to: string | undefined, from: HTMLElement) => {
    if (isDone.current) return
    isDone.current = true
    const holder = from.closest<HTMLElement>('[data-row], [data-box]')
    if (to === undefined) canvas.set({ renaming: undefined })
    else void rename(id, to)
    // The button comes back in the place of the input.
    requestAnimationFrame(() => holder?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true }))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation()
    if (event.key === 'Enter') finish(event.currentTarget.value, event.currentTarget)
    if (event.key === 'Escape') finish(undefined, event.currentTarget)
  }
  return (
    <input
      className={`${styles['input']} nodrag nopan`}
      defaultValue={name}
      aria-label={label}
      maxLength={LONGEST}
      spellCheck={false}
      autoCapitalize="off"
      // The person asked for it by a gesture.
      ref={(input) => input?.focus({ preventScroll: true })}
      onFocus={(event: FocusEvent<HTMLInputElement>) => event.currentTarget.select()}
      onKeyDown={onKeyDown}
      onBlur={(event) => finish(event.currentTarget.value, event.currentTarget)}
    />
  )
}
