import type { InterfaceBody, TopLevelItem, UsePath, WorldSyntax } from './syntax.ts'

/** A path, and the interface or world that cannot be resolved before what it names is. */
export interface PathUse {
  readonly path: UsePath
  readonly dependent: string | undefined
}

/**
 * All paths of some items, those of imports before those of exports. Interfaces depend on what they use, worlds on what
 * they include; all else that a world needs is resolved before any world.
 */
export function* pathsIn(items: readonly TopLevelItem[]): Generator<PathUse> {
  for (const item of items) {
    if (item.kind === 'use') yield { path: item.path, dependent: undefined }
    else if (item.kind === 'interface') yield* pathsInBody(item.body, item.name.name)
    else yield* pathsInWorld(item)
  }
}

function* pathsInBody({ uses }: InterfaceBody, dependent: string | undefined): Generator<PathUse> {
  for (const { path } of uses) yield { path, dependent }
}

function* pathsInWorld({ name, uses, includes, items }: WorldSyntax): Generator<PathUse> {
  for (const { path } of uses) yield { path, dependent: undefined }
  for (const { path } of includes) yield { path, dependent: name.name }
  for (const direction of ['import', 'export'] as const) {
    for (const item of items) {
      if (item.kind !== 'extern' || item.direction !== direction) continue
      if (item.type.kind === 'path') yield { path: item.type.path, dependent: undefined }
      if (item.type.kind === 'interface') yield* pathsInBody(item.type.body, undefined)
    }
  }
}
