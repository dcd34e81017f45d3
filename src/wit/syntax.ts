/** WIT as written (WIT.md, "Lexical structure" on): names are not looked up yet, and every node knows its span. */
import type { Source } from '../diagnostics/source.ts'
import type { Span } from '../diagnostics/span.ts'
import type { PrimitiveKind } from '../component/value-type.ts'

/** A name without its `%`; the span has it. */
export interface Identifier extends Span {
  readonly name: string
}

/** `@since(version = 1.0.0)` and its like; the span is that of the word behind the `@`. */
export type Attribute =
  | (Span & { readonly kind: 'since' | 'deprecated'; readonly version: string })
  | (Span & { readonly kind: 'unstable'; readonly feature: string })
  | (Span & { readonly kind: 'external-id'; readonly id: string })

/** What stands before a definition. */
export interface Annotations {
  readonly docs: string | undefined
  readonly attributes: readonly Attribute[]
}

/** `ns:pkg@1.0.0`; the span is that of the whole name. */
export interface PackageNameSyntax extends Span {
  readonly namespace: string
  readonly package: string
  readonly version: string | undefined
}

/** `package ns:pkg;`, or what stands before the braces of `package ns:pkg { … }`. */
export interface PackageDeclaration {
  readonly name: PackageNameSyntax
  readonly docs: string | undefined
  /** Of the comments that are the docs. */
  readonly docsSpan: Span
}

export interface FileSyntax {
  readonly source: Source
  readonly declaration: PackageDeclaration | undefined
  readonly items: readonly TopLevelItem[]
  readonly packages: readonly NestedPackageSyntax[]
}

/** `package ns:pkg { … }` */
export interface NestedPackageSyntax {
  readonly declaration: PackageDeclaration
  readonly items: readonly TopLevelItem[]
  /** Not allowed, and reported later: all else of the text is looked at first. */
  readonly packages: readonly NestedPackageSyntax[]
}

export type TopLevelItem = InterfaceSyntax | WorldSyntax | TopLevelUse

/** `name`, or `ns:pkg/name@1.0.0`. */
export interface UsePath {
  /** The version stands behind the name, so it is no part of this span. */
  readonly package: PackageNameSyntax | undefined
  readonly name: Identifier
}

export interface TopLevelUse {
  readonly kind: 'use'
  /** Of the keyword. */
  readonly span: Span
  readonly attributes: readonly Attribute[]
  readonly path: UsePath
  readonly as: Identifier | undefined
}

export interface InterfaceSyntax extends Annotations {
  readonly kind: 'interface'
  readonly name: Identifier
  readonly body: InterfaceBody
}

/** The items of one sort in the order of the text. */
export interface InterfaceBody {
  readonly uses: readonly UseSyntax[]
  readonly types: readonly TypeDefinitionSyntax[]
  /** Those of resources too, where their resources stand. */
  readonly functions: readonly (FunctionSyntax | ResourceDefinitionSyntax)[]
  /** WAC only. */
  readonly functionTypes: readonly FunctionTypeSyntax[]
}

/** `type name = func(…)`, which WAC alone has. */
export interface FunctionTypeSyntax extends Annotations {
  readonly kind: 'function-type'
  readonly name: Identifier
  readonly signature: SignatureSyntax
}

export interface WorldSyntax extends Annotations {
  readonly kind: 'world'
  readonly name: Identifier
  readonly uses: readonly UseSyntax[]
  readonly types: readonly TypeDefinitionSyntax[]
  readonly includes: readonly IncludeSyntax[]
  /** WAC only. */
  readonly functionTypes: readonly FunctionTypeSyntax[]
  /** Imports, exports, and the functions of resources, which are imports. */
  readonly items: readonly (ExternSyntax | ResourceDefinitionSyntax)[]
}

/** `use path.{name as local};` */
export interface UseSyntax {
  readonly kind: 'use'
  readonly attributes: readonly Attribute[]
  readonly path: UsePath
  readonly names: readonly Renaming[]
}

export interface Renaming {
  readonly name: Identifier
  readonly as: Identifier | undefined
}

/** `include path with { name as other }` */
export interface IncludeSyntax {
  readonly attributes: readonly Attribute[]
  readonly path: UsePath
  readonly names: readonly (Renaming & { readonly as: Identifier })[]
}

/** An import or export of a world. */
export interface ExternSyntax extends Annotations {
  readonly kind: 'extern'
  readonly direction: 'import' | 'export'
  /** Undefined where the interface's own name is the item's. */
  readonly label: Identifier | undefined
  readonly type:
    | { readonly kind: 'interface'; readonly body: InterfaceBody }
    | { readonly kind: 'path'; readonly path: UsePath }
    | { readonly kind: 'function'; readonly signature: SignatureSyntax }
}

export interface FunctionSyntax extends Annotations {
  readonly kind: 'function'
  /** A constructor's name is its keyword. */
  readonly name: Identifier
  readonly signature: SignatureSyntax
}

export interface SignatureSyntax {
  readonly async: boolean
  readonly parameters: readonly FieldSyntax[]
  readonly result: TypeSyntax | undefined
  /** WAC only: the function type that stands instead, by name. The rest is empty then. */
  readonly reference?: Identifier
}

export interface FieldSyntax {
  readonly docs: string | undefined
  readonly name: Identifier
  readonly type: TypeSyntax
}

export interface CaseSyntax {
  readonly docs: string | undefined
  readonly name: Identifier
  readonly type: TypeSyntax | undefined
}

interface Definition extends Annotations {
  readonly name: Identifier
}

export interface ResourceDefinitionSyntax extends Definition {
  readonly kind: 'resource'
  readonly functions: readonly ResourceFunctionSyntax[]
}

export interface ResourceFunctionSyntax extends FunctionSyntax {
  readonly role: 'constructor' | 'method' | 'static'
}

export type TypeDefinitionSyntax =
  | ResourceDefinitionSyntax
  | (Definition & { readonly kind: 'alias'; readonly type: TypeSyntax })
  | (Definition & { readonly kind: 'record'; readonly fields: readonly FieldSyntax[] })
  | (Definition & { readonly kind: 'variant'; readonly cases: readonly CaseSyntax[] })
  | (Definition & { readonly kind: 'enum' | 'flags'; readonly cases: readonly CaseSyntax[] })

/** The span is that of the first word; a `name` and a handle's resource are spans of the name. */
export type TypeSyntax = Span &
  (
    | { readonly kind: PrimitiveKind }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'own' | 'borrow'; readonly resource: Identifier }
    | { readonly kind: 'list'; readonly element: TypeSyntax; readonly length: number | undefined }
    | { readonly kind: 'option'; readonly type: TypeSyntax }
    | { readonly kind: 'stream' | 'future'; readonly element: TypeSyntax | undefined }
    | { readonly kind: 'map'; readonly key: TypeSyntax; readonly value: TypeSyntax }
    | {
        readonly kind: 'result'
        readonly ok: TypeSyntax | undefined
        readonly error: TypeSyntax | undefined
      }
    | { readonly kind: 'tuple'; readonly types: readonly TypeSyntax[] }
  )
