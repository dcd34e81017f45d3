/** Component (AST) → checked types. */
export type { Problem } from './reporter.ts'
export { validate, validationProblems } from './validate.ts'
