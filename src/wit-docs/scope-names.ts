import type { ResourceType, ValueType } from '../component/value-type.ts'
import type { TypeDefinition } from '../wit/package.ts'

/** The definitions that types have in one scope, by identity. */
export class ScopeNames {
  readonly #names = new Map<ValueType | ResourceType, TypeDefinition>()
  readonly #borrowNames = new Map<ValueType | ResourceType, TypeDefinition>()
  readonly #byName = new Map<string, TypeDefinition>()

  constructor(types: Iterable<TypeDefinition>) {
    for (const definition of types) {
      const { name, type, handles } = definition
      this.#byName.set(name, definition)
      learn(this.#names, type, definition)
      if (handles === undefined) continue
      learn(this.#names, handles.own, definition)
      learn(this.#borrowNames, handles.borrow, definition)
    }
  }

  of(type: ValueType | ResourceType): TypeDefinition | undefined {
    return this.#names.get(type)
  }

  /** What stands between the brackets of `borrow<…>`. */
  ofBorrowed(type: ValueType & { readonly kind: 'borrow' }): TypeDefinition | undefined {
    return this.#borrowNames.get(type) ?? this.#names.get(type.resource)
  }

  byName(name: string): TypeDefinition | undefined {
    return this.#byName.get(name)
  }
}

function learn<K>(names: Map<K, TypeDefinition>, type: K, definition: TypeDefinition): void {
  if (!names.has(type)) names.set(type, definition)
}
