import type { ExternType } from '../../../component/extern-type.ts'
import { WacEditError } from '../../../errors.ts'
import { type Draft, type InstanceInText, nameOf } from './draft.ts'
import { hoist } from './hoist.ts'
import { accessText, type GivenExpression } from './short-names.ts'
import type { NodeReference } from './wac-action.ts'
import { written } from './written-name.ts'

/** What a node is in the text: something with a name, or an instance without one; and which of its exports is meant. */
export interface LocatedNode {
  readonly statement: number
  readonly name: string | undefined
  /** Undefined of imports, and of names that are given to something of an instance. */
  readonly instance: InstanceInText | undefined
  /** Exports of exports, outermost first. */
  readonly path: readonly string[]
}

/** @throws {WacEditError} `node` */
export function locate(draft: Draft, reference: NodeReference): LocatedNode {
  if (typeof reference === 'string') return locateName(draft, reference)
  if (typeof reference === 'object') return locatePlace(draft, reference.at)
  const { composition, origins } = draft.document
  const node = composition.nodes[reference]
  const origin = origins.nodes.get(reference)
  const name = draft.document.namesOfNodes().get(reference)
  if (node === undefined || origin === undefined)
    throw new WacEditError('node', `there is no node ${reference} that the text makes`, {
      cure: 'take it from the analysis of the same text',
    })
  if (name !== undefined) return locateName(draft, name)
  if (node.kind === 'alias') {
    const of = locate(draft, node.instance)
    return { ...of, path: [...of.path, node.export] }
  }
  const instance = draft.instances().find(({ syntax }) => syntax.start === origin.span.start)
  return { statement: origin.statement, name: undefined, instance, path: [] }
}

function locatePlace(draft: Draft, at: number): LocatedNode {
  const instance = draft.instances().find(({ syntax }) => syntax.start === at)
  if (instance === undefined)
    throw new WacEditError('node', `no \`new\` expression begins at ${at}`, {
      cure: 'take the offset from the analysis of the same text',
    })
  const { statement } = instance
  const name = instance.isAnonymous ? undefined : nameOf(draft.syntax.statements[statement]!)
  return { statement, name, instance, path: [] }
}

function locateName(draft: Draft, name: string): LocatedNode {
  const statement = draft.statementOf(name)
  const syntax = statement === undefined ? undefined : draft.syntax.statements[statement]!
  if (statement === undefined || (syntax?.kind !== 'let' && syntax?.kind !== 'import')) draft.noSuchNode(name)
  const [first] = draft.expressions(statement).instantiations
  const instance = first && !first.isAnonymous ? { ...first, statement } : undefined
  return { statement, name, instance, path: [] }
}

/** @throws {WacEditError} `node`, where it is no instance */
export function locateInstance(draft: Draft, reference: NodeReference): InstanceInText {
  const { instance, path, name } = locate(draft, reference)
  if (instance !== undefined && path.length === 0) return instance
  throw new WacEditError(
    'node',
    `${name === undefined ? 'the node' : `\`${name}\``} is no instance of a package`,
    {
      cure: 'name what a `new` expression makes',
    },
  )
}

/**
 * The same with a name: an instance that has none gets a `let` of its own, before the statement that it stands in. That changes the text:
 * the offsets of before go through `moved`.
 */
export function withName(
  draft: Draft,
  located: LocatedNode,
): { readonly node: LocatedNode & { readonly name: string }; readonly moved: (offset: number) => number } {
  const { name, instance, path } = located
  if (name !== undefined) return { node: { ...located, name }, moved: (offset) => offset }
  const given = hoist(draft, instance!)
  const moved = draft.commit()
  return { node: { ...locateName(draft, given), name: given, path }, moved }
}

/**
 * How the text says it.
 *
 * @throws {WacEditError} `missing`, where there is no such export
 */
export function expressionOf(
  draft: Draft,
  { name, path }: LocatedNode & { readonly name: string },
  exported?: string,
): GivenExpression {
  const all = exported === undefined ? path : [...path, exported]
  const item = draft.document.names.get(name)?.item
  if (all.length === 0)
    return { text: written(name), alone: item?.kind === 'node' ? { name, item } : undefined }
  let type = draft.typeOfName(name) ?? brokenType(draft, name)
  let text = written(name)
  for (const each of all) {
    const exports = type?.kind === 'instance' ? type.exports : undefined
    if (type !== undefined && exports?.has(each) !== true)
      throw new WacEditError('missing', `\`${text}\` has no export named \`${each}\``, {
        cure: exports
          ? `it exports ${[...exports.keys()].slice(0, 5).join(', ')}`
          : 'only instances have exports',
      })
    text += accessText(each, exports)
    type = exports?.get(each)
  }
  return { text }
}

/** Of an instance that could not be made, as far as its package is known. */
function brokenType(draft: Draft, name: string): ExternType | undefined {
  const { instance } = locateName(draft, name)
  const type = instance && draft.typeOf(instance.syntax.package)
  return type && { kind: 'instance', exports: type.exports }
}
