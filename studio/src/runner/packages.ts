import type { FoundPackage, PackageFinder } from 'tenon/compose'
import type { RunSource } from '../contract/run.ts'

/** The packages of a run, by the names that texts call them. */
export function packagesOf({ packages }: RunSource, reading: (name: string) => void): PackageFinder {
  const known = new Map<string, FoundPackage>()
  for (const { name, bytes } of packages) {
    known.set(name, { kind: 'component', component: new Uint8Array(bytes) })
  }
  return {
    find(name, version) {
      const written = version === undefined ? name : `${name}@${version}`
      reading(written)
      const exact = known.get(written)
      if (exact || version !== undefined) return exact ?? known.get(name)
      const versions = [...known].filter(([one]) => one.startsWith(`${name}@`))
      return versions.length === 1 ? versions[0]![1] : undefined
    },
    names: () => known.keys(),
  }
}
