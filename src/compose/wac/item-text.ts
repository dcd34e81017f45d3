import type { ExternType } from '../../component/extern-type.ts'
import { printExtern } from '../type-difference.ts'
import type { Item } from './item.ts'

/** What a name stands for, in one line. `type` is that of a node. */
export function itemText(item: Item, type: ExternType | undefined): string {
  switch (item.kind) {
    case 'node':
      return printExtern(type!)
    case 'interface': {
      const { types, functions } = item.resolved.model
      return `interface { ${[...types.keys(), ...functions.keys()].join(', ')} }`
    }
    case 'world': {
      const { imports, exports } = item.resolved.model
      return `world that imports { ${[...imports.keys()].join(', ')} } and exports { ${[...exports.keys()].join(', ')} }`
    }
    case 'type': {
      const { type: own } = item.definition
      return own.kind === 'resource' ? 'resource' : printExtern({ kind: 'type', bound: 'eq', type: own })
    }
    case 'function-type':
      return `type ${printExtern(item.type)}`
  }
}
