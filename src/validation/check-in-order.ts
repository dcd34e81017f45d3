import type { Declaration, Definition, ExternTypeSyntax, Sort } from '../component/component.ts'
import { ValidationError } from '../errors.ts'
import type { IndexSpaces } from './index-spaces.ts'
import type { Place } from './reporter.ts'
import type { Scope } from './scope.ts'

/**
 * Checks definitions one after the other. Where one turns out invalid and checking goes on, it takes its place in its index
 * space all the same, so that those after it are found under their own indices: a check adds to its space as the last
 * thing it does. Returns whether all are valid.
 */
export function checkInOrder<T extends Definition | Declaration>(
  { kind, reporter, spaces }: Scope,
  definitions: readonly T[],
  title: (definition: T) => string,
  check: (definition: T) => void,
): boolean {
  const around = reporter.offset
  const inType = kind !== 'component'
  let index = 0
  const place: Place = {
    path: () => [title(definitions[index]!), ...itemOf(spaces, definitions[index]!)],
  }
  const depth = reporter.enter(place)
  let valid = true
  while (index < definitions.length) {
    // One `try` for as many as are valid.
    try {
      for (; index < definitions.length; index++) {
        const definition = definitions[index]!
        reporter.offset = definition.offset + (inType ? reporter.shift : 0)
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
  const sort = sortOf(definition)
  const space = sort && spaces.ofSort(sort)
  for (let count = countOf(definition); count > 0; count--) space?.addInvalid()
}

/** What it defines, by sort and index; it is not in its index space yet. */
function itemOf(spaces: IndexSpaces, definition: Definition | Declaration): readonly string[] {
  const sort = sortOf(definition)
  // Messages say which module or component it is anyway.
  if (sort === undefined || definition.kind === 'core-module' || definition.kind === 'component') return []
  return [`${sort} ${spaces.ofSort(sort).size}`]
}

/** The sort of what it defines. */
function sortOf(definition: Definition | Declaration): Sort | undefined {
  switch (definition.kind) {
    case 'custom':
      return undefined
    case 'core-module':
      return 'core module'
    case 'core-instance':
      return 'core instance'
    case 'core-type':
      return 'core type'
    case 'component':
    case 'instance':
    case 'type':
      return definition.kind
    case 'alias':
      return definition.sort
    case 'canon':
      return definition.canon.kind === 'lift' ? 'func' : 'core func'
    case 'start':
    case 'value':
      return 'value'
    case 'import':
      return sortOfExtern(definition.type)
    case 'export':
      return 'item' in definition ? definition.item.sort : sortOfExtern(definition.type)
  }
}

function sortOfExtern({ kind }: ExternTypeSyntax): Sort {
  if (kind === 'core-module') return 'core module'
  return kind === 'function' ? 'func' : kind
}

/** How many items it defines. */
function countOf(definition: Definition | Declaration): number {
  if (definition.kind === 'start') return definition.results
  return definition.kind === 'core-type' && definition.type.kind === 'rec' ? definition.type.types.length : 1
}
