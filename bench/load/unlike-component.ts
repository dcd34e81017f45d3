/**
 * Makes a large component in which nothing stands twice: every interface, type, function, parameter, field and case has a name of its
 * own, and types and functions have the forms that a die gives them.
 */
import type {
  Declaration,
  Definition,
  ExternTypeSyntax,
  LabelledType,
  TypeSyntax,
  ValueTypeReference,
  ValueTypeSyntax,
} from '../../src/component/component.ts'
import type { ComponentIndex, TypeIndex } from '../../src/component/indices.ts'
import {
  alias,
  Declarations,
  exported,
  filled,
  instance,
  named,
  nested,
  type Signature,
} from './definitions.ts'
import { RandomNames } from './random-names.ts'

const seed = 20
const packagesPerGroup = 20
/** A file may have 1,000 components: these are enough for 20 MB in fewer. */
const interfacesPerPackage = 24

/** A component of at least so many bytes. */
export function unlikeComponent(bytes: number): Uint8Array {
  const random = new RandomNames(seed)
  return filled(bytes, () => groupOfPackages(random))
}

/** Packages that import, and libraries that do not, which are instantiated, and whose types are exported. */
function groupOfPackages(random: RandomNames): Definition[] {
  const definitions: Definition[] = []
  for (let i = 0; i < packagesPerGroup; i++) {
    const library = typesOfLibrary(random)
    definitions.push(nested(packageComponent(random)), nested(library.definitions), {
      kind: 'instance',
      offset: 0,
      instance: { kind: 'instantiate', component: (2 * i + 1) as ComponentIndex, args: [] },
    })
    for (const name of library.names) definitions.push(alias('type', 2 * i, name))
    // An exported instance takes an index of its own.
    definitions.push(exported(random.interface(), instance(2 * i)))
  }
  return definitions
}

function packageComponent(random: RandomNames): Definition[] {
  const definitions: Definition[] = []
  let types = 0
  let functions = 0
  for (let i = 0; i < interfacesPerPackage; i++) {
    const { declarations, resourceNames, typeNames, functionNames } = interfaceOf(random)
    definitions.push({ kind: 'type', offset: 0, type: { kind: 'instance', declarations } })
    const name = named(random.interface())
    definitions.push({
      kind: 'import',
      offset: 0,
      name,
      type: { kind: 'instance', type: types++ as TypeIndex },
    })
    // Between the imported ones stand those that are made of their exports.
    const imported = 2 * i
    const firstType = types
    const firstFunction = functions
    const aliased = [...typeNames.slice(0, 3), ...resourceNames.slice(0, 3)]
    for (const each of aliased) definitions.push(alias('type', imported, each))
    for (const each of functionNames.slice(0, 3)) definitions.push(alias('func', imported, each))
    types += aliased.length
    functions += Math.min(functionNames.length, 3)
    definitions.push({
      kind: 'type',
      offset: 0,
      type: { kind: 'function', async: false, ...signature(random, [firstType as TypeIndex]) },
    })
    types++
    const exports = [
      { name: named(random.label()), item: { sort: 'type', index: firstType } },
      { name: named(random.label()), item: { sort: 'func', index: firstFunction } },
    ] as const
    definitions.push({ kind: 'instance', offset: 0, instance: { kind: 'exports', exports } })
  }
  for (let i = 0; i < interfacesPerPackage; i++)
    definitions.push(exported(random.interface(), instance(2 * i + 1)))
  definitions.push({ kind: 'type', offset: 0, type: world(random) })
  return definitions
}

/** A component of types that it exports. */
function typesOfLibrary(random: RandomNames): { definitions: Definition[]; names: string[] } {
  const definitions: Definition[] = []
  const names = random.many(random.number(12, 40), () => random.label())
  const known: ValueTypeReference[] = []
  for (const [i, name] of names.entries()) {
    definitions.push({ kind: 'type', offset: 0, type: { kind: 'value', type: namedType(random, known) } })
    definitions.push(exported(name, { sort: 'type', index: 2 * i }))
    known.push((2 * i + 1) as TypeIndex)
  }
  return { definitions, names }
}

/** A component type that imports one interface and exports another. */
function world(random: RandomNames): TypeSyntax {
  const type = (index: number): ExternTypeSyntax => ({ kind: 'instance', type: index as TypeIndex })
  const interfaceType = (): Declaration => ({
    kind: 'type',
    offset: 0,
    type: { kind: 'instance', declarations: interfaceOf(random).declarations },
  })
  const declarations: Declaration[] = [
    interfaceType(),
    { kind: 'import', offset: 0, name: named(random.interface()), type: type(0) },
    interfaceType(),
    { kind: 'export', offset: 0, name: named(random.interface()), type: type(1) },
  ]
  return { kind: 'component', declarations }
}

interface Interface {
  readonly declarations: readonly Declaration[]
  readonly resourceNames: string[]
  /** Of value types. */
  readonly typeNames: string[]
  readonly functionNames: string[]
}

function interfaceOf(random: RandomNames): Interface {
  const declarations = new Declarations()
  const resourceNames: string[] = []
  const typeNames: string[] = []
  const functionNames: string[] = []
  /** What fields and parameters may be. */
  const known: ValueTypeReference[] = []
  const resource = (): void => {
    const name = random.label()
    const type = declarations.resource(name)
    resourceNames.push(name)
    const own = declarations.value({ kind: 'own', type })
    const self: LabelledType = { name: 'self', type: declarations.value({ kind: 'borrow', type }) }
    fn(`[constructor]${name}`, { ...signature(random, known), result: own })
    for (let i = random.number(0, 5); i > 0; i--) {
      const { parameters, result } = signature(random, known)
      fn(`[method]${name}.${random.label()}`, { parameters: [self, ...parameters], result })
    }
    if (random.number(0, 2) === 0) fn(`[static]${name}.${random.label()}`, signature(random, known))
    known.push(own)
  }
  const typeWithName = (): void => {
    const name = random.label()
    const index = declarations.value(namedType(random, known))
    typeNames.push(name)
    known.push(declarations.name(name, index))
  }
  const fn = (name: string, type: Signature): void => {
    const async = random.number(0, 9) === 0 && !name.startsWith('[c')
    declarations.function(name, { async, ...type })
    functionNames.push(name)
  }
  for (let i = random.number(6, 20); i > 0; i--) {
    switch (random.number(0, 9)) {
      case 0:
        resource()
        break
      case 1:
      case 2:
      case 3:
        typeWithName()
        break
      case 4:
      case 5:
        known.push(declarations.value(plainType(random, known)))
        break
      default:
        fn(random.label(), signature(random, known))
    }
  }
  if (typeNames.length === 0) typeWithName()
  if (functionNames.length === 0) fn(random.label(), signature(random, known))
  return { declarations: declarations.list, resourceNames, typeNames, functionNames }
}

function signature(random: RandomNames, known: readonly ValueTypeReference[]): Signature {
  return {
    parameters: random.many(random.number(0, 6), () => labelled(random, known)),
    result: random.number(0, 3) === 0 ? undefined : part(random, known),
  }
}

function labelled(random: RandomNames, known: readonly ValueTypeReference[]): LabelledType {
  return { name: random.label(), type: part(random, known) }
}

const primitives = 'bool s8 u8 s16 u16 s32 u32 s64 u64 f32 f64 char string'.split(' ') as ValueTypeReference[]

/** A type that stands in another one. */
function part(random: RandomNames, known: readonly ValueTypeReference[]): ValueTypeReference {
  return random.one(known.length > 0 && random.number(0, 1) === 0 ? known : primitives)
}

function optionalPart(
  random: RandomNames,
  known: readonly ValueTypeReference[],
): ValueTypeReference | undefined {
  return random.number(0, 1) === 0 ? undefined : part(random, known)
}

/** A type that has to have a name where others see it. */
function namedType(random: RandomNames, known: readonly ValueTypeReference[]): ValueTypeSyntax {
  switch (random.number(0, 5)) {
    case 0:
      return { kind: 'enum', names: random.many(random.number(1, 20), () => random.label()) }
    case 1:
      return { kind: 'flags', names: random.many(random.number(1, 20), () => random.label()) }
    case 2:
    case 3: {
      const cases = random.many(random.number(1, 10), () => ({
        name: random.label(),
        type: optionalPart(random, known),
      }))
      return { kind: 'variant', cases }
    }
    default:
      return { kind: 'record', fields: random.many(random.number(1, 12), () => labelled(random, known)) }
  }
}

function plainType(random: RandomNames, known: readonly ValueTypeReference[]): ValueTypeSyntax {
  switch (random.number(0, 4)) {
    case 0:
      return { kind: 'list', element: part(random, known) }
    case 1:
      return { kind: 'option', type: part(random, known) }
    case 2:
      return { kind: 'result', ok: optionalPart(random, known), error: optionalPart(random, known) }
    case 3:
      return { kind: 'tuple', types: random.many(random.number(1, 5), () => part(random, known)) }
    default:
      return { kind: 'future', element: part(random, known) }
  }
}
