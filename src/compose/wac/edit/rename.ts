import { WacEditError } from '../../../errors.ts'
import { inferredName } from '../inferred-name.ts'
import type { ImportSyntax } from '../syntax.ts'
import { checkNewName } from './free-name.ts'
import type { Draft } from './draft.ts'
import { GivenArguments } from './given-arguments.ts'
import { hoist } from './hoist.ts'
import { locate } from './located-node.ts'
import type { NameUse } from './name-uses.ts'
import { argumentText, externNameText } from './short-names.ts'
import type { RenameAction } from './wac-action.ts'
import { written } from './written-name.ts'

export function rename(draft: Draft, { node, to }: RenameAction): void {
  const { name, statement, instance, path } = locate(draft, node)
  if (name === to) return
  if (name === undefined) {
    if (instance === undefined || path.length > 0)
      throw new WacEditError('node', 'what is accessed in an expression has no name in the text', {
        cure: 'rename the instance that it is taken from',
      })
    hoist(draft, instance, to)
    return
  }
  checkNewName(draft, to)
  refuseMeaning(draft, to)
  const syntax = draft.syntax.statements[statement]!
  if (syntax.kind !== 'let' && syntax.kind !== 'import') return
  const keepsName = syntax.kind === 'import' && isNamedByIdentifier(draft, syntax)
  draft.replace(syntax.id, written(to) + (keepsName ? ` as ${externNameText(name)}` : ''))
  for (const index of draft.syntax.statements.keys()) {
    for (const use of draft.expressions(index).names) if (use.name === name) renameUse(draft, use, to)
  }
}

/** Imports of functions, and of interfaces that are written in place, are called as the text calls them. */
function isNamedByIdentifier(draft: Draft, { id, as, type }: ImportSyntax): boolean {
  if (as !== undefined || type.kind === 'path') return false
  const item = draft.document.names.get(id.name)?.item
  return type.kind !== 'name' || (item?.kind === 'node' && item.externName === id.name)
}

function renameUse(draft: Draft, use: NameUse, to: string): void {
  const { argument, name } = use
  if (argument?.syntax.kind !== 'inferred') {
    draft.replace(use, written(to))
    return
  }
  const given = new GivenArguments(draft, argument.of)
  const [wanted] = given.namesOf(argument.of.arguments.indexOf(argument.syntax))
  const item = draft.document.names.get(name)?.item
  const stays =
    item?.kind === 'node' && given.imports && inferredName({ name: to }, item, { imports: given.imports })
  draft.replace(
    use,
    wanted === undefined || stays === wanted
      ? written(to)
      : argumentText(wanted, given.imports, { text: written(to) }),
  )
}

/** A name that is used, and that nothing had, would mean this from now on. */
function refuseMeaning(draft: Draft, name: string): void {
  if (!draft.takenNames().has(name)) return
  throw new WacEditError('name', `the text uses \`${name}\` already, for something that is not there`, {
    cure: 'choose another name',
  })
}
