import { handlesIn, resourcesIn } from '../../component/handles-in.ts'
import type { ComponentType } from '../../component/extern-type.ts'
import type { ResourceType } from '../../component/value-type.ts'
import type { Instance } from '../../index.ts'
import { type Call, toArguments } from '../../wave/parse-call.ts'
import { printValue } from '../../wave/print-value.ts'
import { waveProblem } from '../../wave/wave-problem.ts'
import { type CallableFunction, callableFunctions } from '../../component/callable-function.ts'
import { describeFunction, findFunction } from '../find-function.ts'
import { HandleNames } from './handle-names.ts'
import { invoke, type Returned } from './invoke.ts'
import type { Statement } from './parse-statement.ts'

/** One call that was made; `callable` says what the value is. */
export interface Made extends Returned {
  readonly callable: CallableFunction
  /** Whether its handles got the names that were asked for, so that there is nothing to show. */
  readonly bound: boolean
}

interface Prepared {
  readonly callable: CallableFunction
  readonly values: readonly unknown[]
}

/** Finds what is wrong with the statements before any of them is run. Throws a WaveError. */
export function checkSequence(component: ComponentType, statements: readonly Statement[]): void {
  const names = new HandleNames()
  for (const statement of statements) {
    if (statement.kind === 'drop') names.drop(statement.name, statement.source)
    else names.expect(statement.names, checkCall(component, statement, names))
  }
}

function checkCall(
  component: ComponentType,
  statement: Statement & { readonly kind: 'call' },
  names: HandleNames,
): ReadonlySet<ResourceType> {
  const { callable } = prepare(component, statement.call, names)
  const { result } = callable.type
  const resources = result ? resourcesIn(result) : new Set<ResourceType>()
  const [first] = statement.names
  if (!first || resources.size > 0) return resources
  throw waveProblem(
    statement.call.source,
    first.span,
    `\`${callable.name}\` returns no handle`,
    'nothing to name',
    ['only handles have names; other values are written as they are', describeFunction(callable)],
  )
}

/** Runs them in order in one instance; those that have been checked. Gives up, in the end, the handles that they made. */
export async function* runSequence(
  component: ComponentType,
  statements: readonly Statement[],
  instance: Instance,
): AsyncGenerator<Made> {
  const names = new HandleNames()
  const all: object[] = []
  for (const statement of statements) {
    if (statement.kind === 'drop') {
      dispose(names.drop(statement.name, statement.source))
      continue
    }
    const { callable, values } = prepare(component, statement.call, names)
    const returned = await invoke(instance, callable, values)
    const { result } = callable.type
    const handles = result ? handlesIn(returned.value, result) : []
    all.push(...handles.map(({ handle }) => handle))
    if (statement.names.length > 0) names.bind(statement.names, handles, printValue(returned.value, result!))
    const bound = statement.names.length > 0 && handles.length >= statement.names.length
    yield { ...returned, callable, bound }
  }
  all.forEach(dispose)
}

/** Gives up a handle that is owned. Does nothing where that has happened already. */
export function dispose(handle: object | undefined): void {
  ;(handle as Partial<Disposable> | undefined)?.[Symbol.dispose]?.()
}

function prepare(component: ComponentType, call: Call, names: HandleNames): Prepared {
  const method = methodOfHandle(component, call, names)
  if (method) return method
  const callable = findFunction(component, call)
  const values = toArguments(call, callable.type, (label, type) => names.pass(label, type, call.source))
  return { callable, values }
}

/** `c.add(1)`, where `c` is the name of a handle, is `[method]counter.add(c, 1)`. */
function methodOfHandle(component: ComponentType, call: Call, names: HandleNames): Prepared | undefined {
  const dot = call.name.indexOf('.')
  const name = call.name.slice(0, Math.max(dot, 0))
  const span = { start: call.nameSpan.start, end: call.nameSpan.start + name.length }
  const resources = names.resourcesOf({ name, span }, call.source)
  if (!resources) return undefined
  const methods = callableFunctions(component).filter((one) => {
    const self = one.type.parameters[0]?.type
    return one.name.startsWith('[method]') && self?.kind === 'borrow' && resources.has(self.resource)
  })
  const label = call.name.slice(dot + 1)
  const callable = methods.find((one) => one.name.slice(one.name.indexOf('.') + 1) === label)
  if (!callable) {
    const labelSpan = { start: call.nameSpan.start + dot + 1, end: call.nameSpan.end }
    throw waveProblem(call.source, labelSpan, `\`${name}\` has no method \`${label}\``, 'unknown', [
      ...(methods.length > 0 ? ['its methods:'] : []),
      ...methods.map((one) => `  ${describeFunction(one)}`),
    ])
  }
  const [self, ...parameters] = callable.type.parameters
  const handle = names.pass(
    { name, span },
    self!.type as { kind: 'borrow'; resource: ResourceType },
    call.source,
  )
  const rest = toArguments(call, { ...callable.type, parameters }, (label, type) =>
    names.pass(label, type, call.source),
  )
  return { callable, values: [handle, ...rest] }
}
