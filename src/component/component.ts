/**
 * What a component IS: the abstract syntax of Binary.md, one definition after the other, with indices as written.
 * `decode` makes it, `validate` checks it, `compile` walks it.
 */
import type {
  ComponentIndex,
  CoreFuncIndex,
  CoreInstanceIndex,
  CoreMemoryIndex,
  CoreModuleIndex,
  CoreTableIndex,
  CoreTypeIndex,
  FuncIndex,
  InstanceIndex,
  TypeIndex,
  ValueIndex,
} from './indices.ts'
import type { PrimitiveKind } from './value-type.ts'
import type { CoreExternType, CoreValueType } from './extern-type.ts'

/** A half-open byte range of the file: `start` inclusive, `end` exclusive, both absolute offsets. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

export interface Component {
  /** The whole file; ranges and offsets of this component and of those nested in it are offsets into it. */
  readonly bytes: Uint8Array
  /** This component's own bytes, preamble included. */
  readonly range: ByteRange
  /** In order of definition, sections flattened; custom sections stay at their places. */
  readonly definitions: readonly Definition[]
  /** How the file says it, where the format leaves a choice; undefined for a component that comes from no file. */
  readonly layout?: Layout | undefined
}

/** What is lost when sections are flattened and integers read. With it, `encode` reproduces the file. */
export interface Layout {
  /** The component's sections in order, empty ones too. */
  readonly sections: readonly SectionLayout[]
  /**
   * Offset and size in bytes, in turn, of what has a shorter form in the binary format: padded integers, and a few
   * types. One list for the whole file.
   */
  readonly longForms: readonly number[]
}

/** Offsets are absolute. */
export interface SectionLayout {
  readonly id: number
  /** Of the id. */
  readonly offset: number
  /** Of what follows the size. */
  readonly contents: number
  /** How many definitions it holds. */
  readonly count: number
}

/** `offset`: absolute offset of the definition's first byte (for messages); 0 for one that is in no file. */
interface At {
  readonly offset: number
}

export type Definition =
  | CustomSection
  | CoreModuleDefinition
  | CoreInstanceDefinition
  | CoreTypeDefinition
  | ComponentDefinition
  | InstanceDefinition
  | AliasDefinition
  | TypeDefinition
  | CanonDefinition
  | StartDefinition
  | ImportDefinition
  | ExportDefinition
  | ValueDefinition

/** `range` is the payload after the name. */
export interface CustomSection extends At {
  readonly kind: 'custom'
  readonly name: string
  readonly range: ByteRange
}

/** Kept as a byte range: the engine decodes and validates core modules. */
export interface CoreModuleDefinition extends At {
  readonly kind: 'core-module'
  readonly range: ByteRange
}

export interface CoreInstanceDefinition extends At {
  readonly kind: 'core-instance'
  readonly instance: CoreInstanceExpr
}

export type CoreInstanceExpr =
  | {
      readonly kind: 'instantiate'
      readonly module: CoreModuleIndex
      readonly args: readonly CoreInstantiateArg[]
    }
  | { readonly kind: 'exports'; readonly exports: readonly CoreInlineExport[] }

export interface CoreInstantiateArg {
  readonly name: string
  readonly instance: CoreInstanceIndex
}

export interface CoreInlineExport {
  readonly name: string
  readonly sort: CoreSort
  readonly index: number
}

export type CoreSort = 'func' | 'table' | 'memory' | 'global' | 'tag' | 'type' | 'module' | 'instance'

export interface CoreTypeDefinition extends At {
  readonly kind: 'core-type'
  readonly type: CoreType
}

export type CoreType = CoreRecType | CoreModuleTypeSyntax

/** A `rec` group; a plain type is a group of one. Value types are in text form. */
export interface CoreRecType {
  readonly kind: 'rec'
  readonly types: readonly CoreSubType[]
  /** Written as an explicit `rec` group. */
  readonly explicit: boolean
}

export interface CoreSubType {
  readonly final: boolean
  readonly supertypes: readonly CoreTypeIndex[]
  readonly type: CoreCompositeType
  readonly shared: boolean
}

export type CoreCompositeType =
  | {
      readonly kind: 'func'
      readonly parameters: readonly CoreValueType[]
      readonly results: readonly CoreValueType[]
    }
  | { readonly kind: 'struct'; readonly fields: readonly CoreFieldType[] }
  | { readonly kind: 'array'; readonly field: CoreFieldType }
  | { readonly kind: 'cont'; readonly type: CoreTypeIndex }

export interface CoreFieldType {
  /** `i8` and `i16` besides the value types. */
  readonly type: CoreValueType
  readonly mutable: boolean
}

export interface CoreModuleTypeSyntax {
  readonly kind: 'module'
  readonly declarations: readonly CoreModuleDeclaration[]
}

export type CoreModuleDeclaration =
  | {
      readonly kind: 'import'
      readonly module: string
      readonly name: string
      readonly type: CoreExternSyntax
    }
  | { readonly kind: 'type'; readonly type: CoreRecType }
  | { readonly kind: 'alias'; readonly count: number; readonly index: CoreTypeIndex }
  | { readonly kind: 'export'; readonly name: string; readonly type: CoreExternSyntax }

/** As written: functions and tags name their type by index in the module type's own space. */
export type CoreExternSyntax =
  | { readonly kind: 'func'; readonly type: CoreTypeIndex }
  | { readonly kind: 'tag'; readonly type: CoreTypeIndex }
  | CoreMemorySyntax
  | Exclude<CoreExternType, { kind: 'func' } | { kind: 'tag' } | { kind: 'memory' }>

export type CoreMemorySyntax = Extract<CoreExternType, { kind: 'memory' }> & {
  /** That the size of its pages is written out, though it is the usual one. */
  readonly pageSizeGiven?: true
}

export interface ComponentDefinition extends At {
  readonly kind: 'component'
  readonly component: Component
}

export interface InstanceDefinition extends At {
  readonly kind: 'instance'
  readonly instance: InstanceExpr
}

export type InstanceExpr =
  | {
      readonly kind: 'instantiate'
      readonly component: ComponentIndex
      readonly args: readonly InstantiateArg[]
    }
  | { readonly kind: 'exports'; readonly exports: readonly InlineExport[] }

export interface InstantiateArg {
  readonly name: string
  readonly item: SortIndex
}

export interface InlineExport {
  readonly name: ExternName
  readonly item: SortIndex
}

/** A definition of a component, by sort and index; `core` sorts carry the prefix `core `. */
export interface SortIndex {
  readonly sort: Sort
  readonly index: number
}

export type Sort = `core ${CoreSort}` | 'func' | 'value' | 'type' | 'component' | 'instance'

export interface AliasDefinition extends At {
  readonly kind: 'alias'
  readonly sort: Sort
  readonly target: AliasTarget
}

export type AliasTarget =
  | { readonly kind: 'export'; readonly instance: InstanceIndex; readonly name: string }
  | { readonly kind: 'core-export'; readonly instance: CoreInstanceIndex; readonly name: string }
  | { readonly kind: 'outer'; readonly count: number; readonly index: number }

export interface TypeDefinition extends At {
  readonly kind: 'type'
  readonly type: TypeSyntax
}

/** `deftype`: what stands in a type section, indices as written. */
export type TypeSyntax =
  | { readonly kind: 'value'; readonly type: ValueTypeSyntax }
  | FunctionTypeSyntax
  | { readonly kind: 'component'; readonly declarations: readonly Declaration[] }
  | { readonly kind: 'instance'; readonly declarations: readonly Declaration[] }
  | { readonly kind: 'resource'; readonly rep: CoreValueType; readonly destructor: CoreFuncIndex | undefined }

/** `valtype`: an index into the type space, or a primitive. */
export type ValueTypeReference = TypeIndex | PrimitiveKind

/** `defvaltype`. */
export type ValueTypeSyntax =
  | { readonly kind: 'primitive'; readonly type: PrimitiveKind }
  | { readonly kind: 'record'; readonly fields: readonly LabelledType[] }
  | { readonly kind: 'variant'; readonly cases: readonly CaseSyntax[] }
  | { readonly kind: 'list'; readonly element: ValueTypeReference; readonly length?: number | undefined }
  | { readonly kind: 'tuple'; readonly types: readonly ValueTypeReference[] }
  | { readonly kind: 'flags'; readonly names: readonly string[] }
  | { readonly kind: 'enum'; readonly names: readonly string[] }
  | { readonly kind: 'option'; readonly type: ValueTypeReference }
  | {
      readonly kind: 'result'
      readonly ok: ValueTypeReference | undefined
      readonly error: ValueTypeReference | undefined
    }
  | { readonly kind: 'own'; readonly type: TypeIndex }
  | { readonly kind: 'borrow'; readonly type: TypeIndex }
  | { readonly kind: 'stream'; readonly element: ValueTypeReference | undefined }
  | { readonly kind: 'future'; readonly element: ValueTypeReference | undefined }
  | { readonly kind: 'map'; readonly key: ValueTypeReference; readonly value: ValueTypeReference }

export interface LabelledType {
  readonly name: string
  readonly type: ValueTypeReference
}

export interface CaseSyntax {
  readonly name: string
  readonly type: ValueTypeReference | undefined
}

export interface FunctionTypeSyntax {
  readonly kind: 'function'
  readonly async: boolean
  readonly parameters: readonly LabelledType[]
  readonly result: ValueTypeReference | undefined
}

/** A declaration inside a component or instance type; `import` only in component types. */
export type Declaration = (
  | { readonly kind: 'core-type'; readonly type: CoreType }
  | { readonly kind: 'type'; readonly type: TypeSyntax }
  | { readonly kind: 'alias'; readonly sort: Sort; readonly target: AliasTarget }
  | { readonly kind: 'import'; readonly name: ExternName; readonly type: ExternTypeSyntax }
  | { readonly kind: 'export'; readonly name: ExternName; readonly type: ExternTypeSyntax }
) &
  At

/** `nameattributes`: `prefix` is the first byte as written (0x00, 0x01 or 0x02). */
export interface ExternName {
  readonly name: string
  readonly prefix: number
  readonly attributes: readonly NameAttribute[]
}

export type NameAttribute =
  | { readonly kind: 'implements'; readonly interface: string }
  | { readonly kind: 'version-suffix'; readonly suffix: string }
  | { readonly kind: 'external-id'; readonly id: string }

/** `externtype` as written. */
export type ExternTypeSyntax =
  | { readonly kind: 'core-module'; readonly type: CoreTypeIndex }
  | { readonly kind: 'function'; readonly type: TypeIndex }
  | { readonly kind: 'value'; readonly bound: ValueBound }
  | { readonly kind: 'type'; readonly bound: TypeBound }
  | { readonly kind: 'component'; readonly type: TypeIndex }
  | { readonly kind: 'instance'; readonly type: TypeIndex }

export type ValueBound =
  | { readonly kind: 'eq'; readonly index: ValueIndex }
  | { readonly kind: 'type'; readonly type: ValueTypeReference }

export type TypeBound = { readonly kind: 'eq'; readonly index: TypeIndex } | { readonly kind: 'sub-resource' }

export interface CanonDefinition extends At {
  readonly kind: 'canon'
  readonly canon: Canon
}

/** Built-ins without immediates. */
export type PlainBuiltin =
  | 'backpressure.inc'
  | 'backpressure.dec'
  | 'task.cancel'
  | 'subtask.drop'
  | 'error-context.drop'
  | 'waitable-set.new'
  | 'waitable-set.drop'
  | 'waitable.join'
  | 'thread.index'
  | 'thread.resume-later'

/** Built-ins that make the ends of streams and futures, and drop them. */
export type EndBuiltin =
  | 'stream.new'
  | 'stream.drop-readable'
  | 'stream.drop-writable'
  | 'future.new'
  | 'future.drop-readable'
  | 'future.drop-writable'

/** Built-ins that cancel a read or a write. */
export type CancelCopyBuiltin =
  | 'stream.cancel-read'
  | 'stream.cancel-write'
  | 'future.cancel-read'
  | 'future.cancel-write'

/** Built-ins that let another thread run. */
export type ThreadSwitchBuiltin =
  | 'thread.suspend'
  | 'thread.yield'
  | 'thread.suspend-then-resume'
  | 'thread.yield-then-resume'
  | 'thread.suspend-then-promote'
  | 'thread.yield-then-promote'

/** Canonical definitions, under their names in the text format. All but `lift` define a core function. */
export type Canon =
  | {
      readonly kind: 'lift'
      readonly func: CoreFuncIndex
      readonly options: readonly CanonOption[]
      readonly type: TypeIndex
    }
  | { readonly kind: 'lower'; readonly func: FuncIndex; readonly options: readonly CanonOption[] }
  | { readonly kind: 'resource.new' | 'resource.drop' | 'resource.rep'; readonly type: TypeIndex }
  | {
      readonly kind: PlainBuiltin
    }
  | {
      readonly kind: 'task.return'
      readonly result: ValueTypeReference | undefined
      readonly options: readonly CanonOption[]
    }
  | { readonly kind: 'context.get' | 'context.set'; readonly type: CoreValueType; readonly index: number }
  | { readonly kind: 'subtask.cancel'; readonly async: boolean }
  | {
      readonly kind: EndBuiltin
      readonly type: TypeIndex
    }
  | {
      readonly kind: 'stream.read' | 'stream.write' | 'future.read' | 'future.write'
      readonly type: TypeIndex
      readonly options: readonly CanonOption[]
    }
  | {
      readonly kind: CancelCopyBuiltin
      readonly type: TypeIndex
      readonly async: boolean
    }
  | {
      readonly kind: 'error-context.new' | 'error-context.debug-message'
      readonly options: readonly CanonOption[]
    }
  | {
      readonly kind: 'waitable-set.wait' | 'waitable-set.poll'
      readonly cancellable: boolean
      readonly memory: CoreMemoryIndex
    }
  | {
      readonly kind: ThreadSwitchBuiltin
      readonly cancellable: boolean
    }
  | { readonly kind: 'thread.new-indirect'; readonly type: CoreTypeIndex; readonly table: CoreTableIndex }
  | { readonly kind: 'thread.spawn-ref'; readonly shared: boolean; readonly type: CoreTypeIndex }
  | {
      readonly kind: 'thread.spawn-indirect'
      readonly shared: boolean
      readonly type: CoreTypeIndex
      readonly table: CoreTableIndex
    }
  | { readonly kind: 'thread.available-parallelism'; readonly shared: boolean }

export type CanonOption =
  | { readonly kind: 'string-encoding'; readonly encoding: StringEncoding }
  | { readonly kind: 'memory'; readonly memory: CoreMemoryIndex }
  | { readonly kind: 'realloc' | 'post-return' | 'callback'; readonly func: CoreFuncIndex }
  | { readonly kind: 'async' }

export type StringEncoding = 'utf8' | 'utf16' | 'latin1+utf16'

export interface StartDefinition extends At {
  readonly kind: 'start'
  readonly func: FuncIndex
  readonly args: readonly ValueIndex[]
  /** How many values it defines. */
  readonly results: number
}

export interface ImportDefinition extends At {
  readonly kind: 'import'
  readonly name: ExternName
  readonly type: ExternTypeSyntax
}

export interface ExportDefinition extends At {
  readonly kind: 'export'
  readonly name: ExternName
  readonly item: SortIndex
  readonly type: ExternTypeSyntax | undefined
}

/** The encoded value stays a byte range. */
export interface ValueDefinition extends At {
  readonly kind: 'value'
  readonly type: ValueTypeReference
  readonly range: ByteRange
}
