/** Value types, and the types of what components import and export, in the order of `component/`. */
import type { NameAttribute } from '../component/component.ts'
import type {
  ComponentType,
  CoreExternType,
  CoreFunctionForm,
  CoreImport,
  CoreLimits,
  CoreModuleType,
  CoreValueType,
  ExternType,
  FunctionType,
  InstanceType,
  NameAttributes,
  ResourceHandles,
  TypeExtern,
  ValueExtern,
} from '../component/extern-type.ts'
import type { BorrowType, Case, Field, OwnType, ResourceType, ValueType } from '../component/value-type.ts'
import { isValueType } from '../component/resolve-type.ts'
import {
  checkCoreType,
  checkFunctionType,
  checkExterns,
  checkResourceType,
  checkValueType,
} from './check-type.ts'
import {
  boolean,
  type Codec,
  checked,
  choice,
  integer,
  lazily,
  list,
  map,
  omittable,
  oneOf,
  optional,
  shared,
  struct,
  text,
  union,
} from './codec.ts'

export const resourceType: Codec<ResourceType> = shared(
  checked(struct<ResourceType>({ kind: oneOf('resource'), name: optional(text) }), checkResourceType),
)

const inner: Codec<ValueType> = lazily(() => valueType)
const maybe = optional(inner)
const labels = list('labels', text)

export const valueType: Codec<ValueType> = shared(
  checked(
    union<ValueType, 'kind'>('kind', {
      bool: {},
      s8: {},
      u8: {},
      s16: {},
      u16: {},
      s32: {},
      u32: {},
      s64: {},
      u64: {},
      f32: {},
      f64: {},
      char: {},
      string: {},
      'error-context': {},
      list: { element: inner, length: optional(integer) },
      record: { fields: list('record fields', struct<Field>({ name: text, type: inner })) },
      tuple: { types: list('tuple types', inner) },
      variant: { cases: list('variant cases', struct<Case>({ name: text, type: maybe })) },
      enum: { names: labels },
      flags: { names: labels },
      option: { type: inner },
      result: { ok: maybe, error: maybe },
      map: { key: inner, value: inner },
      own: { resource: resourceType },
      borrow: { resource: resourceType },
      stream: { element: maybe },
      future: { element: maybe },
    }),
    checkValueType,
  ),
)

export const functionType: Codec<FunctionType> = shared(
  checked(
    struct<FunctionType>({
      kind: oneOf('function'),
      async: boolean,
      parameters: list('parameters', struct<Field>({ name: text, type: inner })),
      result: maybe,
    }),
    checkFunctionType,
  ),
)

/** Numbers of up to 64 bits. */
const bigInteger: Codec<bigint> = {
  write: ({ bytes }, value) => {
    let rest = value
    for (; rest > 0x7fn; rest >>= 7n) bytes.byte(Number(rest & 0x7fn) | 0x80)
    bytes.byte(Number(rest))
  },
  read: ({ bytes }) => bytes.u64(),
}

const coreType: Codec<CoreValueType> = checked(text, checkCoreType)
const coreTypes = list('core types', coreType)
const coreLimits = struct<CoreLimits>({
  minimum: bigInteger,
  maximum: optional(bigInteger),
  shared: boolean,
  index64: boolean,
})

const form = struct<CoreFunctionForm>({ open: boolean, derived: boolean, shared: boolean })

const coreExternType: Codec<CoreExternType> = shared(
  union<CoreExternType, 'kind'>('kind', {
    func: { parameters: coreTypes, results: coreTypes, form: omittable(form) },
    table: { element: coreType, limits: coreLimits },
    memory: { limits: coreLimits, pageSizeLog2: integer },
    global: { type: coreType, mutable: boolean },
    tag: { parameters: coreTypes, results: coreTypes, form: omittable(form) },
  }),
)

const coreModuleType = struct<CoreModuleType>({
  kind: oneOf('core-module'),
  imports: list('core imports', struct<CoreImport>({ module: text, name: text, type: coreExternType })),
  exports: map('core exports', coreExternType),
})

const externs: Codec<ReadonlyMap<string, ExternType>> = checked(
  map(
    'imports or exports',
    lazily(() => externType),
  ),
  checkExterns,
)

const attributes: Codec<NameAttributes | undefined> = omittable(
  map(
    'names with attributes',
    list(
      'name attributes',
      union<NameAttribute, 'kind'>('kind', {
        implements: { interface: text },
        'version-suffix': { suffix: text },
        'external-id': { id: text },
      }),
    ),
  ),
)

const instanceType: Codec<InstanceType> = shared(
  struct<InstanceType>({ kind: oneOf('instance'), exports: externs, attributes }),
)

export const componentType: Codec<ComponentType> = shared(
  struct<ComponentType>({
    kind: oneOf('component'),
    imports: externs,
    exports: externs,
    importAttributes: attributes,
    exportAttributes: attributes,
  }),
)

type NamedType = TypeExtern['type']

/** What has a name: a first byte says which of the codecs follows. */
const namedType: Codec<NamedType> = choice<NamedType>((type) => (isValueType(type) ? 'value' : type.kind), {
  value: valueType,
  resource: resourceType,
  function: functionType,
  instance: instanceType,
  component: componentType,
})

const handles = struct<ResourceHandles>({
  own: checked(valueType as Codec<OwnType>, ({ kind }, refuse) => {
    if (kind !== 'own') refuse(`${kind} is no owned handle`)
  }),
  borrow: checked(valueType as Codec<BorrowType>, ({ kind }, refuse) => {
    if (kind !== 'borrow') refuse(`${kind} is no borrowed handle`)
  }),
})

const typeExtern: Codec<TypeExtern> = shared(
  struct<TypeExtern>({
    kind: oneOf('type'),
    bound: oneOf('eq', 'sub'),
    type: namedType,
    aliasOf: omittable(lazily(() => typeExtern)),
    handles: omittable(handles),
  }),
)
const valueExtern: Codec<ValueExtern> = shared(struct<ValueExtern>({ kind: oneOf('value'), type: valueType }))

const externType: Codec<ExternType> = choice<ExternType>((type) => type.kind, {
  function: functionType,
  instance: instanceType,
  component: componentType,
  'core-module': shared(coreModuleType),
  type: typeExtern,
  value: valueExtern,
})
