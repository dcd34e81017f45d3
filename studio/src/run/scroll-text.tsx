import classes from './run.module.css'

/** A longer text as it is, in a box of its own. */
export function ScrollText({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus, or the keyboard cannot scroll it
    <section className={classes.scrollText} aria-label={label} tabIndex={0}>
      {text}
    </section>
  )
}
