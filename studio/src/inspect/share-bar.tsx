import classes from './share-bar.module.css'
import { shareText, sizeText } from './size-text.ts'

/** How large a part is, and what share of the whole: in words, and as a bar for eyes. */
export function ShareBar({ bytes, whole }: { readonly bytes: number; readonly whole: number }) {
  return (
    <span className={classes.size}>
      <span>{`${sizeText(bytes)} · ${shareText(bytes, whole)}`}</span>
      <progress className={classes.bar} value={bytes} max={whole || 1} aria-hidden="true" />
    </span>
  )
}
