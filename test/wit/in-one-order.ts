import { printPackageName, type WitPackage } from '../../src/wit/package.ts'
import { structureOf } from './reference-structure.ts'

/** Members of resources are printed before other functions, and what nobody needs any more can stand elsewhere. */
export function inOneOrder(packages: readonly WitPackage[]): unknown {
  const sorted = packages.toSorted((a, b) => compare(printPackageName(a.name), printPackageName(b.name)))
  return JSON.parse(JSON.stringify(structureOf(sorted)), (key, value) =>
    key === 'functions' ? value.toSorted((a: [string], b: [string]) => compare(a[0], b[0])) : value,
  )
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
