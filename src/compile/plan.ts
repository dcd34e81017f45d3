/**
 * The Plan: what it takes to instantiate a component, as a flat list of steps. Data and never code; nested components
 * are inlined, so whoever executes a Plan walks lists and no tree. Everything a step makes goes into a numbered
 * register, everything it needs names a register that an earlier step filled.
 *
 * Types are objects. A `ResourceType` has identity: its slot is its place in `resources`.
 */
import type {
  ByteRange,
  CancelCopyBuiltin,
  EndBuiltin,
  PlainBuiltin,
  ThreadSwitchBuiltin,
} from '../component/component.ts'
import type { FunctionType } from '../component/extern-type.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import type { CanonicalOptions, Signature } from '../runtime/back-end.ts'

export interface Plan {
  /** Byte ranges of the core modules in the component's file. A sub-Plan shares the array of its root. */
  readonly modules: readonly ByteRange[]
  /** Component instances; the first is the root. */
  readonly instances: readonly PlanInstance[]
  /** By slot: resource types, defined, imported, or exported by a component that is only known at run time. */
  readonly resources: readonly ResourceType[]
  readonly signatures: readonly Signature[]
  readonly lifts: readonly PlanLift[]
  readonly imports: readonly PlanImport[]
  readonly steps: readonly Step[]
  readonly exports: readonly PlanExport[]
  readonly registers: RegisterCounts
}

/** How many registers of each kind there are. */
export interface RegisterCounts {
  readonly coreInstances: number
  readonly coreFunctions: number
  /** Functions that come from outside of the Plan. */
  readonly functions: number
  /** Core modules that come from outside, captured ones included. */
  readonly modules: number
  /** Components that come from outside, captured ones included. */
  readonly components: number
  /** Distinct instances among the items that leave the Plan. */
  readonly instanceItems: number
}

export interface PlanInstance {
  /** The component instance that instantiated it; undefined for the root. */
  readonly parent: number | undefined
  /** For messages: the names that lead to it, or undefined for the root. */
  readonly label: string | undefined
  /** Its component calls or lifts functions of async type, or uses built-ins that see tasks. */
  readonly async: boolean
}

/* What is made, and what refers to it */

/** A core function, table, memory, global or tag. */
export type CoreItem =
  | { readonly from: 'core-instance'; readonly instance: number; readonly name: string }
  | { readonly from: 'core-function'; readonly index: number }

export type ModuleItem =
  | { readonly from: 'file'; readonly module: number }
  | { readonly from: 'register'; readonly module: number }

/** A component that stays one until run time: a sub-Plan with what it captured, or one that came from outside. */
export type ComponentItem =
  | {
      readonly from: 'plan'
      readonly plan: Plan
      /** What it refers to outside of itself, and the sub-Plan's registers for it. */
      readonly modules: readonly Captured<ModuleItem>[]
      readonly components: readonly Captured<ComponentItem>[]
    }
  | { readonly from: 'register'; readonly component: number }

export interface Captured<I> {
  readonly item: I
  readonly to: number
}

/** A lift becomes a function where it is used, because who calls it decides which instances it enters. */
export type FunctionItem =
  | { readonly from: 'lift'; readonly lift: number }
  | { readonly from: 'register'; readonly function: number }

/** What leaves a Plan: as an export, or as an argument for a component that is only known at run time. */
export type Item =
  | { readonly kind: 'function'; readonly function: FunctionItem; readonly type: FunctionType }
  /** Instances may be shared between items: `id` numbers the distinct ones. */
  | { readonly kind: 'instance'; readonly id: number; readonly exports: readonly PlanExport[] }
  | { readonly kind: 'resource'; readonly resource: number }
  /** Any other type: there is nothing to it at run time but its name. */
  | { readonly kind: 'type' }
  | { readonly kind: 'core-module'; readonly module: ModuleItem }
  | { readonly kind: 'component'; readonly component: ComponentItem }

export interface PlanExport {
  /** The full extern name. */
  readonly name: string
  readonly item: Item
}

/**
 * What must come from outside, and the registers it goes to. The exports of a component that is only known at run
 * time are described the same way: to its user they come from outside, too.
 */
export interface PlanImport {
  /** The full extern name as written. */
  readonly name: string
  /**
   * What the name's attributes add: the rest of a shortened version, the interface that a plain name implements, and what
   * systems outside of the component model call it.
   */
  readonly versionSuffix?: string | undefined
  readonly implements?: string | undefined
  readonly externalId?: string | undefined
  readonly item: ImportItem
}

export type ImportItem =
  | {
      readonly kind: 'function'
      readonly register: number
      readonly type: FunctionType
      readonly label: string
    }
  | { readonly kind: 'instance'; readonly exports: readonly PlanImport[] }
  | { readonly kind: 'resource'; readonly resource: number }
  | { readonly kind: 'type' }
  | { readonly kind: 'core-module'; readonly register: number; readonly type: ModuleSurface }
  | { readonly kind: 'component'; readonly register: number; readonly type: ComponentSurface }

export type CoreKind = 'func' | 'table' | 'memory' | 'global' | 'tag'

/** What is declared of an imported core module: enough to match one by names, the engine checks the types. */
export interface ModuleSurface {
  readonly imports: readonly { readonly module: string; readonly name: string; readonly kind: CoreKind }[]
  readonly exports: readonly { readonly name: string; readonly kind: CoreKind }[]
}

export type ExternKind = Item['kind']

/** What is declared of an imported component, by names and kinds. */
export interface ComponentSurface {
  readonly imports: readonly { readonly name: string; readonly kind: ExternKind }[]
  readonly exports: readonly { readonly name: string; readonly kind: ExternKind }[]
}

/* Lifts and lowers */

interface CanonicalItems {
  /** Into `signatures`. */
  readonly signature: number
  /** The component instance it belongs to. */
  readonly instance: number
  readonly memory: CoreItem | undefined
  readonly realloc: CoreItem | undefined
}

export interface PlanLift extends CanonicalItems {
  readonly callee: CoreItem
  readonly postReturn: CoreItem | undefined
  readonly callback: CoreItem | undefined
}

export interface PlanLower extends CanonicalItems {
  readonly function: FunctionItem
  /** The core function register. */
  readonly to: number
}

/* Steps */

export type Step =
  | InstantiateCoreModule
  | MakeLowers
  | DefineResource
  | MakeResourceBuiltin
  | MakeBuiltins
  | InstantiateComponent
  | Unsupported

export interface InstantiateCoreModule {
  readonly kind: 'instantiate-core-module'
  readonly module: ModuleItem
  readonly arguments: readonly CoreArgument[]
  /** The component instance in which its code runs. */
  readonly instance: number
  /** The core instance register. */
  readonly to: number
}

/** Imports of a core module: all exports of an instance, or single items. */
export type CoreArgument =
  | { readonly name: string; readonly from: 'core-instance'; readonly instance: number }
  | { readonly name: string; readonly from: 'items'; readonly items: readonly NamedCoreItem[] }

export interface NamedCoreItem {
  readonly name: string
  readonly item: CoreItem
}

/** All lowers that can be made at this point, together: the switches in front of them are one core module. */
export interface MakeLowers {
  readonly kind: 'lower'
  readonly lowers: readonly PlanLower[]
}

/** A fresh resource type; its destructor is called in `instance`. */
export interface DefineResource {
  readonly kind: 'define-resource'
  readonly resource: number
  readonly instance: number
  readonly destructor: CoreItem | undefined
}

export interface MakeResourceBuiltin {
  readonly kind: 'resource.new' | 'resource.drop' | 'resource.rep'
  readonly resource: number
  /** Whose handle table it works on. */
  readonly instance: number
  readonly to: number
}

/** All built-ins that can be made at this point, together: the switches in front of them are one core module. */
export interface MakeBuiltins {
  readonly kind: 'builtins'
  readonly builtins: readonly PlanBuiltin[]
}

export interface PlanBuiltin {
  readonly builtin: Builtin
  /** Whose tasks, threads and handles it works on. */
  readonly instance: number
  /** The core function register. */
  readonly to: number
}

/** A canonical built-in other than those of resources, under its name in the text format. */
export type Builtin =
  | {
      readonly kind: PlainBuiltin
    }
  | { readonly kind: 'context.get' | 'context.set'; readonly type: 'i32' | 'i64'; readonly index: number }
  | ({ readonly kind: 'task.return'; readonly result: ValueType | undefined } & BuiltinOptions)
  | { readonly kind: 'subtask.cancel'; readonly async: boolean }
  | {
      readonly kind: EndBuiltin
      readonly element: ValueType | undefined
    }
  | ({
      readonly kind: 'stream.read' | 'stream.write' | 'future.read' | 'future.write'
      readonly element: ValueType | undefined
    } & BuiltinOptions)
  | {
      readonly kind: CancelCopyBuiltin
      readonly element: ValueType | undefined
      readonly async: boolean
    }
  | ({ readonly kind: 'error-context.new' | 'error-context.debug-message' } & BuiltinOptions)
  | {
      readonly kind: 'waitable-set.wait' | 'waitable-set.poll'
      readonly cancellable: boolean
      readonly pointer: 'i32' | 'i64'
      readonly memory: CoreItem
    }
  | {
      readonly kind: ThreadSwitchBuiltin
      readonly cancellable: boolean
    }
  | {
      readonly kind: 'thread.new-indirect'
      /** Of the parameter of the function that the thread starts with. */
      readonly closure: 'i32' | 'i64'
      readonly table: CoreItem
    }

interface BuiltinOptions {
  readonly options: CanonicalOptions
  readonly memory: CoreItem | undefined
  readonly realloc: CoreItem | undefined
}

/** Instantiates a component that is only known at run time; its exports go where `exports` says. */
export interface InstantiateComponent {
  readonly kind: 'instantiate-component'
  readonly component: ComponentItem
  readonly arguments: readonly PlanExport[]
  readonly parent: number
  readonly exports: readonly PlanImport[]
}

/** A valid definition that this version cannot execute: the Plan exists, so that it can be looked at. */
export interface Unsupported {
  readonly kind: 'unsupported'
  /** Names it as the specification does: `canon task.return`. */
  readonly what: string
}
