/** Component (AST) → checked types. */
export type { Problem } from './reporter.ts'
export { validate, type ValidateOptions, validationProblems } from './validate.ts'
