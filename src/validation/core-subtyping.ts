import type {
  CoreExternType,
  CoreFunctionForm,
  CoreLimits,
  CoreModuleType,
  CoreValueType,
} from '../component/extern-type.ts'
import { printCoreFunc } from './describe.ts'
import type { Mismatch } from './value-equality.ts'

/** Imports are the other way round: a module may import less than expected, and export more. */
export function coreModuleMismatch(actual: CoreModuleType, expected: CoreModuleType): Mismatch {
  if (actual === expected) return undefined
  const given = new Map(expected.imports.map((each) => [JSON.stringify([each.module, each.name]), each.type]))
  for (const { module, name, type } of actual.imports) {
    const found = given.get(JSON.stringify([module, name]))
    if (!found) return `missing expected import \`${module}::${name}\``
    const mismatch = coreMismatch(found, type)
    if (mismatch !== undefined) return `type mismatch in import \`${module}::${name}\`: ${mismatch}`
  }
  for (const [name, type] of expected.exports) {
    const found = actual.exports.get(name)
    if (!found) return `missing expected export \`${name}\``
    const mismatch = coreMismatch(found, type)
    if (mismatch !== undefined) return `type mismatch in export \`${name}\`: ${mismatch}`
  }
  return undefined
}

/** Core WebAssembly, "Import Matching". */
export function coreMismatch(actual: CoreExternType, expected: CoreExternType): Mismatch {
  switch (expected.kind) {
    case 'func':
    case 'tag':
      if (actual.kind !== expected.kind) break
      return functionFits(actual, expected)
        ? undefined
        : `expected: ${printCoreFunc(expected)}, found: ${printCoreFunc(actual)}`
    case 'global':
      if (actual.kind !== 'global') break
      return globalMismatch(actual, expected)
    case 'table':
      if (actual.kind !== 'table') break
      return tableMismatch(actual, expected)
    case 'memory':
      if (actual.kind !== 'memory') break
      return memoryMismatch(actual, expected)
  }
  return `expected ${expected.kind}, found ${actual.kind}`
}

function functionFits(actual: Of<'func' | 'tag'>, expected: Of<'func' | 'tag'>): boolean {
  return (
    sameTypes(actual.parameters, expected.parameters) &&
    sameTypes(actual.results, expected.results) &&
    formFits(actual.form, expected.form)
  )
}

/** A type that extends others may extend the expected one: that is left to the engine, as in {@link sameType}. */
function formFits(actual: CoreFunctionForm | undefined, expected: CoreFunctionForm | undefined): boolean {
  if (actual === expected) return true
  if ((actual?.shared ?? false) !== (expected?.shared ?? false)) return false
  return actual?.derived || (actual?.open ?? false) === (expected?.open ?? false)
}

type Of<Kind extends CoreExternType['kind']> = Extract<CoreExternType, { kind: Kind }>

function globalMismatch(actual: Of<'global'>, expected: Of<'global'>): Mismatch {
  if (actual.mutable !== expected.mutable) {
    return `global types differ in mutability: expected ${mutability(expected)}, found ${mutability(actual)}`
  }
  const fits = expected.mutable ? sameType(actual.type, expected.type) : isSubtype(actual.type, expected.type)
  return fits ? undefined : `expected global type ${expected.type}, found ${actual.type}`
}

function mutability(type: Of<'global'>): string {
  return type.mutable ? 'mutable' : 'immutable'
}

function tableMismatch(actual: Of<'table'>, expected: Of<'table'>): Mismatch {
  if (!sameType(actual.element, expected.element)) {
    return `expected table element type ${expected.element}, found ${actual.element}`
  }
  if (actual.limits.shared !== expected.limits.shared) return 'mismatch in the shared flag for tables'
  if (actual.limits.index64 !== expected.limits.index64) return 'mismatch in index type used for tables'
  return limitsFit(actual.limits, expected.limits)
    ? undefined
    : limitsMismatch('table', actual.limits, expected.limits)
}

function memoryMismatch(actual: Of<'memory'>, expected: Of<'memory'>): Mismatch {
  if (actual.limits.shared !== expected.limits.shared) return 'mismatch in the shared flag for memories'
  if (actual.limits.index64 !== expected.limits.index64) return 'mismatch in index type used for memories'
  if (actual.pageSizeLog2 !== expected.pageSizeLog2) return 'mismatch in page size for memories'
  return limitsFit(actual.limits, expected.limits)
    ? undefined
    : limitsMismatch('memory', actual.limits, expected.limits)
}

/** At least as much to begin with, and no more in the end. */
function limitsFit(actual: CoreLimits, expected: CoreLimits): boolean {
  if (actual.minimum < expected.minimum) return false
  if (expected.maximum === undefined) return true
  return actual.maximum !== undefined && actual.maximum <= expected.maximum
}

function limitsMismatch(what: string, actual: CoreLimits, expected: CoreLimits): string {
  const print = ({ minimum, maximum }: CoreLimits): string => `${minimum} to ${maximum ?? 'any'}`
  return `mismatch in ${what} limits: expected ${print(expected)}, found ${print(actual)}`
}

function sameTypes(actual: readonly CoreValueType[], expected: readonly CoreValueType[]): boolean {
  if (actual === expected) return true
  return actual.length === expected.length && actual.every((type, i) => sameType(type, expected[i]!))
}

/**
 * References to defined types carry indices of two modules that cannot be compared here; the engine compares them
 * when it instantiates. All else is text.
 */
function sameType(actual: CoreValueType, expected: CoreValueType): boolean {
  return actual === expected || (isIndexed(actual) && isIndexed(expected))
}

function isIndexed(type: CoreValueType): boolean {
  return /^\(ref (?:null )?[0-9]/.test(type)
}

export interface Reference {
  readonly nullable: boolean
  readonly heap: string
}

function isSubtype(actual: CoreValueType, expected: CoreValueType): boolean {
  if (sameType(actual, expected)) return true
  const a = parseReference(actual)
  const e = parseReference(expected)
  if (!a || !e || (a.nullable && !e.nullable)) return false
  return isIndexed(actual) || isIndexed(expected) || heapChain(a.heap).includes(e.heap)
}

const shortNames: ReadonlyMap<string, string> = new Map([
  ['nullref', 'none'],
  ['nullfuncref', 'nofunc'],
  ['nullexternref', 'noextern'],
  ['nullexnref', 'noexn'],
  ['nullcontref', 'nocont'],
])

/** Undefined for what is no reference type. */
export function parseReference(type: CoreValueType): Reference | undefined {
  const short = shortNames.get(type) ?? /^([a-z0-9]+)ref$/.exec(type)?.[1]
  if (short !== undefined) return { nullable: true, heap: short }
  const [, nullable, heap] = /^\(ref (null )?(.*)\)$/.exec(type) ?? []
  return heap === undefined ? undefined : { nullable: nullable !== undefined, heap }
}

const supertypes: ReadonlyMap<string, readonly string[]> = new Map([
  ['none', ['i31', 'struct', 'array']],
  ['i31', ['eq']],
  ['struct', ['eq']],
  ['array', ['eq']],
  ['eq', ['any']],
  ['nofunc', ['func']],
  ['noextern', ['extern']],
  ['noexn', ['exn']],
  ['nocont', ['cont']],
])

/** An abstract heap type and all above it. */
export function heapChain(heap: string): readonly string[] {
  return [heap, ...(supertypes.get(heap) ?? []).flatMap(heapChain)]
}
