import type { FormType } from '../../contract/run.ts'
import classes from './form.module.css'
import { typeText } from './type-text.ts'

/** A field's name, which is no longer than there is room for it, and its type beside it. */
export function FieldLabel({ label, type }: { readonly label: string; readonly type: FormType }) {
  return (
    <span className={classes.label}>
      <span className={classes.name}>{label}</span> <span className={classes.type}>{typeText(type)}</span>
    </span>
  )
}
