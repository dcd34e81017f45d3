/** `npm run demo`: runs the hosts of the guide one by one. Ends with 1 where one does not print what it must. */
import { styleText } from 'node:util'
import { runStep, steps } from './steps.ts'

let skipped = 0
for (const [index, step] of steps.entries()) {
  console.log(styleText('bold', `${index + 1}. ${step.title}`))
  console.log(styleText('dim', `   examples/hosts/${step.host}`))
  const outcome = await runStep(step)
  if ('reason' in outcome) {
    console.log(`   skipped: ${outcome.reason}; to install it: ${outcome.cure}\n`)
    skipped++
    continue
  }
  console.log(outcome.output.replaceAll(/^(?=.)/gm, '   '))
  if (!outcome.good) {
    console.log(styleText('red', `   wrong: should have printed ${step.prints.join(' ⏎ ')}\n`))
    process.exitCode = 1
  }
}
if (process.exitCode) console.log('Something went wrong.')
else console.log(`All as it should be${skipped ? `, ${skipped} skipped` : ''}.`)
