/** Reference types as text: `(ref null 3)`, `(ref (shared any))`, and the short names of nullable abstract ones. */
import type { CoreValueType } from '../../component/extern-type.ts'

const abstract = [
  ['func', 'funcref'],
  ['extern', 'externref'],
  ['any', 'anyref'],
  ['eq', 'eqref'],
  ['i31', 'i31ref'],
  ['struct', 'structref'],
  ['array', 'arrayref'],
  ['exn', 'exnref'],
  ['cont', 'contref'],
  ['none', 'nullref'],
  ['nofunc', 'nullfuncref'],
  ['noextern', 'nullexternref'],
  ['noexn', 'nullexnref'],
  ['nocont', 'nullcontref'],
] as const

const shortNames: ReadonlyMap<string, CoreValueType> = /* @__PURE__ */ new Map(abstract)
const heaps: ReadonlyMap<CoreValueType, string> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ abstract.map(([heap, name]) => [name, heap]),
)

/** Whether a heap type, as text, is an abstract one: `func`, `any` … */
export function isAbstractHeapType(heap: string): boolean {
  return shortNames.has(heap)
}

/** Whether a type is a reference by its short name: `funcref`, `nullref` … */
export function isShortReference(type: string): boolean {
  return heaps.has(type)
}

/** The reference type to a heap type, by its short name where it has one. */
export function referenceType(heap: string, nullable: boolean): CoreValueType {
  if (!nullable) return `(ref ${heap})`
  return shortNames.get(heap) ?? `(ref null ${heap})`
}

/** What {@link referenceType} was made of. */
export function referenceParts(type: CoreValueType): { heap: string; nullable: boolean } {
  const heap = heaps.get(type)
  if (heap !== undefined) return { heap, nullable: true }
  const [, nullable, written] = /^\(ref (null )?(.+)\)$/.exec(type) ?? []
  return { heap: written ?? type, nullable: nullable !== undefined }
}
