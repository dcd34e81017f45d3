import type { Declaration, Definition, ExternTypeSyntax } from '../component/component.ts'
import { ValidationError } from '../errors.ts'
import type { IndexSpace, IndexSpaces } from './index-spaces.ts'
import type { Place } from './reporter.ts'
import type { Scope } from './scope.ts'

/**
 * Checks definitions one after the other. Where one turns out invalid and checking goes on, it takes its place in its index
 * space all the same, so that those after it are found under their own indices: a check adds to its space as the last
 * thing it does. Returns whether all are valid.
 */
export function checkInOrder<T extends Definition | Declaration>(
  { reporter, spaces }: Scope,
  definitions: readonly T[],
  title: (definitions: readonly T[], index: number) => string,
  check: (definition: T) => void,
): boolean {
  const around = reporter.offset
  let index = 0
  const place: Place = { title: () => title(definitions, index) }
  const depth = reporter.enter(place)
  let valid = true
  while (index < definitions.length) {
    // One `try` for as many as are valid.
    try {
      for (; index < definitions.length; index++) {
        const definition = definitions[index]!
        reporter.offset = definition.offset
        check(definition)
      }
    } catch (error) {
      // What is too much will not become less by going on.
      if (error instanceof ValidationError && error.code === 'limit') throw error
      reporter.collect(error)
      reporter.leave(depth + 1)
      valid = false
      addInvalid(spaces, definitions[index]!)
      index++
    }
  }
  reporter.leave(depth)
  reporter.offset = around
  return valid
}

function addInvalid(spaces: IndexSpaces, definition: Definition | Declaration): void {
  const space = spaceOf(spaces, definition)
  for (let count = countOf(definition); count > 0; count--) space?.addInvalid()
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

/** How many items it defines. */
function countOf(definition: Definition | Declaration): number {
  if (definition.kind === 'start') return definition.results
  return definition.kind === 'core-type' && definition.type.kind === 'rec' ? definition.type.types.length : 1
}
