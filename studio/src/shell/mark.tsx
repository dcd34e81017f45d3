import classes from './mark.module.css'

/** A tenon in its mortise. */
export function Mark() {
  return (
    <div className={classes.mark}>
      <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true">
        <path className={classes.tenon} d="M3 5h9v5h5v6h-5v5H3z" />
        <path className={classes.mortise} d="M14 5h9v16h-9v-3h5V8h-5z" />
      </svg>
      <h1 className={classes.name}>Tenon studio</h1>
    </div>
  )
}
