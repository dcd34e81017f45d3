import { WacEditError } from '../../../errors.ts'
import type { Draft, InstanceInText } from './draft.ts'
import { nameOf } from './draft.ts'
import { namesExportedBy, nameSpreads, vacate } from './exported-names.ts'
import { GivenArguments } from './given-arguments.ts'
import { hoist } from './hoist.ts'
import { locate, withName } from './located-node.ts'
import { coreOf } from './name-uses.ts'
import { openArguments } from './open-arguments.ts'
import { removeStatements } from './place-statement.ts'
import type { RemoveAction } from './wac-action.ts'

export function remove(draft: Draft, { node }: RemoveAction): void {
  const located = locate(draft, node)
  if (located.path.length > 0)
    throw new WacEditError('node', 'an export of an instance cannot be removed', {
      cure: 'remove the instance, or disconnect what uses the export',
    })
  const { name } = withName(draft, located).node
  keepInnerInstances(draft, name)
  const { gone, names, exported } = whatGoes(draft, name)
  for (const each of draft.instances()) if (!gone.has(each.statement)) openWhatUses(draft, each, names, gone)
  removeStatements(
    draft,
    [...gone].sort((a, b) => a - b),
  )
  vacate(draft, exported, gone)
}

/** The statements that go, all names that they define, and what they export. */
interface Gone {
  readonly gone: ReadonlySet<number>
  readonly names: ReadonlySet<string>
  readonly exported: readonly string[]
}

function whatGoes(draft: Draft, name: string): Gone {
  for (;;) {
    const names = new Set([name])
    const gone = new Set([draft.statementOf(name)!, ...grow(draft, names)])
    const exported = [...gone].flatMap((statement) => namesExportedBy(draft, statement))
    if (!nameSpreads(draft, exported, gone)) return { gone, names, exported }
  }
}

/** The instances that stand in the arguments of the one that goes get names. */
function keepInnerInstances(draft: Draft, name: string): void {
  for (;;) {
    const statement = draft.statementOf(name)!
    const inner = draft.expressions(statement).instantiations.find(({ isAnonymous }) => isAnonymous)
    if (inner === undefined) return
    hoist(draft, { ...inner, statement })
    draft.commit()
  }
}

/**
 * The statements that are nothing without what some names stand for: `let other = name.run;`, `export name;`. The names that they define are
 * added to these.
 */
function* grow(draft: Draft, names: Set<string>): Generator<number> {
  for (const [index, syntax] of draft.syntax.statements.entries()) {
    if (syntax.kind === 'import') {
      const { type } = syntax
      if (type.kind === 'name' && names.has(type.name.name))
        throw new WacEditError(
          'node',
          `\`${syntax.id.name}\` is imported with the type of \`${type.name.name}\``,
          {
            cure: 'give it another type first',
          },
        )
      continue
    }
    if (syntax.kind !== 'let' && syntax.kind !== 'export') continue
    const { core } = coreOf(syntax.expression)
    if (core.kind !== 'name' || !names.has(core.name)) continue
    const defined = nameOf(syntax)
    if (defined !== undefined && draft.statementOf(defined) === index) names.add(defined)
    yield index
  }
}

function openWhatUses(
  draft: Draft,
  { syntax }: InstanceInText,
  names: ReadonlySet<string>,
  gone: ReadonlySet<number>,
): void {
  const uses = syntax.arguments.map((each) => {
    if (each.kind === 'implicit') return undefined
    if (each.kind !== 'named') return each.id.name
    const { core } = coreOf(each.value)
    return core.kind === 'name' ? core.name : undefined
  })
  const using = new Set(uses.keys().filter((index) => uses[index] !== undefined && names.has(uses[index])))
  if (using.size === 0) return
  const given = new GivenArguments(draft, syntax)
  const opened = new Set([...using].flatMap((index) => given.namesOf(index)))
  const broken = new Set([...using].filter((index) => given.namesOf(index).length === 0))
  openArguments(draft, given, opened, gone, broken)
}
