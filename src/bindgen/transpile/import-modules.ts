/** Which modules a component's imports come from, where it is a module that imports them. */
import type { PlanImport } from '../../compile/plan.ts'
import { nearest } from '../../diagnostics/nearest.ts'
import { LinkError, type LinkProblem } from '../../errors.ts'
import { lookUp, type TableEntries } from '../../esm/import-table.ts'
import { assignShortNames, parseName, shortNamesOf } from '../../runtime/names.ts'
import { describeImport } from '../../describe-import.ts'

/** One import, and where it comes from. */
export interface ImportedModule {
  /** As the component has it. */
  readonly name: string
  /** The exports of the module that give it, in the order in which they are looked for. */
  readonly keys: readonly string[]
  /** Whether it is an interface: whether the module itself may be what is imported. */
  readonly instance: boolean
  readonly specifier: string
}

/** Its default export is WASI that grants nothing. */
export const closedWasi = 'tenon/esm/wasi'

/**
 * Looks up what a component imports: by its `external-id`, else by its name. WASI that the table does not name grants nothing.
 *
 * @throws {LinkError} naming all imports that are not in the table
 */
export function importedModules(
  imports: readonly PlanImport[],
  table: TableEntries,
): readonly ImportedModule[] {
  const asked = imports.filter((one) => !one.name.startsWith('[') && hasValue(one))
  const wanted = asked.map(({ name, item }) => [name, shortNamesOf(name, item.kind)] as const)
  const { short } = assignShortNames(new Map(wanted))
  const problems: LinkProblem[] = []
  const modules = asked.map((one): ImportedModule => {
    const { name, item, implements: implemented, externalId } = one
    const full = name + (one.versionSuffix ?? '')
    const names = [externalId, full, implemented].filter((each) => each !== undefined)
    const specifier = lookUp(table, names)
    if (specifier === undefined && !isWasi(name)) {
      const candidates = nearest(name, Object.keys(table))
      problems.push({ name, expected: describeImport(item), actual: undefined, candidates })
    }
    const keys = isInterface(name)
      ? [full, name]
      : [name, ...short.get(name)!, ...(implemented ? [implemented] : [])]
    return {
      name,
      keys: [...new Set(keys)],
      instance: item.kind === 'instance',
      specifier: specifier ?? closedWasi,
    }
  })
  if (problems.length > 0) {
    const example = `--map '${problems[0]!.name}=./module.js'`
    throw missingModules(
      problems,
      `Name a module for each: ${example}; or let whoever instantiates the component give them: --instantiation`,
    )
  }
  return modules
}

/** @param cure what to do about it */
export function missingModules(problems: readonly LinkProblem[], cure: string): LinkError {
  const lines = problems.map(({ name, expected, candidates }) => {
    const meant =
      candidates.length === 0 ? '' : `; there is ${candidates.map((one) => `\`${one}\``).join(' and ')}`
    return `  \`${name}\`: ${expected}${meant}`
  })
  const what = problems.length === 1 ? 'an import comes' : `${problems.length} imports come`
  return new LinkError(`nothing says which module ${what} from:\n${lines.join('\n')}\n${cure}`, problems)
}

/** Types that are no resources have nothing at run time. */
function hasValue({ item }: PlanImport): boolean {
  if (item.kind === 'instance') return item.exports.some(hasValue)
  return item.kind !== 'type'
}

function isInterface(name: string): boolean {
  return parseName(name)?.kind === 'interface'
}

function isWasi(name: string): boolean {
  const parts = parseName(name)
  return parts?.kind === 'interface' && parts.namespace === 'wasi'
}
