/** A Plan as straight-line code: one function that instantiates one component. */
import type { Plan, PlanInstance } from '../../compile/plan.ts'
import { TenonError } from '../../errors.ts'
import { exportShape } from '../../runtime/export-shape.ts'
import { Adapters } from './adapter-text.ts'
import type { CoreModules } from './core-modules.ts'
import { ExportText } from './export-text.ts'
import { ExternText, importsComponents } from './extern-text.ts'
import { FunctionText } from './function-text.ts'
import type { ModuleText } from './module-text.ts'
import { indented, PlanScope } from './plan-scope.ts'
import { StepText } from './step-text.ts'

/**
 * Declares the function; returns its name. Of a component that is handed on it takes what its instantiation needs, and what it captures.
 *
 * @throws {TenonError} unsupported
 */
export function planText(module: ModuleText, plan: Plan, core: CoreModules, sub = false): string {
  refuseUnsupported(plan)
  const scope = new PlanScope(module, plan, core, sub)
  const functions = new FunctionText(scope)
  const externs = new ExternText(scope, functions, (inner) => planText(module, inner, core, true))
  writeSteps(scope, functions, externs)
  const view = new ExportText(scope, functions, externs).view(exportShape(plan.exports))
  const instances = plan.instances.map((_, i) => `instance${i}`)
  if (sub) {
    const live = `[${instances.join(', ')}], ${view}, ${externs.externs(plan.exports)}`
    scope.line(`return new ${scope.use('Live')}(${live})`)
  } else scope.line(`return new ${scope.use('Instance')}(instance0, ${view})`)
  const run = scope.waits
    ? `return ${scope.use('executeSteps')}(instance0, function* () {`
    : `return ${scope.use('execute')}(instance0, () => {`
  if (scope.hasMemories) core.withMemories.add(plan)
  const lines = [...headText(scope, functions.closed), run, ...indented(scope.lines), '})']
  const parameters = sub ? 'modules, { name, bind, parent }, capture' : 'modules, imports, options'
  return module.declare('instantiate', [`(${parameters}) => {`, ...indented(lines), '}'].join('\n'))
}

function refuseUnsupported({ steps }: Plan): void {
  const what = steps.flatMap((step) => (step.kind === 'unsupported' ? [`\`${step.what}\``] : []))
  if (what.length === 0) return
  const names = [...new Set(what)].join(', ')
  throw new TenonError('unsupported', `the component uses ${names}, which this version of Tenon cannot run`)
}

function writeSteps(scope: PlanScope, functions: FunctionText, externs: ExternText): void {
  const adapters = new Adapters(scope)
  try {
    const steps = new StepText(scope, functions, externs, adapters)
    for (const step of scope.plan.steps) steps.write(step)
  } finally {
    adapters.end()
  }
}

/** Before any step: component instances, and what comes from outside. */
function headText(scope: PlanScope, closed: boolean): readonly string[] {
  const { module, plan, sub, suspends } = scope
  const body = scope.lines.join('\n')
  const lines: string[] = []
  if (!sub && plan.imports.length > 0) {
    const names = module.declare('imports', module.data(plan.imports), 'What it imports.')
    const components = importsComponents(plan.imports) ? `, componentOf: ${scope.use('componentOf')}` : ''
    const options = `{ ...options, describe: ${scope.use('describeImport')}${components} }`
    lines.push(`const link = ${scope.use('linkImports')}(${names}, imports, ${options})`)
  }
  if (scope.hasMemories) lines.push(`const memories = ${scope.use('memoriesOf')}(${sub ? 'parent' : ''})`)
  lines.push(...instancesText(scope, closed))
  if (sub || suspends || plan.imports.length > 0 || /\bgiven\./.test(body))
    lines.push('const given = { functions: [], modules: [], components: [], resources: [] }')
  if (sub) lines.push('capture(given)', 'bind(given)')
  else if (plan.imports.length > 0) lines.push('link(given)')
  if (suspends) lines.push(markText(scope))
  if (plan.resources.length > 0 && /\bresource\b/.test(body)) {
    const types = plan.resources.map((type) => module.resourceType(type))
    lines.push(`const types = [${types.join(', ')}]`)
    lines.push('const resource = (type) => given.resources[types.indexOf(type)]')
  }
  return lines
}

function instancesText(scope: PlanScope, closed: boolean): readonly string[] {
  return scope.plan.instances.flatMap((instance, i) => {
    const lines = instanceText(scope, instance, `instance${i}`, closed)
    return scope.reenterable[i] ? lines : [...lines, `instance${i}.reenterable = false`]
  })
}

function instanceText(
  scope: PlanScope,
  { parent, label, async }: PlanInstance,
  name: string,
  closed: boolean,
): readonly string[] {
  const ownName = `options.name ?? ${scope.data(scope.core.name)}`
  const memories = scope.hasMemories ? ', memories' : ''
  if (closed) return [`const ${name} = new ${scope.use('ClosedInstance')}(${ownName}${memories})`]
  const root = `${scope.sub ? 'parent, name' : `undefined, ${ownName}`}${memories}`
  const inner = `instance${parent}, \`\${instance0.name} \${${scope.data(`(${label})`)}}\``
  const args = parent === undefined ? root : inner
  const lines = [`const ${name} = new ${scope.use('ComponentInstance')}(${args})`]
  if (async) lines.push(`${name}.async = new ${scope.use('AsyncState')}(${name})`)
  return lines
}

/** What reaches something that may block is known when all that comes from outside is there. */
function markText(scope: PlanScope): string {
  const reach = scope.reach.map((one) => {
    const sets = Object.entries(one).map(([key, set]) => `${key}: new Set(${scope.data([...set])})`)
    return `{ ${sets.join(', ')} }`
  })
  const instances = scope.plan.instances.map((_, i) => `instance${i}`)
  return `${scope.use('markBlocking')}([${reach.join(', ')}], { instances: [${instances.join(', ')}], ...given })`
}
