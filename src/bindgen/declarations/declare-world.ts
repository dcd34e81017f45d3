/** The declarations of a world: its own types, what it imports, what it exports, and a type of both. */
import { nameInPackage } from '../../wit/package.ts'
import { type Declared, declareTypes, printStreamable } from './declare-scope.ts'
import { docComment } from './doc-comment.ts'
import { printFace } from './face.ts'
import type { Lines } from './lines.ts'
import type { Direction } from './scope.ts'
import type { WorldScopes } from './world-scopes.ts'

export function declareWorld(scopes: WorldScopes, classPrefix: string): Declared {
  const { world, imports, exports, names } = scopes
  const declared = declareOwnTypes(scopes, classPrefix)
  const given = imports.members(instancesOf(scopes, 'import'))
  const comment = docComment({ docs: `What a host gives for the imports of ${worldName(scopes)}.` })
  const faces = [[...comment, ...printFace(imports, names.imports, given)], printExports(scopes)]
  const both = [
    ...docComment({ ...world, notes: [`For \`Component.load<${names.world}>\`.`] }),
    `export interface ${names.world} {`,
    `  readonly imports: ${names.imports}`,
    `  readonly exports: ${names.exports}`,
    '}',
  ]
  const helper = printStreamable(imports.streamableName === undefined ? exports : imports)
  return { ...declared, blocks: [...declared.blocks, ...faces, both, helper] }
}

/** Without what a host has to give: its own types, and what it exports. */
export function declareExports(scopes: WorldScopes, classPrefix: string): Declared {
  const declared = declareOwnTypes(scopes, classPrefix)
  const face = printExports(scopes)
  return { ...declared, blocks: [...declared.blocks, face, printStreamable(scopes.exports)] }
}

function declareOwnTypes(scopes: WorldScopes, classPrefix: string): Declared {
  return declareTypes(scopes.imports, (owner) => scopes.find(owner, 'import'), classPrefix)
}

function printExports(scopes: WorldScopes): Lines {
  const { exports, names } = scopes
  const found = exports.members(instancesOf(scopes, 'export'))
  const comment = docComment({ docs: `The exports of ${worldName(scopes)}.` })
  return [...comment, ...printFace(exports, names.exports, found)]
}

function worldName({ world }: WorldScopes): string {
  return `\`${nameInPackage(world.package, world.name)}\``
}

/** The types of interfaces, by extern name; none of those for which a host gives nothing. */
export function instancesOf(
  { interfaces }: WorldScopes,
  direction: Direction,
): ReadonlyMap<string, string | undefined> {
  return new Map(
    interfaces
      .filter((one) => one.direction === direction)
      .map(({ key, namespace, face, scope }) => {
        const isGiven = direction === 'export' || scope.members().length > 0
        return [key, isGiven ? `${namespace}.${face}` : undefined]
      }),
  )
}
