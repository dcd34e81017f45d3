/** The fields of a component (Explainer.md, "Component Definitions"). */
import { ByteWriter } from '../../binary/byte-writer.ts'
import { encodeComponentNames } from '../../binary/encode-component-names.ts'
import type { ByteRange, Component, Definition, ExternName, Sort } from '../../component/component.ts'
import { parseCoreModule } from '../core/parse-module.ts'
import { inlineAlias } from './aliases.ts'
import { canonLift, coreCanon } from './canon.ts'
import { type Binding, type Cursor, headOf } from './cursor.ts'
import { externName, isAttribute } from './extern-name.ts'
import {
  externType,
  externTypeWithoutId,
  functionTypeUse,
  moduleTypeUse,
  structureTypeUse,
} from './extern-types.ts'
import { coreInstance, instance } from './instances.ts'
import { isNameSection } from './name-section.ts'
import { producersSection } from './producers.ts'
import { externReference, isReference, isSort, reference } from './references.ts'
import { type IndexOf, Scope, type SharedItem } from './scope.ts'
import { sharedDefinition, typeDefinition } from './type-definitions.ts'
import { takeValue } from './value-literal.ts'
import { settle } from './value-types.ts'

type ImportableSort = Exclude<Sort, `core ${string}`> | 'core module'

/** The component whose fields come next, to the end. `outer`: what it stands in. */
export function readComponent(cursor: Cursor, binding: Binding, outer?: Scope): Component {
  return new ComponentReader(cursor, binding, outer).component()
}

class ComponentReader {
  readonly #cursor: Cursor
  readonly #binding: Binding
  readonly #definitions: Definition[] = []
  readonly #scope: Scope
  /** Where the names' section goes, and what it calls the component if that is not its identifier. */
  #namesAt: number | undefined
  #ownName: { readonly name: string | undefined } | undefined
  #namesOrder: readonly Sort[] | undefined
  /** What `(export "name")` within definitions asks for: it stands behind all of them. */
  readonly #exports: Extract<Definition, { kind: 'export' }>[] = []
  /** Core modules, custom sections and values: what definitions hold as ranges. */
  readonly #payload = new ByteWriter()

  constructor(cursor: Cursor, binding: Binding, outer: Scope | undefined) {
    this.#cursor = cursor
    this.#binding = binding
    this.#scope = new Scope(cursor.source, binding.id, outer, (item: SharedItem) =>
      this.#definitions.push(item),
    )
  }

  component(): Component {
    while (!this.#cursor.done) this.#field(this.#cursor.enter('a component field'))
    for (const definition of this.#exports) {
      this.#definitions.push(definition)
      this.#scope.define(definition.item.sort)
    }
    this.#addNames()
    const bytes = this.#payload.finish()
    return { bytes, range: { start: 0, end: bytes.length }, definitions: this.#definitions }
  }

  /** The section with all names: at the end, unless the text has a place for it or its bytes. */
  #addNames(): void {
    if (this.#definitions.some(isNameSection)) return
    const component = this.#ownName === undefined ? this.#binding.name : this.#ownName.name
    const names = encodeComponentNames({ component, sorts: this.#scope.names }, this.#namesOrder)
    if (!names) return
    const section: Definition = {
      kind: 'custom',
      offset: 0,
      name: 'component-name',
      range: this.#keep(names),
    }
    this.#definitions.splice(this.#namesAt ?? this.#definitions.length, 0, section)
  }

  readonly #fields: Readonly<Record<string, (cursor: Cursor) => void>> = {
    'core module': (cursor) => this.#coreModule(cursor),
    'core instance': (cursor) => this.#coreInstance(cursor),
    'core func': (cursor) => this.#coreFunc(cursor),
    'core table': (cursor) => this.#onlyAlias(cursor, 'core table'),
    'core memory': (cursor) => this.#onlyAlias(cursor, 'core memory'),
    'core global': (cursor) => this.#onlyAlias(cursor, 'core global'),
    'core tag': (cursor) => this.#onlyAlias(cursor, 'core tag'),
    component: (cursor) => this.#component(cursor),
    instance: (cursor) => this.#instance(cursor),
    func: (cursor) => this.#func(cursor),
    canon: (cursor) => this.#canon(cursor),
    type: (cursor) => this.#type(cursor),
    import: (cursor) => this.#import(cursor),
    export: (cursor) => this.#export(cursor),
    start: (cursor) => this.#start(cursor),
    value: (cursor) => this.#value(cursor),
    '@custom': (cursor) => this.#custom(cursor.string('the name of a custom section'), cursor.bytes()),
    '@names': (cursor) => this.#placeNames(cursor),
    '@producers': (cursor) => this.#custom('producers', producersSection(cursor)),
  }

  #field(cursor: Cursor): void {
    const read = Object.hasOwn(this.#fields, cursor.head) ? this.#fields[cursor.head] : undefined
    if (read) read(cursor)
    else if (!sharedDefinition(cursor, this.#scope)) {
      cursor.fail(`expected a component field, found \`(${cursor.head} …)\``, cursor.list.span)
    }
  }

  /** `(core module $id? (export …)* field*)`, or `(core module $id? (export …)* (import "name") moduletype)` */
  #coreModule(cursor: Cursor): void {
    const binding = cursor.binding()
    const exports = this.#inlineExports(cursor)
    const imported = this.#inlineImport(cursor)
    if (imported) {
      const type = moduleTypeUse(cursor, this.#scope)
      cursor.end()
      this.#importAs('core module', imported, binding, { kind: 'core-module', type: type() }, exports)
      return
    }
    if (this.#aliasIn(cursor, 'core module', binding, exports)) return
    const bytes = parseCoreModule(cursor.list, cursor.source)
    const range = this.#keep(bytes)
    this.#definitions.push({ kind: 'core-module', offset: 0, range })
    this.#defined('core module', binding, exports)
  }

  #coreInstance(cursor: Cursor): void {
    const binding = cursor.binding()
    if (this.#aliasIn(cursor, 'core instance', binding, [])) return
    const read = coreInstance(cursor, this.#scope, (instance) => {
      this.#definitions.push({ kind: 'core-instance', offset: 0, instance })
      return this.#scope.define('core instance')
    })
    this.#definitions.push({ kind: 'core-instance', offset: 0, instance: read() })
    this.#scope.define('core instance', binding)
  }

  /** `(core func $id? (canon …))` or `(core func $id? (alias core export …))` */
  #coreFunc(cursor: Cursor): void {
    const binding = cursor.binding()
    if (this.#aliasIn(cursor, 'core func', binding, [])) return
    const list = cursor.enters('canon') ?? cursor.expected('`(canon …)` or `(alias …)`')
    const canon = coreCanon(list, this.#scope)
    list.end()
    cursor.end()
    this.#definitions.push({ kind: 'canon', offset: 0, canon: canon() })
    this.#scope.define('core func', binding)
  }

  #onlyAlias(cursor: Cursor, sort: Sort): void {
    const binding = cursor.binding()
    if (!this.#aliasIn(cursor, sort, binding, [])) cursor.expected('`(alias …)`')
  }

  /** `(component $id? (export …)* field*)`, or with an `(import "name")` and a type. */
  #component(cursor: Cursor): void {
    const binding = cursor.binding()
    const exports = this.#inlineExports(cursor)
    const imported = this.#inlineImport(cursor)
    if (imported) {
      const type = structureTypeUse(cursor, this.#scope, undefined)
      cursor.end()
      this.#importAs('component', imported, binding, { kind: 'component', type: type() }, exports)
      return
    }
    if (this.#aliasIn(cursor, 'component', binding, exports)) return
    const component = readComponent(cursor, binding, this.#scope)
    this.#definitions.push({ kind: 'component', offset: 0, component })
    this.#defined('component', binding, exports)
  }

  #instance(cursor: Cursor): void {
    const binding = cursor.binding()
    const exports = this.#inlineExports(cursor)
    const imported = this.#inlineImport(cursor)
    if (imported) {
      const type = structureTypeUse(cursor, this.#scope, undefined)
      cursor.end()
      this.#importAs('instance', imported, binding, { kind: 'instance', type: type() }, exports)
      return
    }
    if (this.#aliasIn(cursor, 'instance', binding, exports)) return
    const read = instance(cursor, this.#scope, (argument) => {
      this.#definitions.push({ kind: 'instance', offset: 0, instance: argument })
      return this.#scope.define('instance')
    })
    this.#definitions.push({ kind: 'instance', offset: 0, instance: read() })
    this.#defined('instance', binding, exports)
  }

  /** `(func $id? (export …)* functype (canon lift …))`, or with an `(import "name")`, or an alias. */
  #func(cursor: Cursor): void {
    const binding = cursor.binding()
    const exports = this.#inlineExports(cursor)
    const imported = this.#inlineImport(cursor)
    if (imported) {
      const type = functionTypeUse(cursor, this.#scope)
      cursor.end()
      this.#importAs('func', imported, binding, { kind: 'function', type: type() }, exports)
      return
    }
    if (this.#aliasIn(cursor, 'func', binding, exports)) return
    const type = functionTypeUse(cursor, this.#scope)
    const list = cursor.enters('canon') ?? cursor.expected('`(canon lift …)`')
    cursor.end()
    if (!list.takes('lift')) list.expected('`lift`')
    const lift = canonLift(list, this.#scope)
    list.end()
    const index = type()
    this.#definitions.push({ kind: 'canon', offset: 0, canon: { ...lift(), type: index } })
    this.#defined('func', binding, exports)
  }

  /** `(canon lift … (func $id? functype))` or `(canon … (core func $id?))` */
  #canon(cursor: Cursor): void {
    if (!cursor.takes('lift')) {
      const canon = coreCanon(cursor, this.#scope)
      const list = cursor.enters('core func') ?? cursor.expected('`(core func …)`')
      cursor.end()
      const binding = list.binding()
      list.end()
      this.#definitions.push({ kind: 'canon', offset: 0, canon: canon() })
      this.#scope.define('core func', binding)
      return
    }
    const lift = canonLift(cursor, this.#scope)
    const list = cursor.enters('func') ?? cursor.expected('`(func …)`')
    cursor.end()
    const binding = list.binding()
    const type = functionTypeUse(list, this.#scope)
    list.end()
    const index = type()
    this.#definitions.push({ kind: 'canon', offset: 0, canon: { ...lift(), type: index } })
    this.#scope.define('func', binding)
  }

  #type(cursor: Cursor): void {
    const binding = cursor.binding()
    const exports = this.#inlineExports(cursor)
    if (this.#aliasIn(cursor, 'type', binding, exports)) return
    const type = typeDefinition(cursor, this.#scope, binding.id)
    const index = this.#scope.type(type(), binding)
    this.#exportLater('type', index, exports)
  }

  /** `(import "name" attribute* externtype)` */
  #import(cursor: Cursor): void {
    const name = externName(cursor)
    const { sort, binding, type } = externType(cursor.enter('the type of an import'), this.#scope)
    cursor.end()
    this.#definitions.push({ kind: 'import', offset: 0, name, type: type() })
    this.#scope.define(sort, binding)
  }

  /** `(export $id? "name" attribute* externidx externtype?)` */
  #export(cursor: Cursor): void {
    const binding = cursor.binding()
    const name = externName(cursor)
    const item = externReference(cursor, this.#scope)
    const type = cursor.done ? undefined : externTypeWithoutId(cursor.enter('a type'), this.#scope)
    cursor.end()
    const ascribed = type?.()
    const exported = item()
    this.#definitions.push({ kind: 'export', offset: 0, name, item: exported, type: ascribed })
    this.#scope.define(exported.sort, binding)
  }

  /** `(start funcidx (value valueidx)* (result (value id?))*)` */
  #start(cursor: Cursor): void {
    const func = reference(cursor, this.#scope, 'func')
    const args: (() => IndexOf['value'])[] = []
    while (isReference(cursor, 'value')) args.push(reference(cursor, this.#scope, 'value'))
    const results: Binding[] = []
    for (let list = cursor.enters('result'); list; list = cursor.enters('result')) {
      const value = list.enters('value') ?? list.expected('`(value …)`')
      list.end()
      results.push(value.binding())
      value.end()
    }
    cursor.end()
    const definition = { func: func(), args: settle(args), results: results.length }
    this.#definitions.push({ kind: 'start', offset: 0, ...definition })
    for (const binding of results) this.#scope.define('value', binding)
  }

  /** `(value $id? valtype val)` */
  #value(cursor: Cursor): void {
    const binding = cursor.binding()
    const { type, bytes } = takeValue(cursor, this.#scope)
    this.#definitions.push({ kind: 'value', offset: 0, type, range: this.#keep(bytes) })
    this.#scope.define('value', binding)
  }

  #custom(name: string, bytes: Uint8Array): void {
    this.#definitions.push({ kind: 'custom', offset: 0, name, range: this.#keep(bytes) })
  }

  /**
   * `(@names own? (sorts sort*)?)`: the place of the section, what it calls the component if that is not its
   * identifier (`none`, or a string), and its subsections if their order is unusual.
   */
  #placeNames(cursor: Cursor): void {
    this.#namesAt = this.#definitions.length
    if (cursor.takes('none')) this.#ownName = { name: undefined }
    else if (cursor.node?.kind === 'string') this.#ownName = { name: cursor.string('a name') }
    const list = cursor.enters('sorts')
    if (list) this.#namesOrder = takeSorts(list)
    cursor.end()
  }

  #keep(bytes: Uint8Array): ByteRange {
    const start = this.#payload.length
    this.#payload.bytes(bytes)
    return { start, end: this.#payload.length }
  }

  #importAs(
    sort: ImportableSort,
    name: ExternName,
    binding: Binding,
    type: Extract<Definition, { kind: 'import' }>['type'],
    exports: readonly ExternName[],
  ): void {
    this.#definitions.push({ kind: 'import', offset: 0, name, type })
    this.#defined(sort, binding, exports)
  }

  #defined(sort: Sort, binding: Binding, exports: readonly ExternName[]): void {
    this.#exportLater(sort, this.#scope.define(sort, binding), exports)
  }

  #exportLater(sort: Sort, index: number, exports: readonly ExternName[]): void {
    for (const name of exports) {
      this.#exports.push({ kind: 'export', offset: 0, name, item: { sort, index }, type: undefined })
    }
  }

  /** `(sort $id? (alias …))` in place of a definition; an alias that is a field of its own names a sort at its end. */
  #aliasIn(cursor: Cursor, sort: Sort, binding: Binding, exports: readonly ExternName[]): boolean {
    const { node } = cursor
    if (node?.kind !== 'list' || node.items.at(-1)?.kind === 'list') return false
    const list = cursor.enters('alias')
    if (!list) return false
    cursor.end()
    this.#exportLater(sort, inlineAlias(list, this.#scope, sort, binding), exports)
    return true
  }

  /** `(export "name" attribute*)*` of a definition; an export of an instance has more. */
  #inlineExports(cursor: Cursor): ExternName[] {
    const names: ExternName[] = []
    while (cursor.nextHead === 'export' && hasOnlyName(cursor)) {
      const list = cursor.enter('an export')
      names.push(externName(list))
      list.end()
    }
    return names
  }

  /** `(import "name" attribute*)` of a definition; an import of a type has more. */
  #inlineImport(cursor: Cursor): ExternName | undefined {
    if (cursor.nextHead !== 'import' || !hasOnlyName(cursor)) return undefined
    const list = cursor.enter('an import')
    const name = externName(list)
    list.end()
    return name
  }
}

/** Whether the list that stands next has a name, with attributes, and nothing more. */
function hasOnlyName(cursor: Cursor): boolean {
  const { node } = cursor
  const items = node?.kind === 'list' ? node.items.slice(1) : []
  const [name, ...rest] = items
  if (!name || (name.kind === 'list' ? headOf(name) !== 'interface' : name.kind !== 'string')) return false
  return rest.every(isAttribute)
}

/** `core-func`, `instance` …, to the end. */
function takeSorts(cursor: Cursor): Sort[] {
  const sorts: Sort[] = []
  while (!cursor.done) {
    const sort = cursor.keyword?.replace('core-', 'core ')
    if (sort === undefined || !isSort(sort)) return cursor.expected('a sort')
    cursor.take()
    sorts.push(sort)
  }
  return sorts
}
