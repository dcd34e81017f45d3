import type { FormType } from '../../contract/run.ts'
import { brief } from '../brief.ts'

/** A type as a label has room for it: `list<u8>`, `point`, `option<tuple<u8, …>>`. */
export function typeText(type: FormType, depth = 2): string {
  if (depth < 0) return '…'
  const part = (of: FormType | undefined) => (of === undefined ? '_' : typeText(of, depth - 1))
  switch (type.kind) {
    case 'integer':
      return `${type.signed ? 's' : 'u'}${type.bits}`
    case 'float':
      return `f${type.bits}`
    case 'record':
    case 'variant':
    case 'enum':
    case 'flags':
      return brief(type.name ?? type.kind)
    case 'tuple':
      return `tuple<${type.types.slice(0, 4).map(part).join(', ')}${type.types.length > 4 ? ', …' : ''}>`
    case 'option':
      return `option<${part(type.type)}>`
    case 'result':
      if (type.ok === undefined && type.error === undefined) return 'result'
      return type.error === undefined
        ? `result<${part(type.ok)}>`
        : `result<${part(type.ok)}, ${part(type.error)}>`
    case 'list':
      return type.length === undefined
        ? `list<${part(type.type)}>`
        : `list<${part(type.type)}, ${type.length}>`
    case 'map':
      return `map<${part(type.key)}, ${part(type.value)}>`
    case 'own':
      return brief(type.resource)
    case 'borrow':
      return `borrow<${brief(type.resource)}>`
    case 'unsupported':
      return brief(type.type)
    default:
      return type.kind
  }
}
