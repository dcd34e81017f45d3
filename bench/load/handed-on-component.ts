/**
 * Makes a large component of few, large interfaces, which each component hands to the one in it, and gets back from it: as deep as
 * components may be nested, with many resource types.
 */
import type { Declaration, Definition } from '../../src/component/component.ts'
import type { ComponentIndex, TypeIndex } from '../../src/component/indices.ts'
import { alias, Declarations, exported, filled, instance, named, nested } from './definitions.ts'

/** The component of the file is around them. A file may have 1,000: the interface is large enough for 20 MB in fewer. */
const depth = 90
const resources = 72
const records = 200

/** A component of at least so many bytes. */
export function handedOnComponent(bytes: number): Uint8Array {
  return filled(bytes, (chain) => level(depth, `example:storage${chain}/tables@1.0.0`, tables(chain)))
}

function level(rest: number, interfaceName: string, declarations: readonly Declaration[]): Definition[] {
  const imports: Definition[] = [
    { kind: 'type', offset: 0, type: { kind: 'instance', declarations } },
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
    nested(level(rest - 1, interfaceName, declarations)),
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

/** Each chain has other ones. */
function tables(chain: number): readonly Declaration[] {
  const declarations = new Declarations()
  const codes = ['no-such-row', 'locked', 'no-space', `closed${chain}`]
  const code = declarations.name('error-code', declarations.value({ kind: 'enum', names: codes }))
  const rows: TypeIndex[] = []
  for (let i = 0; i < records; i++) {
    const fields = [
      { name: 'parent', type: i === 0 ? 'u64' : rows[i >> 1]! },
      { name: 'contents', type: 'string' },
    ] as const
    rows.push(declarations.name(`row${i}`, declarations.value({ kind: 'record', fields })))
  }
  for (let i = 0; i < resources; i++) {
    const table = declarations.resource(`table${i}`)
    const self = declarations.value({ kind: 'borrow', type: table })
    const own = declarations.value({ kind: 'own', type: table })
    const result = declarations.value({ kind: 'result', ok: own, error: code })
    for (const [k, method] of ['find-row-by-key', 'insert-row', 'delete-row', 'share-with'].entries()) {
      const parameters = [
        { name: 'self', type: self },
        { name: 'row', type: rows[(i + k) % records]! },
      ]
      declarations.function(`[method]table${i}.${method}`, { parameters, result })
    }
  }
  return declarations.list
}
