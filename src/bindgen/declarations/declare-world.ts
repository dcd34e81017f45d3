/** The declarations of a world: its own types, what it imports, what it exports, and a type of both. */
import { nameInPackage } from '../../wit/package.ts'
import { type Declared, declareTypes } from './declare-scope.ts'
import { docComment } from './doc-comment.ts'
import { printFace } from './face.ts'
import type { Direction } from './scope.ts'
import type { WorldScopes } from './world-scopes.ts'

export function declareWorld(scopes: WorldScopes, classPrefix: string): Declared {
  const { world, imports, names } = scopes
  const declared = declareExports(scopes, classPrefix)
  const [types, exports] = [declared.blocks.slice(0, -1), declared.blocks.slice(-1)]
  const given = imports.members(instancesOf(scopes, 'import'))
  return {
    ...declared,
    blocks: [
      ...types,
      [
        ...docComment({ docs: `What a host gives for the imports of ${worldName(scopes)}.` }),
        ...printFace(imports, names.imports, given),
      ],
      ...exports,
      [
        ...docComment({ ...world, notes: [`For \`Component.load<${names.world}>\`.`] }),
        `export interface ${names.world} {`,
        `  readonly imports: ${names.imports}`,
        `  readonly exports: ${names.exports}`,
        '}',
      ],
    ],
  }
}

/** Without what a host has to give: its own types, and last what it exports. */
export function declareExports(scopes: WorldScopes, classPrefix: string): Declared {
  const { imports, exports, names } = scopes
  const declared = declareTypes(imports, (owner) => scopes.find(owner, 'import'), classPrefix)
  const found = exports.members(instancesOf(scopes, 'export'))
  const face = [
    ...docComment({ docs: `The exports of ${worldName(scopes)}.` }),
    ...printFace(exports, names.exports, found),
  ]
  return { ...declared, blocks: [...declared.blocks, face] }
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
