import { decodeBeginning } from '../binary/decode.ts'
import { isCoreModule } from '../binary/preamble.ts'
import { ValidationError } from '../errors.ts'
import { type Problem, validationProblems } from '../validation/index.ts'
import { checkCoreModule } from './check-core-module.ts'

/** What a file is, and all that is wrong with it. */
export interface Examination {
  /** Undefined for what starts like neither. */
  readonly kind: 'component' | 'core module' | undefined
  readonly problems: readonly Problem[]
}

/** Checks a component with all that is inside of it, or a core module. */
export function examine(bytes: Uint8Array): Examination {
  if (isCoreModule(bytes)) {
    const problem = checkCoreModule(bytes)
    const problems = problem ? [new ValidationError(problem.message, problem.offset ?? 0)] : []
    return { kind: 'core module', problems }
  }
  const { component, problem } = decodeBeginning(bytes)
  const problems = validationProblems(component, { checkModule: checkCoreModule })
  if (!problem) return { kind: 'component', problems }
  return { kind: problem.offset < 8 ? undefined : 'component', problems: [...problems, problem] }
}
