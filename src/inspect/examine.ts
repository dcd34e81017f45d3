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

export interface ExamineOptions {
  /**
   * Is told of each core module that was checked: the code takes most of the time.
   *
   * @param checked bytes of core modules so far
   */
  readonly progress?: ((checked: number) => void) | undefined
}

/**
 * Checks a component with all that is inside of it, code included, or a core module.
 *
 * @example
 * examine(new Uint8Array([0, 97, 115, 109, 13, 0, 1, 0, 28])).problems[0].problem // malformed section id: found 28, wanted 0 to 12
 */
export function examine(bytes: Uint8Array, { progress }: ExamineOptions = {}): Examination {
  if (isCoreModule(bytes)) {
    const problem = checkCoreModule(bytes)
    const problems = problem ? [new ValidationError(problem.message, problem.offset ?? 0)] : []
    return { kind: 'core module', problems }
  }
  const { component, problem } = decodeBeginning(bytes)
  let checked = 0
  const problems = validationProblems(component, {
    checkModule(module) {
      const problem = checkCoreModule(module)
      checked += module.length
      progress?.(checked)
      return problem
    },
  })
  if (!problem) return { kind: 'component', problems }
  return { kind: problem.offset < 8 ? undefined : 'component', problems: [...problems, problem] }
}
