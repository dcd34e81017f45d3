import type { Component } from '../component/component.ts'
import type { ComponentType } from '../component/extern-type.ts'
import { checkComponent } from './definitions.ts'
import { publish } from './published-type.ts'
import { type Problem, Reporter } from './reporter.ts'
import { Scope } from './scope.ts'
import { TypeStore } from './type-store.ts'

/**
 * Checks a decoded component and returns its type: imports and exports with everything resolved (Explainer.md).
 * Afterwards every index of every definition leads to something of the right sort and type. The code of core modules
 * is not looked at: the engine validates it when it compiles them.
 *
 * @throws {ValidationError} the first problem
 * @throws {DecodeError} where a core module cannot be read
 *
 * @example
 * validate(decode(bytes)).exports.get('add') // { kind: 'function', async: false, parameters: […], result: { kind: 's32' } }
 */
export function validate(component: Component): ComponentType {
  return check(component, new Reporter())
}

/**
 * All problems of a component, in order of the definitions they are in. A definition that uses an invalid one is passed over.
 *
 * @example
 * for (const problem of validationProblems(decode(bytes))) console.error(problem.message)
 */
export function validationProblems(component: Component): readonly Problem[] {
  const problems: Problem[] = []
  const reporter = new Reporter(problems)
  reporter.at(component.range.start, undefined, () => void check(component, reporter))
  return problems
}

function check(component: Component, reporter: Reporter): ComponentType {
  const store = new TypeStore(reporter)
  reporter.offset = component.range.start
  return publish(checkComponent(component, new Scope('component', reporter, store)), store)
}
