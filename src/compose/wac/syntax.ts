/** WAC as written (LANGUAGE.md of bytecodealliance/wac): its types are WIT's, and names are not looked up yet. */
import type { Source } from '../../diagnostics/source.ts'
import type { Span } from '../../diagnostics/span.ts'
import type {
  FunctionTypeSyntax,
  Identifier,
  InterfaceBody,
  InterfaceSyntax,
  SignatureSyntax,
  TypeDefinitionSyntax,
  WorldSyntax,
} from '../../wit/syntax.ts'

export interface DocumentSyntax {
  readonly source: Source
  readonly package: PackageReference
  readonly docs: string | undefined
  readonly targets: PathSyntax | undefined
  /** Of the first line, `package ns:pkg;`. */
  readonly declaration: Span
  readonly statements: readonly StatementSyntax[]
  /** Where they stand, each as its gates and its `;` do. */
  readonly spans: readonly Span[]
}

/** `ns:pkg@1.0.0`; the span is that of all of it. */
export interface PackageReference extends Span {
  /** Without the version. */
  readonly name: string
  readonly version: string | undefined
  /** Of the name without its version. */
  readonly nameSpan: Span
}

/** `ns:pkg/item/part@1.0.0`; the span is that of all of it. */
export interface PathSyntax extends Span {
  /** The version stands behind the segments, and is not in this one's span. */
  readonly package: PackageReference
  /** At least one. */
  readonly segments: readonly Identifier[]
}

export type StatementSyntax =
  | ImportSyntax
  | LetSyntax
  | ExportSyntax
  | InterfaceSyntax
  | WorldSyntax
  | TypeDefinitionSyntax
  | FunctionTypeSyntax

/** The name of an import, an export or an argument: `as name`, `as "ns:pkg/name"`. */
export interface NameSyntax extends Span {
  readonly text: string
  /** Written in quotes, and so meant as it stands. */
  readonly quoted: boolean
}

/** `import id as name: type;` */
export interface ImportSyntax {
  readonly kind: 'import'
  readonly id: Identifier
  readonly as: NameSyntax | undefined
  readonly type: ImportTypeSyntax
}

export type ImportTypeSyntax =
  | { readonly kind: 'path'; readonly path: PathSyntax }
  | { readonly kind: 'function'; readonly signature: SignatureSyntax }
  | { readonly kind: 'interface'; readonly body: InterfaceBody }
  | { readonly kind: 'name'; readonly name: Identifier }

/** `let id = expression;` */
export interface LetSyntax {
  readonly kind: 'let'
  readonly id: Identifier
  readonly expression: ExpressionSyntax
}

/** `export expression;`, `export expression as name;`, `export expression...;` */
export interface ExportSyntax {
  readonly kind: 'export'
  readonly expression: ExpressionSyntax
  readonly as: NameSyntax | undefined
  /** Of the `...`. */
  readonly spread: Span | undefined
}

/** `new ns:pkg { arguments }` */
export type NewSyntax = Extract<ExpressionSyntax, { kind: 'new' }>

export type ExpressionSyntax = Span &
  (
    | { readonly kind: 'name'; readonly name: string }
    | {
        readonly kind: 'new'
        readonly package: PackageReference
        readonly arguments: readonly ArgumentSyntax[]
      }
    /** `(inner)` */
    | { readonly kind: 'nested'; readonly inner: ExpressionSyntax }
    /** `of.name`, or with the name in quotes `of["name"]`; `operation` is what stands behind `of`. */
    | {
        readonly kind: 'access'
        readonly of: ExpressionSyntax
        readonly name: NameSyntax
        readonly operation: Span
      }
  )

export type ArgumentSyntax = Span &
  /** `id` */
  (
    | { readonly kind: 'inferred'; readonly id: Identifier }
    /** `name: expression` */
    | { readonly kind: 'named'; readonly name: NameSyntax; readonly value: ExpressionSyntax }
    /** `...id` */
    | { readonly kind: 'spread'; readonly id: Identifier }
    /** `...` */
    | { readonly kind: 'implicit' }
  )
