/** `bin/tenon.js` without its build: runs the command line tool from its sources. */
import { main } from '../../src/cli/main.ts'

await main(process.argv.slice(2))
