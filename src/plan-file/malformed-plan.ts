import { TenonError } from '../errors.ts'

/** Ends the reading of a Plan that nobody compiled. */
export function refuse(problem: string): never {
  throw new TenonError('decode', `malformed Plan: ${problem}`)
}
