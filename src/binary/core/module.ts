/**
 * What a core module IS: its sections as written, with indices as written. `decode-module.ts` makes it from bytes,
 * `encode-module.ts` makes bytes of it; neither looks into function bodies.
 */
import type { CoreExternSyntax, CoreRecType } from '../../component/component.ts'
import type { CoreValueType } from '../../component/extern-type.ts'
import type { CoreTypeIndex } from '../../component/indices.ts'
import type { ImportGroup } from '../core-imports.ts'

export interface CoreModule {
  /** In the order of the file. */
  readonly sections: readonly CoreSectionSyntax[]
}

export type CoreSectionSyntax =
  | CustomSectionSyntax
  | { readonly kind: 'type'; readonly items: readonly CoreRecType[] }
  | { readonly kind: 'import'; readonly items: readonly ImportGroup[] }
  | { readonly kind: 'function'; readonly items: readonly CoreTypeIndex[] }
  | { readonly kind: 'table'; readonly items: readonly TableSyntax[] }
  | { readonly kind: 'memory'; readonly items: readonly CoreExternOf<'memory'>[] }
  | { readonly kind: 'tag'; readonly items: readonly CoreExternOf<'tag'>[] }
  | { readonly kind: 'global'; readonly items: readonly GlobalSyntax[] }
  | { readonly kind: 'export'; readonly items: readonly ExportSyntax[] }
  | { readonly kind: 'start'; readonly func: number }
  | { readonly kind: 'element'; readonly items: readonly ElementSegment[] }
  | { readonly kind: 'data count'; readonly count: number }
  | { readonly kind: 'code'; readonly items: readonly FunctionBody[] }
  | { readonly kind: 'data'; readonly items: readonly DataSegment[] }

export type CoreExternOf<Kind extends CoreExternSyntax['kind']> = Extract<CoreExternSyntax, { kind: Kind }>

export interface CustomSectionSyntax {
  readonly kind: 'custom'
  readonly name: string
  /** What follows the name. */
  readonly bytes: Uint8Array
}

/** The instructions of a constant expression or a function, as bytes, their `end` included. */
export interface Expression {
  readonly bytes: Uint8Array
  /** Offset of the first byte in the file; 0 where there is none. For messages. */
  readonly offset: number
}

export interface TableSyntax {
  readonly type: CoreExternOf<'table'>
  readonly initial: Expression | undefined
}

export interface GlobalSyntax {
  readonly type: CoreExternOf<'global'>
  readonly initial: Expression
}

export interface ExportSyntax {
  readonly name: string
  readonly sort: CoreExternSyntax['kind']
  readonly index: number
}

export interface ElementSegment {
  readonly mode:
    | { readonly kind: 'passive' | 'declared' }
    /** `table` is undefined where the short form was used, which means the first table. */
    | { readonly kind: 'active'; readonly table: number | undefined; readonly offset: Expression }
  readonly elements:
    | { readonly kind: 'functions'; readonly indices: readonly number[] }
    | {
        readonly kind: 'expressions'
        readonly type: CoreValueType
        readonly expressions: readonly Expression[]
      }
}

export interface DataSegment {
  readonly mode:
    | { readonly kind: 'passive' }
    /** `memory` is undefined where the short form was used, which means the first memory. */
    | { readonly kind: 'active'; readonly memory: number | undefined; readonly offset: Expression }
  readonly bytes: Uint8Array
}

export interface FunctionBody {
  readonly locals: readonly LocalGroup[]
  readonly code: Expression
  /** Offset of the function's first byte in the file, which is that of its locals; 0 where there is none. */
  readonly offset: number
}

/** So many locals of one type. */
export interface LocalGroup {
  readonly count: number
  readonly type: CoreValueType
}
