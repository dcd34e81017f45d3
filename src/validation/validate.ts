import type { Component } from '../component/component.ts'
import type { ComponentType } from '../component/extern-type.ts'
import { checkComponent } from './definitions.ts'
import { publish } from './published-type.ts'
import { type Problem, Reporter } from './reporter.ts'
import { Scope } from './scope.ts'
import { TypeStore } from './type-store.ts'

/** What is wrong with the code of a core module. */
export interface ModuleProblem {
  readonly message: string
  /** In the module's bytes; undefined where that is not known. */
  readonly offset: number | undefined
}

/** Says what is wrong with the code of a core module, if anything is. */
export type CheckModule = (bytes: Uint8Array) => ModuleProblem | undefined

export interface ValidateOptions {
  /** Without it, code is left to the engine that compiles the module, which would otherwise check it twice. */
  readonly checkModule?: CheckModule
}

/**
 * Checks a decoded component and returns its type: imports and exports with everything resolved (Explainer.md).
 * Afterwards every index of every definition leads to something of the right sort and type.
 *
 * @throws {ValidationError} the first problem; where making the type takes more steps than there may be, when its imports or
 * exports are looked at
 * @throws {DecodeError} where a core module cannot be read
 *
 * @example
 * validate(decode(bytes)).exports.get('add') // { kind: 'function', async: false, parameters: […], result: { kind: 's32' } }
 */
export function validate(component: Component, options: ValidateOptions = {}): ComponentType {
  return check(component, new Reporter(), options)
}

/**
 * The problems of a component, in order of the definitions they are in; at most `limits.problems`, and one that says that
 * there are too many. What uses an invalid definition is passed over.
 *
 * @example
 * for (const problem of validationProblems(decode(bytes))) console.error(problem.message)
 */
export function validationProblems(component: Component, options: ValidateOptions = {}): readonly Problem[] {
  const problems: Problem[] = []
  const reporter = new Reporter(problems)
  try {
    check(component, reporter, options)
  } catch (error) {
    reporter.collect(error)
  }
  return problems
}

function check(component: Component, reporter: Reporter, { checkModule }: ValidateOptions): ComponentType {
  const store = new TypeStore(reporter, component.range.end - component.range.start)
  reporter.offset = component.range.start
  const scope = new Scope('component', { reporter, store, checkModule, modulesAndComponents: 0 })
  return publish(checkComponent(component, scope), store)
}
