/** The declarations of one scope, for a module of its own or a namespace in another one. */
import { docComment } from './doc-comment.ts'
import { printDefinition } from './definition.ts'
import { printFace } from './face.ts'
import type { Lines } from './lines.ts'
import { printClass } from './resource-class.ts'
import type { Direction, FindScope, Scope, Used } from './scope.ts'
import type { InterfaceScope } from './world-scopes.ts'

export interface Declared {
  /** What the scope has from others, and how it calls it. */
  readonly uses: readonly Used[]
  readonly blocks: readonly Lines[]
  /** Classes among them: types only, for there is nothing behind the declarations at run time. */
  readonly classes: readonly string[]
}

/** @param classPrefix what stands before `class` */
export function declareTypes(scope: Scope, find: FindScope, classPrefix: string): Declared {
  const uses = scope.uses(find)
  const used = new Set(uses.map(({ definition }) => definition))
  const own = scope.types.filter((definition) => !used.has(definition))
  const isClass = (definition: (typeof own)[number]): boolean =>
    definition.type.kind === 'resource' && definition.aliasOf === undefined
  const classes = own.filter(isClass)
  const promised = scope.role === 'host-export' && classes.length > 0 ? scope.claim('Promised') : ''
  const blocks = own.map((definition) =>
    isClass(definition)
      ? printClass(scope, definition, classPrefix, promised)
      : printDefinition(scope, definition),
  )
  const helper = promised === '' ? [] : [printPromised(scope, promised)]
  return { uses, blocks: [...blocks, ...helper], classes: classes.map((one) => scope.identifier(one)) }
}

/** The same of an interface, with the type of what a host gives for it, or finds behind it. */
export function declareInterface(
  { scope, face, item, key }: InterfaceScope,
  find: (direction: Direction) => FindScope,
  classPrefix: string,
): Declared {
  const declared = declareTypes(scope, find(scope.direction), classPrefix)
  const members = scope.members()
  // Nobody has to give what is only types.
  if (members.length === 0 && scope.direction === 'import') return declared
  const { docs, stability } = item.interface
  const purpose =
    scope.direction === 'import' ? `What a host gives for \`${key}\`.` : `What is exported as \`${key}\`.`
  const comment = docComment({ docs: docs ?? purpose, stability, notes: docs === undefined ? [] : [purpose] })
  const faceLines = printFace(scope, face, members)
  return { ...declared, blocks: [...declared.blocks, [...comment, ...faceLines], printStreamable(scope)] }
}

/** What may be passed as a stream, where the scope has it in its signatures. */
export function printStreamable(scope: Scope): Lines {
  const { streamableName: name } = scope
  if (name === undefined) return []
  const kinds = ['ReadableStream', 'AsyncIterable', 'Iterable'].map((kind) => `${scope.global(kind)}<T>`)
  return [`type ${name}<T> = ${kinds.join(' | ')}`]
}

/** `async` of a handle. */
function printPromised(scope: Scope, name: string): Lines {
  const exclude = scope.global('Exclude')
  const [promise, awaited] = [scope.global('Promise'), scope.global('Awaited')]
  return [
    `type ${name}<T> = {`,
    `  readonly [K in ${exclude}<keyof T & string, 'async'>]: T[K] extends (...args: infer A) => infer R`,
    `    ? (...args: A) => ${promise}<${awaited}<R>>`,
    '    : never',
    '}',
  ]
}
