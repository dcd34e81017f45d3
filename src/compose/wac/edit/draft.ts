import type { Span } from '../../../diagnostics/span.ts'
import { WacEditError } from '../../../errors.ts'
import type { Reference, References } from '../../../wit/references.ts'
import type { WitFile } from '../../../wit/package-sources.ts'
import type { ComponentType, ExternType } from '../../../component/extern-type.ts'
import { nearest } from '../../../diagnostics/nearest.ts'
import type { Document } from '../document.ts'
import { evaluateDocument } from '../evaluate-document.ts'
import type { PackageFinder } from '../package-finder.ts'
import type { DocumentSyntax, PackageReference, StatementSyntax } from '../syntax.ts'
import { keptComments } from './comments.ts'
import { type Expressions, expressionsOf, type Instantiation } from './name-uses.ts'
import { applyEdits, mapOffset, type TextEdit } from './text-edit.ts'

/** A `new` expression, and where it stands. */
export interface InstanceInText extends Instantiation {
  readonly statement: number
}

/** A text on its way from one form to another: some edits need others to be made before. */
export class Draft {
  readonly finder: PackageFinder
  readonly #name: string
  #text: string
  #syntax!: DocumentSyntax
  #document!: Document
  #references!: References
  #expressions!: (Expressions | undefined)[]
  #pending: TextEdit[] = []

  /** @throws {WacEditError} `unreadable` */
  constructor(file: WitFile, finder: PackageFinder) {
    this.#name = file.name
    this.finder = finder
    this.#text = ''
    this.#read(file.text)
  }

  get text(): string {
    return this.#text
  }

  get syntax(): DocumentSyntax {
    return this.#syntax
  }

  get document(): Document {
    return this.#document
  }

  get references(): Iterable<Reference> {
    return this.#references.all()
  }

  get newline(): '\n' | '\r\n' {
    return this.#text.includes('\r\n') ? '\r\n' : '\n'
  }

  slice({ start, end }: Span): string {
    return this.#text.slice(start, end)
  }

  replace({ start, end }: Span, text: string): void {
    this.#pending.push({ start, end, text })
  }

  /** The same, with the comments of what goes. */
  replaceKeeping(span: Span, text: string): void {
    this.replace(span, keptComments(this.#text, span.start, span.end) + text)
  }

  insert(at: number, text: string): void {
    this.#pending.push({ start: at, end: at, text })
  }

  /** The edits so far, those at one place in the order in which they were made. */
  get pending(): readonly TextEdit[] {
    return this.#pending.sort((a, b) => a.start - b.start || a.end - b.end)
  }

  /**
   * Makes the edits, and reads the text again.
   *
   * @returns where offsets are now that no edit has touched
   */
  commit(): (offset: number) => number {
    const edits = this.pending
    this.#pending = []
    if (edits.length > 0) this.#read(applyEdits(this.#text, edits))
    return (offset) => mapOffset(edits, offset)
  }

  #read(text: string | Uint8Array): void {
    const { source, syntax, document, unreadable, references } = evaluateDocument(
      { name: this.#name, text },
      this.finder,
    )
    if (syntax === undefined || document === undefined || unreadable.length > 0)
      throw new WacEditError('unreadable', 'the text cannot be read, and so not be edited', {
        cure: 'mend what is wrong with it first',
        diagnostics: unreadable,
      })
    this.#text = source.text
    this.#syntax = syntax
    this.#document = document
    this.#references = references
    this.#expressions = syntax.statements.map(() => undefined)
  }

  expressions(statement: number): Expressions {
    this.#expressions[statement] ??= expressionsOf(this.#syntax.statements[statement]!)
    return this.#expressions[statement]
  }

  /** All, in the order of the text. */
  instances(): InstanceInText[] {
    return this.#syntax.statements.flatMap((_, statement) =>
      this.expressions(statement).instantiations.map((each) => ({ ...each, statement })),
    )
  }

  /** The one that begins at an offset. */
  instanceAt(offset: number): InstanceInText {
    return this.instances().find(({ syntax }) => syntax.start === offset)!
  }

  /** What defines a name, by its place among the statements; the first where several do. */
  statementOf(name: string): number | undefined {
    const index = this.#syntax.statements.findIndex((each) => nameOf(each) === name)
    return index < 0 ? undefined : index
  }

  /** Of a package that is there, what it imports and exports. */
  typeOf(reference: PackageReference): ComponentType | undefined {
    const { name, version } = reference
    return this.#document.composition.packages.get(version === undefined ? name : `${name}@${version}`)?.type
  }

  /** Of what a name stands for; undefined where that is broken. */
  typeOfName(name: string): ExternType | undefined {
    const item = this.#document.names.get(name)?.item
    return item?.kind === 'node' ? this.#document.composition.typeOf(item.node) : undefined
  }

  /** Names that mean something in the text, or would if something had them. */
  takenNames(): Set<string> {
    const taken = new Set<string>()
    for (const [index, each] of this.#syntax.statements.entries()) {
      const name = nameOf(each)
      if (name !== undefined) taken.add(name)
      for (const use of this.expressions(index).names) taken.add(use.name)
    }
    return taken
  }

  /** What a statement defines, or else how it begins, for messages. */
  describe(statement: number): string {
    const syntax = this.#syntax.statements[statement]!
    return nameOf(syntax) ?? this.slice(this.#syntax.spans[statement]!).split('\n')[0]!
  }

  /** @throws {WacEditError} `node` */
  noSuchNode(name: string): never {
    const near = nearest(name, this.#document.names.keys())
    throw new WacEditError('node', `the text has nothing that is called \`${name}\``, {
      cure:
        near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'name what a `let` or an `import` defines',
    })
  }
}

/** What a statement calls what it defines; undefined of exports. */
export function nameOf(statement: StatementSyntax): string | undefined {
  switch (statement.kind) {
    case 'export':
      return undefined
    case 'import':
    case 'let':
      return statement.id.name
    default:
      return statement.name.name
  }
}
