import type { ExternType } from '../../../component/extern-type.ts'
import { nameOnTrack } from '../../../component/interface-path.ts'
import { nameEndingIn } from '../extern-name.ts'
import { inferredName } from '../inferred-name.ts'
import type { ArgumentSyntax, NewSyntax } from '../syntax.ts'
import type { Draft } from './draft.ts'
import { accessText, argumentText } from './short-names.ts'
import { written } from './written-name.ts'

type Externs = ReadonlyMap<string, unknown>

/** Which import each argument is for, in an instance that need not be whole. */
export class GivenArguments {
  readonly #draft: Draft
  readonly syntax: NewSyntax
  /** Of the package; undefined where it is not known. */
  readonly imports: ReadonlyMap<string, ExternType> | undefined
  /** Indices of arguments, by the whole names of imports; those of one spread in the order of the imports. */
  readonly all = new Map<string, number>()

  constructor(draft: Draft, syntax: NewSyntax) {
    this.#draft = draft
    this.syntax = syntax
    this.imports = draft.typeOf(syntax.package)?.imports
    for (const [index, each] of syntax.arguments.entries()) {
      const name = this.#nameOf(each)
      if (name !== undefined && !this.all.has(name)) this.all.set(name, index)
    }
    for (const [index, each] of syntax.arguments.entries()) if (each.kind === 'spread') this.#spread(index)
  }

  /** The imports that an argument is for. */
  namesOf(index: number): string[] {
    return Array.from(this.all).flatMap(([name, each]) => (each === index ? [name] : []))
  }

  /** A `...instance` would give this import, if nothing else did. */
  couldGive(index: number, name: string): boolean {
    const syntax = this.syntax.arguments[index]!
    return syntax.kind === 'spread' && nameOnTrack(name, this.#exportsOf(syntax.id.name)) !== undefined
  }

  /** What a `...instance` gives for some imports, each said by itself. */
  explicit(index: number, names: readonly string[]): string[] {
    const syntax = this.syntax.arguments[index]!
    if (syntax.kind !== 'spread') return []
    const exports = this.#exportsOf(syntax.id.name)
    return names.map((name) => {
      const text = written(syntax.id.name) + accessText(nameOnTrack(name, exports) ?? name, exports)
      return argumentText(name, this.imports, { text })
    })
  }

  #nameOf(syntax: ArgumentSyntax): string | undefined {
    const imports: Externs = this.imports ?? new Map()
    if (syntax.kind === 'named') {
      const { text, quoted } = syntax.name
      return quoted ? text : (nameEndingIn(text, imports) ?? text)
    }
    if (syntax.kind !== 'inferred') return undefined
    const { name } = syntax.id
    const item = this.#draft.document.names.get(name)?.item
    if (item?.kind === 'node') return inferredName(syntax.id, item, { imports })
    return nameEndingIn(name, imports) ?? name
  }

  #spread(index: number): void {
    for (const name of this.imports?.keys() ?? [])
      if (!this.all.has(name) && this.couldGive(index, name)) this.all.set(name, index)
  }

  #exportsOf(name: string): Externs {
    const type = this.#draft.typeOfName(name)
    if (type?.kind === 'instance') return type.exports
    const statement = this.#draft.statementOf(name)
    const [first] = statement === undefined ? [] : this.#draft.expressions(statement).instantiations
    return (first && !first.isAnonymous && this.#draft.typeOf(first.syntax.package)?.exports) || new Map()
  }
}
