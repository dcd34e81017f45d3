import { TenonError } from '../errors.ts'

/** Valid, but nothing here can run it yet. */
export function unsupported(what: string): never {
  throw new TenonError('unsupported', `${what} are not supported`)
}
