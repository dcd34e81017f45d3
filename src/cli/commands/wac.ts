import { UsageError } from '../../errors.ts'
import type { Command } from '../command.ts'
import { reporting } from '../reporting.ts'

export const summary = 'About WAC, the text that `tenon compose` takes'

export const commands: NonNullable<Command['commands']> = {
  fmt: () => import('./wac-fmt.ts'),
}

export const help = `Usage: tenon wac fmt … (see its --help)

WAC says how components are composed: docs/composing.md explains the language,
\`tenon compose FILE.wac -o OUT.wasm\` makes a component of it.
`

export const run = reporting('wac', async ([name]) => {
  throw new UsageError(
    name === undefined ? 'what is to be done? `fmt` is all there is' : `unknown command wac ${name}`,
    ['to compose: `tenon compose FILE.wac -o OUT.wasm`, to format: `tenon wac fmt`'],
  )
})
