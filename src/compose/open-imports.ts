import type { NameAttribute } from '../component/component.ts'
import type { ExternType, InstanceType } from '../component/extern-type.ts'
import { compareByVersion, interfaceTrack } from '../component/interface-path.ts'
import { uniquenessKey } from '../component/names.ts'
import { CompositionError } from '../errors.ts'
import type { Matching } from '../validation/subtyping.ts'
import type { TypeStore } from '../validation/type-store.ts'
import { openResources } from '../validation/bound-resources.ts'
import { typeDifference } from './type-difference.ts'

/** An import that a composition has: because somebody said so, or because parts of it were left without it. */
export interface OpenImport {
  /** The highest of the versions that are wanted. */
  readonly name: string
  /** All that anybody wants of it. */
  readonly type: ExternType
  /** What the name says beside itself. */
  readonly attributes: readonly NameAttribute[] | undefined
  /** The node, where it was imported as such and not left open. */
  readonly node: number | undefined
  readonly wantedBy: readonly Wanting[]
}

/** Who wants an import, a package or `import …`, and under which name. */
export interface Wanting {
  readonly by: string
  readonly name: string
}

/** By {@link interfaceTrack}: imports that replace each other are one. */
export type OpenImports = ReadonlyMap<string, OpenImport>

/** Merges what is wanted into the imports that are open already. */
export class ImportMerger {
  readonly #store: TypeStore
  readonly imports: Map<string, OpenImport>

  constructor(store: TypeStore, imports: OpenImports) {
    this.#store = store
    this.imports = new Map(imports)
  }

  /**
   * Afterwards the import offers what is wanted, and in what `matching` substitutes, its types take the place of the wanted ones.
   *
   * @param by who wants it, for messages
   * @param attributes of the name
   * @returns its key
   * @throws {CompositionError} where the wanted type does not fit with the one of an import that it must share
   */
  want(
    name: string,
    type: ExternType,
    by: string,
    matching: Matching,
    {
      node,
      attributes,
    }: { readonly node?: number; readonly attributes?: readonly NameAttribute[] | undefined } = {},
  ): string {
    const key = interfaceTrack(name)
    const wanted = { by, name }
    const known = this.imports.get(key)
    if (!known) {
      this.#checkUnique(name)
      this.imports.set(key, { name, type: this.#adopt(type, matching), attributes, node, wantedBy: [wanted] })
      return key
    }
    const merged = this.#merge(known.type, type, matching)
    if ('words' in merged) throw unmergeable(name, known, merged, wanted)
    this.imports.set(key, {
      name: higher(known.name, name),
      type: merged.type,
      attributes: known.attributes ?? attributes,
      node: known.node ?? node,
      wantedBy: known.wantedBy.some((one) => one.by === by && one.name === name)
        ? known.wantedBy
        : [...known.wantedBy, wanted],
    })
    return key
  }

  #checkUnique(name: string): void {
    const unique = uniquenessKey(name)
    for (const other of this.imports.values()) {
      if (uniquenessKey(other.name) !== unique) continue
      throw new CompositionError('name', `the imports \`${other.name}\` and \`${name}\` differ too little`, {
        cure: 'names must differ in more than case: give one of them as an argument',
      })
    }
  }

  /** Wanted types as the composition's own, with resource types of its own. */
  #adopt(type: ExternType, { substitution }: Matching): ExternType {
    for (const resource of openResources([type])) {
      if (!substitution.isReplaced(resource))
        substitution.replaceResource(resource, { kind: 'resource', name: resource.name })
    }
    return substitution.extern(type)
  }

  #merge(known: ExternType, wanted: ExternType, matching: Matching): Merged {
    if (known.kind === 'instance' && wanted.kind === 'instance')
      return this.#mergeInstances(known, wanted, matching)
    const words = matching.extern(known, wanted)
    return words === undefined ? { type: known } : { words, known, wanted, path: [] }
  }

  #mergeInstances(known: InstanceType, wanted: InstanceType, matching: Matching): Merged {
    let exports: Map<string, ExternType> | undefined
    for (const [name, type] of wanted.exports) {
      this.#store.work()
      const other = known.exports.get(name)
      if (!other) {
        exports ??= new Map(known.exports)
        exports.set(name, this.#adopt(type, matching))
        continue
      }
      const merged = this.#merge(other, type, matching)
      if ('words' in merged) return { ...merged, path: [name, ...merged.path] }
      if (merged.type === other) continue
      exports ??= new Map(known.exports)
      exports.set(name, merged.type)
    }
    return { type: exports ? { ...known, exports, attributes: mergedAttributes(known, wanted) } : known }
  }
}

function mergedAttributes(a: InstanceType, b: InstanceType): InstanceType['attributes'] {
  if (!a.attributes || !b.attributes) return a.attributes ?? b.attributes
  return new Map([...b.attributes, ...a.attributes])
}

type Merged = { readonly type: ExternType } | Unmergeable

interface Unmergeable {
  readonly words: string
  readonly known: ExternType
  readonly wanted: ExternType
  readonly path: readonly string[]
}

function unmergeable(name: string, known: OpenImport, unmerged: Unmergeable, by: Wanting): CompositionError {
  const { words, path } = unmerged
  const inner = typeDifference(unmerged.known, unmerged.wanted, words)
  return new CompositionError(
    'conflict',
    `the import \`${name}\` cannot be one for all that want it: ${describeWanting(known)} on one side, ${describeWanting({ name: known.name, wantedBy: [by] })} on the other`,
    {
      difference: { ...inner, path: [...path, ...inner.path] },
      item: name,
      cure: 'give one of them another instance as an argument',
    },
  )
}

/** `a:b, c:d (as \`e:f/g@1.0.0\`)` */
export function describeWanting({ name, wantedBy }: Pick<OpenImport, 'name' | 'wantedBy'>): string {
  return wantedBy
    .map((each) => (each.name === name ? each.by : `${each.by} (as \`${each.name}\`)`))
    .join(', ')
}

function higher(a: string, b: string): string {
  return compareByVersion(a, b) < 0 ? b : a
}
