import type { Span } from '../diagnostics/span.ts'
import type { Source } from '../diagnostics/source.ts'
import type { FunctionType } from '../component/extern-type.ts'
import { primitive } from '../component/resolve-type.ts'
import type { Excluded } from './excluded.ts'
import { typeHabit } from './habits.ts'
import type { TypeDefinition } from './package.ts'
import type { Place, Problems } from './problems.ts'
import type { References } from './references.ts'
import type { Identifier } from './syntax.ts'

/** What a name of an interface or a world can be. */
export type Name =
  | {
      readonly kind: 'type'
      readonly definition: TypeDefinition
      readonly place: Place
      /** How deep the type nests, itself included. */
      readonly depth: number
      /** A `borrow` is somewhere in it. */
      readonly borrows: boolean
    }
  | { readonly kind: 'function'; readonly place: Place }
  /** WAC only. */
  | { readonly kind: 'function-type'; readonly type: FunctionType; readonly place: Place }
  /** A gate leaves it out. */
  | (Excluded & { readonly kind: 'excluded' })
  /** What is wrong with it was said before. */
  | { readonly kind: 'broken'; readonly place: Place }

/** Stands where a type is wrong: nobody sees it, for what was reported is thrown in the end. */
export const brokenType = primitive('bool')

/** The names of one interface or world. */
export class TypeScope {
  readonly source: Source
  readonly names = new Map<string, Name>()
  /** Types that are known to follow, for messages. */
  declared: ReadonlyMap<string, unknown> = new Map()
  readonly references: References | undefined
  readonly #problems: Problems

  constructor(source: Source, problems: Problems, references?: References) {
    this.source = source
    this.#problems = problems
    this.references = references
  }

  place({ start, end }: Span): Place {
    return { source: this.source, span: { start, end } }
  }

  report(
    span: Span,
    ...rest: Parameters<Problems['report']> extends [Place, ...infer Rest] ? Rest : never
  ): void {
    this.#problems.report(this.place(span), ...rest)
  }

  /** False where the name is taken; then what is defined is reported and not kept. */
  define(identifier: Identifier, name: Name): boolean {
    const other = this.names.get(identifier.name)
    if (other === undefined) {
      this.names.set(identifier.name, name)
      return true
    }
    this.report(identifier, `name \`${identifier.name}\` is defined more than once`, {
      related: [{ ...other.place, text: 'first defined here' }],
    })
    return false
  }

  /** The type of a name; undefined, and reported, where it is none. What a gate leaves out is for the caller to report. */
  lookUp(name: string, span: Span): Extract<Name, { kind: 'type' | 'excluded' }> | undefined {
    const found = this.names.get(name)
    if (found !== undefined) this.references?.add(this.place(span), found.place)
    switch (found?.kind) {
      case 'type':
      case 'excluded':
        return found
      case 'broken':
        return undefined
      case 'function-type':
        this.report(span, `function type \`${name}\` cannot be used as a value type`, {
          related: [{ ...found.place, text: 'a function type' }],
        })
        return undefined
      case 'function':
        this.report(span, `cannot use function \`${name}\` as a type`, {
          related: [{ ...found.place, text: 'a function' }],
        })
        return undefined
      case undefined:
        this.report(span, `type \`${name}\` does not exist`, { notes: this.#cure(name) })
        return undefined
    }
  }

  didYouMean(name: string, names: readonly string[]): string[] {
    return this.#problems.didYouMean(name, names)
  }

  /** A name that is as near as those of types that are built in is more likely meant. */
  #cure(name: string): string[] {
    const own = [...this.names].filter(([, { kind }]) => kind !== 'function').map(([each]) => each)
    const likely = this.didYouMean(name, [...own, ...this.declared.keys()])
    const habit = typeHabit(name)
    if (likely.length > 0) return likely
    return habit === undefined ? this.didYouMean(name, builtIn) : [`WIT calls it \`${habit}\``]
  }
}

const builtIn = 'bool string u8 u32 s32 u64 s64 f64 char list option result tuple stream future map'.split(
  ' ',
)
