/** What is inside of a component's file: nested modules and components with their sizes. */
import type { Component, CoreModuleDefinition } from '../component/component.ts'
import {
  ByteReader,
  type CoreSection,
  type CoreSectionName,
  coreSections,
  coreModuleNames,
  customSections,
  type Producer,
  readComponentNames,
  readNameSection,
  readProducers,
} from '../binary/index.ts'

export interface ComponentNode {
  readonly kind: 'component'
  /** From the name section, else `component N`; of the outermost one its own name, if it has any. */
  readonly name: string | undefined
  readonly offset: number
  readonly size: number
  readonly producers: readonly Producer[]
  readonly children: readonly FileNode[]
  /** Bytes of types, names, aliases and so on: what no child accounts for. */
  readonly ownSize: number
  /** Custom sections of this component, by name. */
  readonly customSections: readonly { readonly name: string; readonly size: number }[]
}

export interface ModuleNode {
  readonly kind: 'core-module'
  /** Counted through the whole file. */
  readonly index: number
  readonly name: string
  readonly offset: number
  readonly size: number
  readonly producers: readonly Producer[]
  /** Defined functions. */
  readonly functions: number
  readonly imports: number
  readonly exports: number
  /** Bytes by section; custom sections under their own names, such as `name` or `.debug_info`. */
  readonly sections: Readonly<Record<string, number>>
}

export type FileNode = ComponentNode | ModuleNode

/** Modules are numbered in the order of the file. */
export function fileTree(component: Component): ComponentNode {
  let modules = 0
  const moduleNames = coreModuleNames(component)
  const visit = (node: Component, name: string | undefined): ComponentNode => {
    const names = readComponentNames(node)
    let components = 0
    const children: FileNode[] = []
    for (const definition of node.definitions) {
      if (definition.kind === 'component') {
        const number = components++
        const known = names.sorts.get('component')?.get(number)
        children.push(visit(definition.component, known ?? `component ${number}`))
      } else if (definition.kind === 'core-module') {
        const known = moduleNames.get(definition.range.start)
        children.push(moduleNode(node.bytes, definition, modules++, known))
      }
    }
    return componentNode(node, name ?? names.component, children)
  }
  return visit(component, undefined)
}

/** All modules of a tree, by index. */
export function modulesOf(node: FileNode): ModuleNode[] {
  return node.kind === 'core-module' ? [node] : node.children.flatMap(modulesOf)
}

function componentNode(
  component: Component,
  name: string | undefined,
  children: readonly FileNode[],
): ComponentNode {
  const { range, bytes, definitions } = component
  const size = range.end - range.start
  const custom = definitions.filter((definition) => definition.kind === 'custom')
  return {
    kind: 'component',
    name,
    offset: range.start,
    size,
    producers: custom
      .filter((section) => section.name === 'producers')
      .flatMap((section) => readProducers(bytes, section.range)),
    children,
    ownSize: size - children.reduce((sum, child) => sum + child.size, 0),
    customSections: custom.map((section) => ({
      name: section.name,
      size: section.range.end - section.range.start,
    })),
  }
}

function moduleNode(
  bytes: Uint8Array,
  module: CoreModuleDefinition,
  index: number,
  known: string | undefined,
): ModuleNode {
  const { range } = module
  const sections = coreSections(bytes, range)
  const producers = customSections(bytes, sections, 'producers').flatMap((section) =>
    readProducers(bytes, section),
  )
  return {
    kind: 'core-module',
    index,
    name: known ?? readNameSection(bytes, range).module ?? `module ${index}`,
    offset: range.start,
    size: range.end - range.start,
    producers,
    functions: countItems(bytes, sections, 'function'),
    imports: countItems(bytes, sections, 'import'),
    exports: countItems(bytes, sections, 'export'),
    sections: sectionSizes(bytes, sections),
  }
}

/** A section that is a vector begins with how many there are. */
function countItems(bytes: Uint8Array, sections: readonly CoreSection[], of: CoreSectionName): number {
  const section = sections.find(({ name }) => name === of)
  return section ? new ByteReader(bytes, section.range.start, section.range.end).u32() : 0
}

function sectionSizes(bytes: Uint8Array, sections: readonly CoreSection[]): Record<string, number> {
  const sizes: Record<string, number> = {}
  for (const { name, range } of sections) {
    const label = name === 'custom' ? new ByteReader(bytes, range.start, range.end).name() : name
    sizes[label] = (sizes[label] ?? 0) + range.end - range.start
  }
  return sizes
}
