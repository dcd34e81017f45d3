import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import classes from './cut-text.module.css'
import { cutText } from './visible-text.ts'

/** What is shown of a text at most: the rest is in the component itself. */
const wholeLimit = 5_000

/** What a component says of itself: as text, the beginning of it, and the rest on request. */
export function CutText({ text, limit = 160 }: { readonly text: string; readonly limit?: number }) {
  const [isOpen, setOpen] = useState(false)
  const { shown, more } = cutText(text, isOpen ? wholeLimit : limit)
  const isLong = text.length > limit
  return (
    <>
      <bdi className={classes.text}>
        {shown}
        {more > 0 && '…'}
      </bdi>
      {isLong && (
        <UnstyledButton className={classes.button} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'less' : `${more.toLocaleString('en')} more characters`}
        </UnstyledButton>
      )}
    </>
  )
}
