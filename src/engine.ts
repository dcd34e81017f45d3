/**
 * Imported first by every entry: an engine that lacks what we use everywhere is told so in one line, and not by whatever
 * fails first. Features count, not versions: a page may bring what its browser lacks.
 */
import { TenonError } from './errors.ts'

const lacking: string[] = []
if (typeof Iterator !== 'function' || typeof Iterator.prototype.map !== 'function')
  lacking.push('iterator helpers')
if (typeof process === 'object' && process.versions?.node !== undefined && !process.getBuiltinModule)
  lacking.push('process.getBuiltinModule')

if (lacking.length > 0) {
  throw new TenonError(
    'unsupported',
    `Tenon needs Node 22.3 or later, or a browser of 2025 or later: this engine has no ${lacking.join(' and no ')}`,
  )
}
