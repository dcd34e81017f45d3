import { withLenders } from '../../wit/lenders.ts'
import { nameInPackage, type WitPackage, type WitWorld, type WorldItem } from '../../wit/package.ts'

/** A world that imports all interfaces of a package, and what they use: for packages that have no world to declare. */
export function interfacesWorld({ name, interfaces, docs }: WitPackage): WitWorld {
  const imports = new Map<string, WorldItem>()
  for (const one of interfaces.values()) {
    for (const each of withLenders(one)) {
      const { stability } = each
      const item = { kind: 'interface', label: undefined, interface: each, externalId: undefined } as const
      imports.set(nameInPackage(each.package, each.name!), { ...item, docs: undefined, stability })
    }
  }
  return {
    kind: 'world',
    name: name.package,
    package: name,
    docs,
    stability: undefined,
    imports,
    exports: new Map(),
  }
}
