import type { ImportItem } from './compile/plan.ts'
import { printFunction } from './wit/print-function.ts'

/** What an import should be, for messages about one that is not. */
export function describeImport(item: ImportItem): string {
  switch (item.kind) {
    case 'function':
      return `\`${printFunction(item.type)}\``
    case 'instance':
      return `an interface with ${item.exports.map(({ name }) => `\`${name}\``).join(', ') || 'nothing in it'}`
    case 'resource':
      return 'a class'
    case 'core-module':
      return 'a core module (a WebAssembly.Module, or bytes)'
    default:
      return `a ${item.kind}`
  }
}
