import { WacEditError } from '../../../errors.ts'
import { checkImport } from './connect.ts'
import type { Draft } from './draft.ts'
import { GivenArguments } from './given-arguments.ts'
import { hoistFrom } from './hoist.ts'
import { locateInstance } from './located-node.ts'
import { importedAs, openArguments } from './open-arguments.ts'
import { removeStatements } from './place-statement.ts'
import type { DisconnectAction } from './wac-action.ts'
import { written } from './written-name.ts'

export function disconnect(draft: Draft, { instance, argument }: DisconnectAction): void {
  const target = locateInstance(draft, instance)
  checkImport(draft, target, argument)
  const index = new GivenArguments(draft, target.syntax).all.get(argument)
  if (index === undefined)
    throw new WacEditError('missing', `\`${argument}\` is given nothing`, {
      cure: 'it is one of the imports of the composition already',
    })
  const at = hoistFrom(draft, target.syntax.start, (given) => [given.all.get(argument)!])
  const given = new GivenArguments(draft, draft.instanceAt(at).syntax)
  const gone = importThatGoes(draft, given, argument)
  openArguments(draft, given, new Set([argument]), gone)
  removeStatements(draft, gone)
}

/**
 * Where the argument is what the text imports under the same name: that `import` goes, too, because nothing can be left open beside it.
 *
 * @throws {WacEditError} `taken`, where others use it
 */
function importThatGoes(draft: Draft, given: GivenArguments, argument: string): ReadonlySet<number> {
  const imported = importedAs(draft, argument)
  const syntax = given.syntax.arguments[given.all.get(argument)!]!
  const isIt =
    imported !== undefined &&
    ((syntax.kind === 'inferred' && syntax.id.name === imported) ||
      (syntax.kind === 'named' && syntax.value.kind === 'name' && syntax.value.name === imported))
  if (!isIt) return new Set()
  const uses = draft.syntax.statements.flatMap((_, index) =>
    draft.expressions(index).names.filter(({ name }) => name === imported),
  )
  if (uses.length === 1) return new Set([draft.statementOf(imported)!])
  throw new WacEditError(
    'taken',
    `\`${argument}\` is imported by the text, as ${written(imported)}, for others as well`,
    {
      cure: `what an \`import\` imports cannot be left open beside it: remove \`${imported}\`, and all of them leave it open`,
    },
  )
}
