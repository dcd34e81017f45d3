import type { HandleInValue } from '../../component/handles-in.ts'
import type { BorrowType, OwnType, ResourceType } from '../../component/value-type.ts'
import type { Source } from '../../diagnostics/source.ts'
import type { WaveError } from '../../errors.ts'
import { nearest } from '../../diagnostics/nearest.ts'
import type { LabelSyntax, Name } from '../../wave/syntax.ts'
import { waveProblem } from '../../wave/wave-problem.ts'

interface NamedHandle {
  /** Several where only the call itself will show which one it is. */
  readonly resources: ReadonlySet<ResourceType>
  /** Undefined while the statements are only checked. */
  readonly handle: object | undefined
  /** Why it cannot be used any more. */
  gone: string | undefined
}

/** What the names in a line of calls stand for. Calls are checked with one of these, and made with another. */
export class HandleNames {
  readonly #named = new Map<string, NamedHandle>()

  /** Of a call that was not made yet: which of these resources each handle will be of is open. */
  expect(names: readonly Name[], resources: ReadonlySet<ResourceType>): void {
    for (const { name } of names) this.#named.set(name, { resources, handle: undefined, gone: undefined })
  }

  /** `result`: what was returned, for those names that get no handle. */
  bind(names: readonly Name[], handles: readonly HandleInValue[], result: string): void {
    names.forEach(({ name }, index) => {
      const found = handles[index]
      this.#named.set(name, {
        resources: new Set(found ? [found.resource] : []),
        handle: found?.handle,
        gone: found ? undefined : `got no handle: its call returned ${result}`,
      })
    })
  }

  /** The resources of a name's handle, which can still be used; undefined for what is no name. */
  resourcesOf(name: Name, source: Source): ReadonlySet<ResourceType> | undefined {
    return this.#named.has(name.name) ? this.#usable(name, source).resources : undefined
  }

  /** The handle that is passed where one of `type` belongs. What is passed as own is used up. */
  pass({ name, span }: Name | LabelSyntax, type: OwnType | BorrowType, source: Source): object | undefined {
    const named = this.#usable({ name, span }, source)
    if (!named.resources.has(type.resource)) {
      const wanted = type.resource.name ?? 'another resource'
      throw waveProblem(source, span, `\`${name}\` is no handle of ${wanted}`, `expected ${wanted}`)
    }
    if (type.kind === 'own') named.gone = 'was passed as own'
    return named.handle
  }

  /** The handle that is given up. */
  drop(name: Name, source: Source): object | undefined {
    const named = this.#usable(name, source)
    named.gone = 'was dropped'
    return named.handle
  }

  #usable({ name, span }: Name, source: Source): NamedHandle {
    const named = this.#named.get(name)
    if (!named) throw this.#unknown({ name, span }, source)
    if (named.gone === undefined) return named
    throw waveProblem(source, span, `\`${name}\` ${named.gone}`, 'cannot be used')
  }

  #unknown({ name, span }: Name, source: Source): WaveError {
    const [candidate] = nearest(name, this.#named.keys())
    const label = candidate === undefined ? 'unknown' : `did you mean \`${candidate}\`?`
    const cure = `name it in a call before this one: 'let ${name} = …'`
    return waveProblem(source, span, `no handle is called \`${name}\``, label, [cure])
  }
}
