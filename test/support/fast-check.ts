/**
 * fast-check with a seed: `npm test` draws the same cases every time, so that it fails because of a change and not by chance.
 * `TENON_SEED=N` draws others, and so does every run that is made thorough with `TENON_RUNS`.
 */
import fc from 'fast-check'

const { TENON_SEED, TENON_RUNS } = process.env
if (TENON_SEED !== undefined) fc.configureGlobal({ seed: Number(TENON_SEED) })
else if (TENON_RUNS === undefined) fc.configureGlobal({ seed: 0x7e_40_51 })

export { default } from 'fast-check'
