import { cutText } from '../inspect/visible-text.ts'
import classes from './typed-side.module.css'
import { wordDiff } from './word-diff.ts'

/** Characters of an item's type that are shown and compared word by word. */
const limit = 8_000

/** One side of a row: its WIT, with the words that the other side has not. */
export function TypedSide({
  own,
  other,
}: {
  readonly own: string | undefined
  readonly other: string | undefined
}) {
  if (own === undefined) return <span className={classes.nothing}>nothing</span>
  const { shown, more } = cutText(own, limit)
  const pieces =
    other === undefined
      ? [{ text: shown, differs: false }]
      : wordDiff(shown, cutText(other, limit).shown).left
  let start = 0
  return (
    <code className={classes.code}>
      {pieces.map(({ text, differs }) => {
        const key = start
        start += text.length
        return differs ? (
          <mark key={key} className={classes.differs}>
            {text}
          </mark>
        ) : (
          text
        )
      })}
      {more > 0 && `… ${more.toLocaleString('en')} more characters`}
    </code>
  )
}
