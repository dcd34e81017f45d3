import { ByteWriter } from '../binary/byte-writer.ts'
import { encodeComponentNames } from '../binary/encode-component-names.ts'
import { decode } from '../binary/decode.ts'
import { encode } from '../binary/encode.ts'
import { encodeProducers } from '../binary/producers.ts'
import type {
  Component,
  Definition,
  InstantiateArg,
  NameAttribute,
  Sort,
  SortIndex,
} from '../component/component.ts'
import type { ComponentIndex, InstanceIndex } from '../component/indices.ts'
import { CompositionError } from '../errors.ts'
import { Reporter } from '../validation/reporter.ts'
import { TypeStore } from '../validation/type-store.ts'
import { validate } from '../validation/validate.ts'
import { version } from '../version.ts'
import { bindResources } from '../validation/bound-resources.ts'
import type { Composition } from './composition.ts'
import type { AliasNode, DefinitionNode, InstanceNode, NodeId } from './composition-node.ts'
import { inOrder } from './import-order.ts'
import { interfaceTrack } from '../component/interface-path.ts'
import type { Package } from './package-source.ts'
import { externName } from '../wit/encode-types.ts'
import { sortOf, TypeScope } from './type-scope.ts'

export interface EncodeOptions {
  /**
   * `nest`, the default: each package that is instantiated stands in the component, once. `import`: it is imported, as
   * `unlocked-dep=<namespace:name>`, for tools that fetch packages.
   */
  readonly packages?: 'nest' | 'import' | undefined
}

/**
 * A composition as a component. The same composition always has the same bytes; they were decoded again and are valid.
 *
 * @throws {CompositionError} `package`, where a package is to be nested of which only the type is known; `conflict` and `bound`, where an
 *   import cannot be written
 *
 * @example
 * const adder = await assemble('(component (import "log" (func)) (export "go" (func 0)))')
 * const [graph, instance] = new Composition().add('docs:adder', adder).instantiate('docs:adder')
 * const [aliased, go] = graph.alias(instance, 'go')
 * validate(decode(encodeComposition(aliased.export(go, 'start')))).exports.get('start').kind // function
 */
export function encodeComposition(
  composition: Composition,
  options: EncodeOptions = {},
): Uint8Array<ArrayBuffer> {
  const bytes = encode(new CompositionWriter(composition, options).component())
  validate(decode(bytes))
  return bytes
}

class CompositionWriter {
  readonly #composition: Composition
  readonly #options: EncodeOptions
  readonly #definitions: Definition[] = []
  readonly #store = new TypeStore(new Reporter(), 0)
  readonly #scope = new TypeScope((item) => this.#definitions.push(item), this.#store)
  readonly #imports = new Map<string, SortIndex>()
  readonly #packages = new Map<string, ComponentIndex>()
  readonly #nodes: SortIndex[] = []
  readonly #names = new Map<Sort, Map<number, string>>()

  constructor(composition: Composition, options: EncodeOptions) {
    this.#composition = composition
    this.#options = options
  }

  component(): Component {
    const { nodes, exports } = this.#composition
    this.#import()
    for (const [id, node] of nodes.entries()) {
      const item = this.#node(id as NodeId)
      this.#nodes.push(item)
      if (node.label !== undefined) this.#name(item, node.label)
    }
    for (const [name, id] of exports) {
      if (nodes[id]!.kind === 'definition') continue
      this.#export(name, this.#nodes[id]!, this.#attributesOf(name, id))
    }
    const bytes = this.#customSections()
    return { bytes, range: { start: 0, end: bytes.length }, definitions: this.#definitions }
  }

  #import(): void {
    const { openImports } = this.#composition
    for (const { type } of openImports.values()) bindResources(this.#store, type)
    const keys = new Map(Array.from(openImports, ([key, each]) => [each, key]))
    for (const each of inOrder(openImports, this.#store)) {
      const type = this.#scope.externSyntax(each.type)
      const name = externName(each.name, each.attributes)
      this.#definitions.push({ kind: 'import', name, type, offset: 0 })
      const index = this.#scope.bringIn(each.type)
      this.#imports.set(keys.get(each)!, { sort: sortOf(each.type), index })
    }
  }

  #node(id: NodeId): SortIndex {
    const node = this.#composition.nodes[id]!
    switch (node.kind) {
      case 'import':
        return this.#imports.get(interfaceTrack(node.name))!
      case 'instance':
        return this.#instance(node)
      case 'alias':
        return this.#alias(node)
      case 'definition':
        return this.#define(node)
    }
  }

  #instance(node: InstanceNode): SortIndex {
    const one = this.#composition.packages.get(node.package)!
    const args: InstantiateArg[] = Array.from(one.type.imports.keys(), (name) => {
      const given = node.arguments.get(name)
      const item = given === undefined ? this.#imports.get(node.open.get(name)!)! : this.#nodes[given]!
      return { name, item }
    })
    const component = this.#package(one)
    this.#definitions.push({
      kind: 'instance',
      instance: { kind: 'instantiate', component, args },
      offset: 0,
    })
    const index = this.#scope.add('instance')
    this.#scope.lend(index as InstanceIndex, node.type)
    return { sort: 'instance', index }
  }

  #package(one: Package): ComponentIndex {
    const known = this.#packages.get(one.name)
    if (known !== undefined) return known
    if (this.#options.packages === 'import') this.#importPackage(one)
    else this.#nest(one)
    const index = this.#scope.add('component') as ComponentIndex
    this.#packages.set(one.name, index)
    return index
  }

  #nest({ name, component }: Package): void {
    if (!component) {
      throw new CompositionError('package', `only the type of package \`${name}\` is known`, {
        cure: 'add it as a component, or have packages imported: `{ packages: "import" }`',
      })
    }
    this.#definitions.push({ kind: 'component', component, offset: 0 })
  }

  #importPackage({ name, type }: Package): void {
    const [path, wanted] = name.split('@')
    const range = wanted === undefined ? '' : `@{>=${wanted}}`
    bindResources(this.#store, type)
    const index = this.#scope.component(type)
    this.#definitions.push({
      kind: 'import',
      name: externName(`unlocked-dep=<${path}${range}>`),
      type: { kind: 'component', type: index },
      offset: 0,
    })
  }

  #alias({ instance, export: name, type }: AliasNode): SortIndex {
    const target = { kind: 'export', instance: this.#nodes[instance]!.index as InstanceIndex, name } as const
    const sort = sortOf(type)
    this.#definitions.push({ kind: 'alias', sort, target, offset: 0 })
    return { sort, index: this.#scope.bringIn(type) }
  }

  #define({ name, type }: DefinitionNode): SortIndex {
    bindResources(this.#store, type)
    const index = this.#scope.entity(type)
    this.#export(name, { sort: 'type', index })
    return { sort: 'type', index: this.#scope.bringIn(type) }
  }

  #export(name: string, item: SortIndex, attributes?: readonly NameAttribute[]): void {
    const full = externName(name, attributes)
    this.#definitions.push({ kind: 'export', name: full, item, type: undefined, offset: 0 })
  }

  /** What an instance says of a name it says also where that is exported again. */
  #attributesOf(name: string, id: NodeId): readonly NameAttribute[] | undefined {
    const node = this.#composition.nodes[id]!
    if (node.kind !== 'alias' || node.export !== name) return undefined
    const instance = this.#composition.typeOf(node.instance)
    return instance.kind === 'instance' ? instance.attributes?.get(name) : undefined
  }

  #name({ sort, index }: SortIndex, label: string): void {
    const names = this.#names.get(sort) ?? new Map<number, string>()
    this.#names.set(sort, names.set(index, label))
  }

  /** Returns the bytes of their contents. */
  #customSections(): Uint8Array {
    const contents = new ByteWriter()
    const add = (name: string, bytes: Uint8Array): void => {
      const start = contents.length
      contents.bytes(bytes)
      this.#definitions.push({ kind: 'custom', name, range: { start, end: contents.length }, offset: 0 })
    }
    const names = encodeComponentNames({ component: undefined, sorts: this.#names })
    if (names) add('component-name', names)
    add('producers', encodeProducers([{ field: 'processed-by', name: 'tenon', version }]))
    return contents.finish()
  }
}
