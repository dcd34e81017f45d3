import { lendersOf } from './lenders.ts'
import { type PackageName, printPackageName, type WitPackage } from './package.ts'

/** The names of the packages of which one uses interfaces. */
export function packagesNeededBy({ name, interfaces, worlds }: WitPackage): Set<string> {
  const needed = new Set<string>()
  const need = (home: PackageName): void => void needed.add(printPackageName(home))
  for (const each of interfaces.values()) for (const one of lendersOf(each)) need(one.package)
  for (const { imports, exports } of worlds.values()) {
    for (const item of [...imports.values(), ...exports.values()]) {
      if (item.kind !== 'interface') continue
      need(item.interface.package)
      for (const one of lendersOf(item.interface)) need(one.package)
    }
  }
  needed.delete(printPackageName(name))
  return needed
}
