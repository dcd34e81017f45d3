import { limits } from '../component/limits.ts'
import { primitive } from '../component/resolve-type.ts'
import type { Field, ResourceType, ValueType } from '../component/value-type.ts'
import type { Span } from '../diagnostics/span.ts'
import type { Excluded } from './excluded.ts'
import { kindInWords } from './kind-in-words.ts'
import type { ResourceHandles } from './package.ts'
import type { Identifier, TypeSyntax } from './syntax.ts'
import { brokenType, type Name, type TypeScope } from './type-scope.ts'

const mapKeys: ReadonlySet<string> = new Set([
  'bool',
  'u8',
  'u16',
  'u32',
  'u64',
  's8',
  's16',
  's32',
  's64',
  'char',
  'string',
])

const broken: ResourceType = { kind: 'resource', name: undefined }

/** As {@link brokenType}. */
export const brokenHandles: ResourceHandles = {
  own: { kind: 'own', resource: broken },
  borrow: { kind: 'borrow', resource: broken },
}

/** Looks up the names in types of one scope. The fields tell what was met in the types since {@link begin}. */
export class TypeResolver {
  /** How deep they nest. */
  depth = 0
  borrows = false
  /** The first that a gate leaves out. */
  excluded: Excluded | undefined
  readonly #scope: TypeScope

  constructor(scope: TypeScope) {
    this.#scope = scope
  }

  begin(): void {
    this.depth = 0
    this.borrows = false
    this.excluded = undefined
  }

  optional(syntax: TypeSyntax | undefined, level: number): ValueType | undefined {
    return syntax === undefined ? undefined : this.type(syntax, level)
  }

  /** @param level how many types are around it */
  type(syntax: TypeSyntax, level: number): ValueType {
    if (level >= this.depth) this.depth = level + 1
    switch (syntax.kind) {
      case 'name':
        return this.#named(syntax, level)
      case 'list':
        return { kind: 'list', element: this.type(syntax.element, level + 1), length: syntax.length }
      case 'option':
        return { kind: 'option', type: this.type(syntax.type, level + 1) }
      case 'tuple':
        return { kind: 'tuple', types: syntax.types.map((one) => this.type(one, level + 1)) }
      case 'result': {
        const ok = this.optional(syntax.ok, level + 1)
        return { kind: 'result', ok, error: this.optional(syntax.error, level + 1) }
      }
      case 'stream':
      case 'future':
        return { kind: syntax.kind, element: this.optional(syntax.element, level + 1) }
      case 'map': {
        const key = this.type(syntax.key, level + 1)
        if (!mapKeys.has(key.kind)) this.#refuseKey(syntax)
        return { kind: 'map', key, value: this.type(syntax.value, level + 1) }
      }
      case 'own':
      case 'borrow':
        if (syntax.kind === 'borrow') this.borrows = true
        return this.#handles(syntax.resource)[syntax.kind]
      default:
        return primitive(syntax.kind)
    }
  }

  field(syntax: { readonly name: Identifier; readonly type: TypeSyntax }, level: number): Field {
    return { name: syntax.name.name, type: this.type(syntax.type, level) }
  }

  #named(syntax: Span & { readonly name: string }, level: number): ValueType {
    const found = this.lookUp(syntax.name, syntax)
    if (found === undefined) return brokenType
    const depth = level + found.depth
    if (depth > this.depth) this.depth = depth
    if (depth > limits.typeDepth && found.depth <= limits.typeDepth) this.#refuseDepth(syntax)
    if (found.borrows) this.borrows = true
    const { type, handles } = found.definition
    return handles?.own ?? (type as ValueType)
  }

  #handles(name: Identifier): ResourceHandles {
    const found = this.lookUp(name.name, name)
    if (found === undefined) return brokenHandles
    const { type, handles } = found.definition
    if (handles !== undefined) return handles
    this.#scope.report(name, `type \`${name.name}\` used in a handle must be a resource`, {
      related: [{ ...found.place, text: `this is ${kindInWords(type.kind)}` }],
    })
    return brokenHandles
  }

  /** Undefined for what is wrong or left out. */
  lookUp(name: string, span: Span): Extract<Name, { kind: 'type' }> | undefined {
    const found = this.#scope.lookUp(name, span)
    if (found?.kind === 'type') return found
    this.excluded ??= found
    return undefined
  }

  #refuseKey(syntax: Span): void {
    this.#scope.report(
      syntax,
      'invalid map key type: map keys must be bool, u8, u16, u32, u64, s8, s16, s32, s64, char, or string',
    )
  }

  #refuseDepth(span: Span): void {
    this.#scope.report(span, 'type nesting too deep', {
      notes: [`types nest at most ${limits.typeDepth} deep, those behind names included`],
    })
  }
}
