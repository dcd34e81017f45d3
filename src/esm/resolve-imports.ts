/** Where each import of a component comes from, before anything of it runs. */
import type { PlanImport } from '../compile/plan.ts'
import { nearest } from '../diagnostics/nearest.ts'
import { LinkError, type LinkProblem } from '../errors.ts'
import { componentValue } from '../runtime/component-value.ts'
import { assignShortNames, parseName, shortNamesOf } from '../runtime/names.ts'
import type { RunnableComponent } from '../runtime/runnable-component.ts'
import { absolute, type ImportTable, lookUp } from './import-table.ts'

export interface ResolvedImport {
  /** As the component has it. */
  readonly name: string
  /** As `ModuleImport` has them. */
  readonly keys: readonly string[]
  readonly instance: boolean
  /** A module specifier; undefined: WASI that grants nothing. */
  readonly specifier: string | undefined
}

/**
 * Looks up what a component imports. WASI that no table names grants nothing.
 *
 * @param tables one at least; what stands in an earlier one counts
 * @param name of the component, for messages
 * @throws {LinkError} naming all imports that are in no table
 */
export function resolveImports(
  component: RunnableComponent,
  tables: readonly ImportTable[],
  name: string,
): readonly ResolvedImport[] {
  const { imports } = component[componentValue].program.plan
  const asked = imports.filter((one) => !one.name.startsWith('[') && hasValue(one))
  const { short } = assignShortNames(
    new Map(asked.map((one) => [one.name, shortNamesOf(one.name, one.item.kind)])),
  )
  const missing = new Set<string>()
  const resolved = asked.map((one): ResolvedImport => {
    const full = one.name + (one.versionSuffix ?? '')
    const specifier = lookUpIn(tables, one.implements === undefined ? [full] : [full, one.implements])
    if (specifier === undefined && !isWasi(one.name)) missing.add(one.name)
    return {
      name: one.name,
      keys: keysOf(one, full, short.get(one.name) ?? []),
      instance: one.item.kind === 'instance',
      specifier,
    }
  })
  if (missing.size > 0) throw missingEntries(component, missing, tables, name)
  return resolved
}

function lookUpIn(tables: readonly ImportTable[], names: readonly string[]): string | undefined {
  for (const { entries, base } of tables) {
    const specifier = lookUp(entries, names)
    if (specifier !== undefined) return absolute(specifier, base)
  }
  return undefined
}

/** An interface has its full name only: its short one, `add` of `docs:adder/add`, may be that of a function in it. */
function keysOf(
  { name, implements: implemented }: PlanImport,
  full: string,
  short: readonly string[],
): readonly string[] {
  if (parseName(name)?.kind === 'interface') return [...new Set([full, name])]
  return [name, ...short, ...(implemented === undefined ? [] : [implemented])]
}

/** Types that are no resources have nothing at run time. */
function hasValue({ item }: PlanImport): boolean {
  if (item.kind === 'instance') return item.exports.some(hasValue)
  return item.kind !== 'type'
}

function isWasi(name: string): boolean {
  const parts = parseName(name)
  return parts?.kind === 'interface' && parts.namespace === 'wasi'
}

function missingEntries(
  component: RunnableComponent,
  missing: ReadonlySet<string>,
  tables: readonly ImportTable[],
  name: string,
): LinkError {
  const known = tables.flatMap(({ entries }) => Object.keys(entries))
  const problems = problemsOf(component)
    .filter((problem) => missing.has(problem.name))
    .map((problem) => ({ ...problem, candidates: nearest(problem.name, known) }))
  const what =
    problems.length === 1
      ? 'nothing says where an import comes from'
      : `nothing says where ${problems.length} imports come from`
  const [first] = missing
  const example = `"tenon": { "imports": { ${JSON.stringify(first)}: "./…" } }`
  return new LinkError(
    `${name}: ${what}:\n${problems.map(describe).join('\n')}\nName a module for each in ${tables.at(-1)!.place}: ${example}`,
    problems,
  )
}

function describe({ name, expected, candidates }: LinkProblem): string {
  const meant =
    candidates.length === 0 ? '' : `; there is ${candidates.map((one) => `\`${one}\``).join(' and ')}`
  return `  \`${name}\`: ${expected}${meant}`
}

/** What linking says of a component that is given nothing. */
function problemsOf(component: RunnableComponent): readonly LinkProblem[] {
  try {
    component.link({})
    return []
  } catch (error) {
    if (error instanceof LinkError) return error.problems
    throw error
  }
}
