import {
  CheckCircledIcon,
  CheckIcon,
  CrossCircledIcon,
  DotFilledIcon,
  MinusCircledIcon,
} from '@radix-ui/react-icons'
import type { ComparisonRow } from '../contract/workshop.ts'
import { verdictText } from './row-order.ts'
import classes from './verdict.module.css'

const icons = {
  same: CheckIcon,
  fits: CheckCircledIcon,
  differs: CrossCircledIcon,
  missing: MinusCircledIcon,
  unused: DotFilledIcon,
} as const

/** In a word, and in a shape and a colour for eyes. */
export function Verdict({ verdict }: Pick<ComparisonRow, 'verdict'>) {
  const Icon = icons[verdict]
  return (
    <span className={classes.verdict} data-verdict={verdict}>
      <Icon aria-hidden />
      {verdictText[verdict]}
    </span>
  )
}
