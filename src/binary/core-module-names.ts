import type { Component, Definition } from '../component/component.ts'
import { readComponentNames } from './component-name-section.ts'

/**
 * What `component-name` sections call the core modules that are defined in a component and in those inside of it, by where
 * they start (Binary.md, "Name Section").
 *
 * @example
 * const component = decode(await assemble('(component (core module $math) (core module))'))
 * Array.from(coreModuleNames(component).values()) // ['math']
 */
export function coreModuleNames(component: Component): ReadonlyMap<number, string> {
  const found = new Map<number, string>()
  const visit = (node: Component): void => {
    const names = readComponentNames(node).sorts.get('core module')
    let index = 0
    for (const definition of node.definitions) {
      if (definition.kind === 'component') visit(definition.component)
      if (!isCoreModule(definition)) continue
      const name = names?.get(index++)
      if (definition.kind === 'core-module' && name !== undefined) found.set(definition.range.start, name)
    }
  }
  visit(component)
  return found
}

/** What has an index among core modules. */
function isCoreModule(definition: Definition): boolean {
  switch (definition.kind) {
    case 'core-module':
      return true
    case 'alias':
      return definition.sort === 'core module'
    case 'import':
      return definition.type.kind === 'core-module'
    case 'export':
      return definition.item.sort === 'core module'
    default:
      return false
  }
}
