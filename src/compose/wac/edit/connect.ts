import { WacEditError } from '../../../errors.ts'
import { ArgumentList } from './argument-list.ts'
import type { Draft, InstanceInText } from './draft.ts'
import { GivenArguments } from './given-arguments.ts'
import { hoistFrom } from './hoist.ts'
import { expressionOf, locate, locateInstance, withName } from './located-node.ts'
import { nearest } from '../../../diagnostics/nearest.ts'
import { argumentText } from './short-names.ts'
import { putAbove } from './statement-order.ts'
import type { ConnectAction } from './wac-action.ts'

export function connect(draft: Draft, { instance, argument, from, export: exported }: ConnectAction): void {
  const target = locateInstance(draft, instance)
  const located = locate(draft, from)
  checkImport(draft, target, argument)
  if (located.name === undefined) refuseInner(located.instance!, target)
  const { node: source, moved } = withName(draft, located)
  const at = hoistFrom(draft, moved(target.syntax.start), (given) => [given.all.get(argument) ?? -1])
  const { syntax, statement } = draft.instanceAt(at)
  const found = expressionOf(draft, source, exported)
  putAbove(draft, draft.statementOf(source.name)!, statement)
  const given = new GivenArguments(draft, syntax)
  const text = argumentText(argument, given.imports, found)
  const list = new ArgumentList(draft, syntax)
  const index = given.all.get(argument)
  const known = index === undefined ? undefined : syntax.arguments[index]!
  if (known?.kind === 'named') {
    draft.replaceKeeping(known.value, found.text)
  } else if (index !== undefined && known?.kind === 'inferred') {
    list.replace(index, [text])
  } else {
    list.add(text)
    // A `...instance` must have something left to give.
    if (index !== undefined && given.namesOf(index).length === 1) list.replace(index, [])
  }
  list.write()
}

/** @throws {WacEditError} `missing` */
export function checkImport(draft: Draft, { syntax }: InstanceInText, name: string): void {
  const type = draft.typeOf(syntax.package)
  if (type === undefined || type.imports.has(name)) return
  const near = nearest(name, type.imports.keys())
  throw new WacEditError('missing', `\`${syntax.package.name}\` has no import named \`${name}\``, {
    cure:
      near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'the name must be the whole name of an import',
  })
}

/** What stands in an instance's own arguments cannot be given what it makes. */
function refuseInner(source: InstanceInText, target: InstanceInText): void {
  if (target.syntax.start < source.syntax.start || target.syntax.end > source.syntax.end) return
  const names = [source, target, source].map(({ syntax }) => syntax.package.name)
  throw new WacEditError('cycle', `that would be a cycle: ${names.join(' needs ')}`, {
    cure: 'instances are made one after the other: take another wire of the cycle away first, or use a second instance',
    names,
  })
}
