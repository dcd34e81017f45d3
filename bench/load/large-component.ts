/**
 * Makes a large component of component sections only: what a composition of very many packages would look like without
 * its core modules. Types, imports, aliases, instances and exports in about the mixture, and with names of the length,
 * that `wit-component` and composition tools write.
 */
import type {
  Declaration,
  Definition,
  LabelledType,
  ValueTypeReference,
  ValueTypeSyntax,
} from '../../src/component/component.ts'
import type { ComponentIndex, TypeIndex } from '../../src/component/indices.ts'
import { encode } from '../../src/binary/encode.ts'
import { alias, component, Declarations, exported, instance, named, nested } from './definitions.ts'

/** A file may have 1,000 components: these are enough for 20 MB in fewer. */
const interfacesPerPackage = 16

/** A component of at least so many bytes. */
export function largeComponent(bytes: number): Uint8Array {
  const size = encode(component(packageComponent(0))).length
  return encode(component(packages(Math.ceil(bytes / size))))
}

/** Packages one after the other: each imports the interfaces that all of them import, and is instantiated with them. */
function packages(count: number): Definition[] {
  const definitions: Definition[] = []
  for (let i = 0; i < interfacesPerPackage; i++) definitions.push(...importedInterface(i, i))
  for (let i = 0; i < count; i++) {
    definitions.push(nested(packageComponent(i)))
    definitions.push({
      kind: 'instance',
      offset: 0,
      instance: {
        kind: 'instantiate',
        component: i as ComponentIndex,
        args: Array.from({ length: interfacesPerPackage }, (_, j) => ({
          name: interfaceName(j),
          item: instance(j),
        })),
      },
    })
    // An exported instance takes an index of its own.
    const made = interfacesPerPackage + 2 * i
    definitions.push(exported(`example:package${i}/everything@1.${i}.0`, instance(made)))
  }
  return definitions
}

function packageComponent(number: number): Definition[] {
  const definitions: Definition[] = []
  let types = 0
  let functions = 0
  for (let i = 0; i < interfacesPerPackage; i++) {
    definitions.push(...importedInterface(i, types))
    types++
    for (const name of ['error-code', 'descriptor-stat', 'descriptor']) {
      definitions.push(alias('type', i, name))
      types++
    }
    for (const name of methods.slice(0, 4)) {
      definitions.push(alias('func', i, `[method]descriptor.${name}`))
      functions++
    }
  }
  for (let i = 0; i < functions; i += 4) {
    definitions.push({
      kind: 'instance',
      offset: 0,
      instance: {
        kind: 'exports',
        exports: [
          { name: named('error-code'), item: { sort: 'type', index: 1 + i } },
          { name: named('descriptor-stat'), item: { sort: 'type', index: 2 + i } },
          { name: named('descriptor'), item: { sort: 'type', index: 3 + i } },
          ...methods.slice(0, 4).map((name, j) => ({
            name: named(`${name}-of-a-descriptor`),
            item: { sort: 'func', index: i + j } as const,
          })),
        ],
      },
    })
    const made = interfacesPerPackage + i / 2
    definitions.push(exported(`example:package${number}/interface${i / 4}@1.0.0`, instance(made)))
  }
  return definitions
}

/** An instance type and an import of it; the type's index must be told. */
function importedInterface(i: number, type: number): Definition[] {
  const name = named(interfaceName(i))
  return [
    { kind: 'type', offset: 0, type: { kind: 'instance', declarations: interfaceDeclarations() } },
    { kind: 'import', offset: 0, name, type: { kind: 'instance', type: type as TypeIndex } },
  ]
}

const interfaceName = (i: number): string => `wasi:filesystem${i}/preopens-and-types@0.2.${i}`

const methods = [
  'read-via-stream',
  'write-via-stream',
  'append-via-stream',
  'advise',
  'get-flags',
  'set-size',
  'set-times-at',
  'read-directory',
  'create-directory-at',
  'metadata-hash',
]

const codes = 'access would-block already bad-descriptor busy deadlock quota exist file-too-large'.split(' ')

/** What stands in `wasi:filesystem/types`, and a bit less of it. */
function interfaceDeclarations(): readonly Declaration[] {
  const declarations = new Declarations()
  const value = (type: ValueTypeSyntax): TypeIndex => declarations.value(type)
  const named = (name: string, type: ValueTypeSyntax): TypeIndex => declarations.name(name, value(type))
  const field = (label: string, type: ValueTypeReference): LabelledType => ({ name: label, type })

  const descriptor = declarations.resource('descriptor')
  const code = named('error-code', { kind: 'enum', names: codes })
  const flags = named('path-flags', { kind: 'flags', names: ['symlink-follow', 'directory', 'sync'] })
  const instant = named('datetime', {
    kind: 'record',
    fields: [field('seconds', 'u64'), field('nanoseconds', 'u32')],
  })
  const maybe = value({ kind: 'option', type: instant })
  const stat = named('descriptor-stat', {
    kind: 'record',
    fields: [
      field('link-count', 'u64'),
      field('size', 'u64'),
      field('data-access-timestamp', maybe),
      field('data-modification-timestamp', maybe),
    ],
  })
  const timestamp = named('new-timestamp', {
    kind: 'variant',
    cases: [
      { name: 'no-change', type: undefined },
      { name: 'now', type: undefined },
      { name: 'timestamp', type: instant },
    ],
  })
  const self = value({ kind: 'borrow', type: descriptor })
  const own = value({ kind: 'own', type: descriptor })
  const bytes = value({ kind: 'list', element: 'u8' })
  const results = [own, bytes, stat, undefined].map((ok) => value({ kind: 'result', ok, error: code }))
  for (const [i, method] of methods.entries()) {
    const parameters = [
      field('self', self),
      field('path-flags', flags),
      field('path', 'string'),
      field('data-access-timestamp', timestamp),
    ].slice(0, 1 + (i % 4))
    declarations.function(`[method]descriptor.${method}`, { parameters, result: results[i % 4] })
  }
  return declarations.list
}
