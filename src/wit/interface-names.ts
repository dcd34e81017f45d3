import type { Component, ExternName } from '../component/component.ts'

/** The interface that an instance's extern name means, where the name alone does not say. */
export interface InterfaceNames {
  readonly import: ReadonlyMap<string, string>
  readonly export: ReadonlyMap<string, string>
}

/**
 * Reads the attributes of a component's imports and exports (Explainer.md, "Import and Export Definitions"): a plain name that `implements`
 * an interface, and a shortened version with its suffix. Checked types know extern names only.
 */
export function interfaceNames(component: Component): InterfaceNames {
  const names = { import: new Map<string, string>(), export: new Map<string, string>() }
  for (const definition of component.definitions) {
    if (definition.kind !== 'import' && definition.kind !== 'export') continue
    const meant = interfaceOf(definition.name)
    if (meant !== undefined) names[definition.kind].set(definition.name.name, meant)
  }
  return names
}

function interfaceOf({ name, attributes }: ExternName): string | undefined {
  for (const attribute of attributes) {
    if (attribute.kind === 'implements') return attribute.interface
    if (attribute.kind === 'version-suffix') return name + attribute.suffix
  }
  return undefined
}
