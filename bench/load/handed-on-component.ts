/**
 * Makes a large component of few, large interfaces, which each component hands to the one in it, and gets back from it: as deep as
 * components may be nested, with many resource types.
 */
import type { Declaration, Definition, TypeSyntax, ValueTypeSyntax } from '../../src/component/component.ts'
import type { ComponentIndex, TypeIndex } from '../../src/component/indices.ts'
import { alias, exported, instance, named, nested, repeated } from './definitions.ts'

/** The component of the file is around them. */
const depth = 90
const resources = 6
const records = 10

/** A component of at least so many bytes. */
export function handedOnComponent(bytes: number): Uint8Array {
  return repeated(bytes, () => level(depth))
}

const interfaceName = 'example:storage/tables@1.0.0'

function level(rest: number): Definition[] {
  const imports: Definition[] = [
    { kind: 'type', offset: 0, type: { kind: 'instance', declarations: tables() } },
    {
      kind: 'import',
      offset: 0,
      name: named(interfaceName),
      type: { kind: 'instance', type: 0 as TypeIndex },
    },
  ]
  if (rest === 1) return [...imports, exported(interfaceName, instance(0))]
  return [
    ...imports,
    nested(level(rest - 1)),
    {
      kind: 'instance',
      offset: 0,
      instance: {
        kind: 'instantiate',
        component: 0 as ComponentIndex,
        args: [{ name: interfaceName, item: instance(0) }],
      },
    },
    alias('instance', 1, interfaceName),
    exported(interfaceName, instance(2)),
    alias('type', 2, 'table0'),
    alias('func', 2, '[method]table0.find-row-by-key'),
  ]
}

function tables(): Declaration[] {
  const declarations: Declaration[] = []
  let types = 0
  const define = (type: TypeSyntax): TypeIndex => {
    declarations.push({ kind: 'type', offset: 0, type })
    return types++ as TypeIndex
  }
  const value = (type: ValueTypeSyntax): TypeIndex => define({ kind: 'value', type })
  const name = (label: string, index: TypeIndex): TypeIndex => {
    const bound = { kind: 'eq', index } as const
    declarations.push({ kind: 'export', offset: 0, name: named(label), type: { kind: 'type', bound } })
    return types++ as TypeIndex
  }
  const resource = (label: string): TypeIndex => {
    const bound = { kind: 'sub-resource' } as const
    declarations.push({ kind: 'export', offset: 0, name: named(label), type: { kind: 'type', bound } })
    return types++ as TypeIndex
  }
  const code = name(
    'error-code',
    value({ kind: 'enum', names: ['no-such-row', 'locked', 'no-space', 'closed'] }),
  )
  const rows: TypeIndex[] = []
  for (let i = 0; i < records; i++) {
    const fields = [
      { name: 'parent', type: i === 0 ? 'u64' : rows[i >> 1]! },
      { name: 'contents', type: 'string' },
    ] as const
    rows.push(name(`row${i}`, value({ kind: 'record', fields })))
  }
  for (let i = 0; i < resources; i++) {
    const table = resource(`table${i}`)
    const self = value({ kind: 'borrow', type: table })
    const result = value({ kind: 'result', ok: value({ kind: 'own', type: table }), error: code })
    for (const [k, method] of ['find-row-by-key', 'insert-row', 'delete-row', 'share-with'].entries()) {
      const parameters = [
        { name: 'self', type: self },
        { name: 'row', type: rows[(i + k) % records]! },
      ]
      const type = define({ kind: 'function', async: false, parameters, result })
      const exportName = named(`[method]table${i}.${method}`)
      declarations.push({ kind: 'export', offset: 0, name: exportName, type: { kind: 'function', type } })
    }
  }
  return declarations
}
