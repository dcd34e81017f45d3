import type { FunctionType } from '../component/extern-type.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import { nameInPackage, type TypeDefinition, type WitFunction } from './package.ts'
import { printAnnotations, printDocs, printGates } from './print-annotations.ts'
import type { TypeNames } from './print-type.ts'
import type { Definition, PrintedScope, Use } from './print-scope.ts'

/** An interface or a world of a resolved package, for printing. */
export class PackageScope implements PrintedScope {
  readonly definitions: Definition[] = []
  readonly functions = new Map<string, FunctionType>()
  readonly uses: Use[] = []
  readonly #names = new Map<ValueType | ResourceType, string>()
  readonly #borrowNames = new Map<ValueType | ResourceType, string>()
  readonly #types = new Map<string, TypeDefinition>()
  readonly #annotated = new Map<string, TypeDefinition | WitFunction>()

  constructor(types: Iterable<TypeDefinition>, functions: Iterable<WitFunction>) {
    for (const definition of types) this.#add(definition)
    for (const one of functions) {
      this.functions.set(one.name, one.type)
      this.#annotated.set(one.name, one)
    }
  }

  #add(definition: TypeDefinition): void {
    const { name, type, handles, aliasOf, owner } = definition
    this.#types.set(name, definition)
    this.#annotated.set(name, definition)
    this.#learn(this.#names, type, name)
    if (handles) {
      this.#learn(this.#names, handles.own, name)
      this.#learn(this.#borrowNames, handles.borrow, name)
    }
    if (aliasOf === undefined || aliasOf.owner === owner)
      this.definitions.push({ name, type, aliasOf: aliasOf?.name })
    else if (aliasOf.owner.kind === 'interface') this.#use(aliasOf, definition)
  }

  #learn(names: Map<ValueType | ResourceType, string>, type: ValueType | ResourceType, name: string): void {
    if (!names.has(type)) names.set(type, name)
  }

  #use({ owner, name }: TypeDefinition, { name: local, stability }: TypeDefinition): void {
    const from = nameInPackage(owner.package, owner.name!)
    this.uses.push({ from, name, local, before: printGates(stability) })
  }

  readonly nameOf: TypeNames = (type, inBorrow) => (inBorrow ? this.#borrowNames : this.#names).get(type)

  before(name: string): string[] {
    const found = this.#annotated.get(name)
    return found === undefined ? [] : printAnnotations(found)
  }

  beforePart(type: string, part: string): string[] {
    return printDocs(this.#types.get(type)?.partDocs.get(part))
  }
}
