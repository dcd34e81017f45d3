/** The Plan (`compile/plan.ts`, in whose order this is) as data. */
import type {
  Builtin,
  Captured,
  ComponentItem,
  ComponentSurface,
  CoreArgument,
  CoreItem,
  ExternKind,
  FunctionItem,
  ImportItem,
  Item,
  ModuleItem,
  ModuleSurface,
  NamedCoreItem,
  Plan,
  PlanBuiltin,
  PlanExport,
  PlanImport,
  PlanInstance,
  PlanLift,
  PlanLower,
  RegisterCounts,
  Step,
} from '../compile/plan.ts'
import type { ByteRange } from '../component/component.ts'
import type { CanonicalOptions, Signature } from '../runtime/back-end.ts'
import {
  boolean,
  type Codec,
  type FieldCodecs,
  integer,
  lazily,
  list,
  oneOf,
  optional,
  shared,
  struct,
  text,
  union,
} from './codec.ts'
import { functionType, resourceType, valueType } from './type-codec.ts'

const coreItem = union<CoreItem, 'from'>('from', {
  'core-instance': { instance: integer, name: text },
  'core-function': { index: integer },
})

const moduleItem = union<ModuleItem, 'from'>('from', {
  file: { module: integer },
  register: { module: integer },
})

const componentItem: Codec<ComponentItem> = shared(
  union<ComponentItem, 'from'>('from', {
    plan: {
      plan: lazily(() => plan),
      modules: list('captured modules', struct<Captured<ModuleItem>>({ item: moduleItem, to: integer })),
      components: list(
        'captured components',
        struct<Captured<ComponentItem>>({ item: lazily(() => componentItem), to: integer }),
      ),
    },
    register: { component: integer },
  }),
)

const functionItem = union<FunctionItem, 'from'>('from', {
  lift: { lift: integer },
  register: { function: integer },
})

const exports: Codec<readonly PlanExport[]> = list(
  'exports',
  struct<PlanExport>({ name: text, item: lazily(() => item) }),
)

/** Shared, because instances may contain each other very often. */
const item: Codec<Item> = shared(
  union<Item, 'kind'>('kind', {
    function: { function: functionItem, type: functionType },
    instance: { id: integer, exports },
    resource: { resource: integer },
    type: {},
    'core-module': { module: moduleItem },
    component: { component: componentItem },
  }),
)

const coreKind = oneOf('func', 'table', 'memory', 'global', 'tag')
const externKind: Codec<ExternKind> = oneOf(
  'function',
  'instance',
  'resource',
  'type',
  'core-module',
  'component',
)

const moduleSurface = struct<ModuleSurface>({
  imports: list(
    'core imports',
    struct<ModuleSurface['imports'][number]>({ module: text, name: text, kind: coreKind }),
  ),
  exports: list('core exports', struct<ModuleSurface['exports'][number]>({ name: text, kind: coreKind })),
})

const surfaceItems = list(
  'imports or exports',
  struct<ComponentSurface['imports'][number]>({ name: text, kind: externKind }),
)
const componentSurface = struct<ComponentSurface>({ imports: surfaceItems, exports: surfaceItems })

const imports: Codec<readonly PlanImport[]> = list(
  'imports',
  struct<PlanImport>({
    name: text,
    versionSuffix: optional(text),
    implements: optional(text),
    externalId: optional(text),
    item: lazily(() => importItem),
  }),
)

/** Every import is an object of its own; nested ones count as deep. */
const importItem: Codec<ImportItem> = shared(
  union<ImportItem, 'kind'>('kind', {
    function: { register: integer, type: functionType, label: text },
    instance: { exports: imports },
    resource: { resource: integer },
    type: {},
    'core-module': { register: integer, type: moduleSurface },
    component: { register: integer, type: componentSurface },
  }),
)

const canonicalItems = {
  signature: integer,
  instance: integer,
  memory: optional(coreItem),
  realloc: optional(coreItem),
}

const lift = struct<PlanLift>({
  ...canonicalItems,
  callee: coreItem,
  postReturn: optional(coreItem),
  callback: optional(coreItem),
})

const lower = struct<PlanLower>({ ...canonicalItems, function: functionItem, to: integer })

const namedCoreItems = list('items', struct<NamedCoreItem>({ name: text, item: coreItem }))

const coreArgument = union<CoreArgument, 'from'>('from', {
  'core-instance': { name: text, instance: integer },
  items: { name: text, items: namedCoreItems },
})

const resourceBuiltin = { resource: integer, instance: integer, to: integer }

const element = { element: optional(valueType) }
const cancellable = { cancellable: boolean }
const builtinOptions = {
  options: lazily(() => canonicalOptions),
  memory: optional(coreItem),
  realloc: optional(coreItem),
}
const waits = { cancellable: boolean, pointer: oneOf('i32', 'i64'), memory: coreItem }
const context = { type: oneOf('i32', 'i64'), index: integer }

const builtin = union<Builtin, 'kind'>('kind', {
  'backpressure.inc': {},
  'backpressure.dec': {},
  'task.cancel': {},
  'subtask.drop': {},
  'error-context.drop': {},
  'waitable-set.new': {},
  'waitable-set.drop': {},
  'waitable.join': {},
  'thread.index': {},
  'thread.resume-later': {},
  'context.get': context,
  'context.set': context,
  'task.return': { result: optional(valueType), ...builtinOptions },
  'subtask.cancel': { async: boolean },
  'stream.new': element,
  'stream.drop-readable': element,
  'stream.drop-writable': element,
  'future.new': element,
  'future.drop-readable': element,
  'future.drop-writable': element,
  'stream.read': { ...element, ...builtinOptions },
  'stream.write': { ...element, ...builtinOptions },
  'future.read': { ...element, ...builtinOptions },
  'future.write': { ...element, ...builtinOptions },
  'stream.cancel-read': { ...element, async: boolean },
  'stream.cancel-write': { ...element, async: boolean },
  'future.cancel-read': { ...element, async: boolean },
  'future.cancel-write': { ...element, async: boolean },
  'error-context.new': builtinOptions,
  'error-context.debug-message': builtinOptions,
  'waitable-set.wait': waits,
  'waitable-set.poll': waits,
  'thread.suspend': cancellable,
  'thread.yield': cancellable,
  'thread.suspend-then-resume': cancellable,
  'thread.yield-then-resume': cancellable,
  'thread.suspend-then-promote': cancellable,
  'thread.yield-then-promote': cancellable,
  'thread.new-indirect': { closure: oneOf('i32', 'i64'), table: coreItem },
})

const step = union<Step, 'kind'>('kind', {
  'instantiate-core-module': {
    module: moduleItem,
    arguments: list('arguments', coreArgument),
    instance: integer,
    to: integer,
  },
  lower: { lowers: list('lowers', lower) },
  'define-resource': { resource: integer, instance: integer, destructor: optional(coreItem) },
  'resource.new': resourceBuiltin,
  'resource.drop': resourceBuiltin,
  'resource.rep': resourceBuiltin,
  builtins: {
    builtins: list('built-ins', struct<PlanBuiltin>({ builtin, instance: integer, to: integer })),
  },
  'instantiate-component': {
    component: componentItem,
    arguments: exports,
    parent: integer,
    exports: imports,
  },
  unsupported: { what: text },
})

const canonicalOptions = struct<CanonicalOptions>({
  stringEncoding: oneOf('utf8', 'utf16', 'latin1+utf16'),
  pointer: oneOf('i32', 'i64'),
  async: boolean,
  postReturn: boolean,
  callback: boolean,
})

const signature = struct<Signature>({ name: text, type: functionType, options: canonicalOptions })

/** Shared: a sub-Plan has the array of its root. */
export const coreModules: Codec<readonly ByteRange[]> = shared(
  list('core modules', struct<ByteRange>({ start: integer, end: integer })),
)

const planFields: FieldCodecs<Plan> = {
  modules: coreModules,
  instances: list(
    'instances',
    struct<PlanInstance>({ parent: optional(integer), label: optional(text), async: boolean }),
  ),
  resources: list('resources', resourceType),
  signatures: list('signatures', signature),
  lifts: list('lifts', lift),
  imports,
  steps: list('steps', step),
  exports,
  registers: struct<RegisterCounts>({
    coreInstances: integer,
    coreFunctions: integer,
    functions: integer,
    modules: integer,
    components: integer,
    instanceItems: integer,
  }),
}

export const plan: Codec<Plan> = struct<Plan>(planFields)
