import type { Declaration, Definition } from '../component/component.ts'
import type { ExternTypeSyntax } from '../component/component.ts'
import type { IndexSpace, IndexSpaces } from './index-spaces.ts'
import type { Scope } from './scope.ts'

/**
 * Checks one definition. Where it turns out invalid and checking goes on, it takes its place in its index space all the
 * same, so that those after it are found under their own indices. Returns whether it is valid.
 */
export function keepIndices(
  { reporter, spaces }: Scope,
  definition: Definition | Declaration,
  section: string,
  check: () => void,
): boolean {
  const space = spaceOf(spaces, definition)
  const end = space ? space.size + countOf(definition) : 0
  const valid = reporter.at(definition.offset, section, check)
  if (!valid && space) while (space.size < end) space.addInvalid()
  return valid
}

function spaceOf(spaces: IndexSpaces, definition: Definition | Declaration): IndexSpace<unknown> | undefined {
  switch (definition.kind) {
    case 'custom':
      return undefined
    case 'core-module':
      return spaces.coreModules
    case 'core-instance':
      return spaces.coreInstances
    case 'core-type':
      return spaces.coreTypes
    case 'component':
      return spaces.components
    case 'instance':
      return spaces.instances
    case 'alias':
      return spaces.ofSort(definition.sort)
    case 'type':
      return spaces.types
    case 'canon':
      return definition.canon.kind === 'lift' ? spaces.funcs : spaces.coreFuncs
    case 'start':
    case 'value':
      return spaces.values
    case 'import':
      return spaceOfExtern(spaces, definition.type)
    case 'export':
      return 'item' in definition
        ? spaces.ofSort(definition.item.sort)
        : spaceOfExtern(spaces, definition.type)
  }
}

function spaceOfExtern(spaces: IndexSpaces, type: ExternTypeSyntax): IndexSpace<unknown> {
  switch (type.kind) {
    case 'core-module':
      return spaces.coreModules
    case 'function':
      return spaces.funcs
    case 'value':
      return spaces.values
    case 'type':
      return spaces.types
    case 'component':
      return spaces.components
    case 'instance':
      return spaces.instances
  }
}

function countOf(definition: Definition | Declaration): number {
  if (definition.kind === 'start') return definition.results
  return definition.kind === 'core-type' && definition.type.kind === 'rec' ? definition.type.types.length : 1
}
