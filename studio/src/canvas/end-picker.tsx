import { Loader, Modal } from '@mantine/core'
import { CheckIcon, Cross2Icon, PlusIcon, UpdateIcon } from '@radix-ui/react-icons'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { canvas, type Picker, useCanvas } from './canvas-state.ts'
import { type Choice, matching } from './choices.ts'
import { cut } from './cut.ts'
import styles from './picker.module.css'
import { choose } from './wiring.ts'

/** The list of what an end can be wired to: typed words narrow it, arrows and Enter choose. */
export function EndPicker() {
  const picker = useCanvas((state) => state.picker)
  return (
    <Modal
      opened={picker !== undefined}
      onClose={() => canvas.set({ picker: undefined })}
      title={<span className={styles['heading']}>{cut(picker?.title ?? '', 160)}</span>}
      closeButtonProps={{ 'aria-label': 'Close without a wire' }}
      size="lg"
      transitionProps={{ duration: 0 }}
      padding="sm"
      returnFocus
    >
      {picker !== undefined && <Choices picker={picker} />}
    </Modal>
  )
}

function Choices({ picker }: { readonly picker: Picker }) {
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const found = matching(picker.choices ?? [], typed)
  const active = Math.min(at, found.length - 1)

  useEffect(() => {
    list.current?.querySelector(`#${CSS.escape(`${id}-${active}`)}`)?.scrollIntoView({ block: 'nearest' })
  }, [active, id])

  const take = (choice: Choice | undefined) => {
    if (choice === undefined) return
    canvas.set({ picker: undefined })
    void choose(choice.does, picker.place)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + 8,
      PageUp: active - 8,
    }
    const next = moves[event.key]
    if (next !== undefined) setAt(Math.max(0, Math.min(found.length - 1, next)))
    else if (event.key === 'Enter') take(found[active])
    else return
    event.preventDefault()
  }
  return (
    <>
      <input
        className={styles['input']}
        role="combobox"
        aria-label={`${picker.title}: type to find an end`}
        aria-expanded
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(found.length > 0 ? { 'aria-activedescendant': `${id}-${active}` } : {})}
        placeholder="Type to find"
        data-autofocus
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      {picker.choices === undefined && (
        <p className={styles['note']}>
          <Loader size={14} /> Finding what fits
        </p>
      )}
      {picker.choices !== undefined && found.length === 0 && (
        <p className={styles['note']}>
          {typed === ''
            ? 'There is nothing to wire it to yet: add another component.'
            : 'Nothing has these words.'}
        </p>
      )}
      <div className={styles['list']} role="listbox" id={`${id}-list`} aria-label={picker.title} ref={list}>
        {found.map((choice, index) => (
          <Option
            key={choice.key}
            id={`${id}-${index}`}
            choice={choice}
            isActive={index === active}
            onPoint={() => setAt(index)}
            onTake={() => take(choice)}
          />
        ))}
      </div>
      <p className={styles['note']} role="status">
        {picker.choices === undefined ? '' : summary(found)}
      </p>
    </>
  )
}

function summary(found: readonly Choice[]): string {
  const differing = found.filter(({ verdict }) => verdict === 'differs').length
  const fitting = found.length - differing
  const rest =
    differing === 0
      ? ''
      : `; ${differing} ${differing === 1 ? 'does' : 'do'} not, and choosing one compares the types`
  return `${fitting} ${fitting === 1 ? 'fits' : 'fit'}${rest}.`
}

const ICONS = { fits: CheckIcon, wired: UpdateIcon, differs: Cross2Icon, offer: PlusIcon }
const WORDS = { fits: 'fits', wired: 'fits, replaces a wire', differs: 'does not fit', offer: '' }

function Option({
  id,
  choice,
  isActive,
  onPoint,
  onTake,
}: {
  readonly id: string
  readonly choice: Choice
  readonly isActive: boolean
  readonly onPoint: () => void
  readonly onTake: () => void
}) {
  const Icon = ICONS[choice.verdict]
  return (
    // The input has the focus and the keys, and names the option that is active.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      id={id}
      role="option"
      className={styles['option']}
      aria-selected={isActive}
      data-verdict={choice.verdict}
      onPointerMove={onPoint}
      onClick={onTake}
    >
      <Icon aria-hidden />
      <span className={styles['text']}>
        <span className={styles['title']}>{cut(choice.title, 200)}</span>
        <span className={styles['detail']}>{cut(choice.detail, 300)}</span>
      </span>
      <span className={styles['word']}>{WORDS[choice.verdict]}</span>
    </div>
  )
}
