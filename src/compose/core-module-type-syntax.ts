import type { CoreExternSyntax, CoreModuleDeclaration, CoreModuleTypeSyntax } from '../component/component.ts'
import type { CoreExternType, CoreModuleType } from '../component/extern-type.ts'
import type { CoreTypeIndex } from '../component/indices.ts'
import { TenonError } from '../errors.ts'

type CoreFunction = Extract<CoreExternType, { kind: 'func' | 'tag' }>

/**
 * The type of a core module as it is written.
 *
 * @throws {TenonError} code `unsupported`, where it mentions types that the module defines itself
 *
 * @example
 * const add = { kind: 'func', parameters: ['i32'], results: ['i32'] }
 * coreModuleTypeSyntax({ kind: 'core-module', imports: [], exports: new Map([['add', add]]) }).declarations.length // 2
 */
export function coreModuleTypeSyntax({ imports, exports }: CoreModuleType): CoreModuleTypeSyntax {
  const writer = new Writer()
  for (const { module, name, type } of imports) {
    const syntax = writer.extern(type)
    writer.declarations.push({ kind: 'import', module, name, type: syntax })
  }
  for (const [name, type] of exports) {
    const syntax = writer.extern(type)
    writer.declarations.push({ kind: 'export', name, type: syntax })
  }
  return { kind: 'module', declarations: writer.declarations }
}

class Writer {
  readonly declarations: CoreModuleDeclaration[] = []
  readonly #types = new Map<string, CoreTypeIndex>()

  extern(type: CoreExternType): CoreExternSyntax {
    if (type.kind === 'table') refuseDefined(type.element)
    if (type.kind === 'global') refuseDefined(type.type)
    return type.kind === 'func' || type.kind === 'tag'
      ? { kind: type.kind, type: this.#function(type) }
      : type
  }

  #function({ parameters, results, form }: CoreFunction): CoreTypeIndex {
    for (const each of [...parameters, ...results]) refuseDefined(each)
    if (form?.derived) refuseDefined('(ref 0)')
    const key = JSON.stringify([parameters, results, form])
    const known = this.#types.get(key)
    if (known !== undefined) return known
    const type = {
      final: !form?.open,
      supertypes: [],
      type: { kind: 'func', parameters, results },
      shared: form?.shared ?? false,
    } as const
    const index = this.#types.size as CoreTypeIndex
    this.declarations.push({ kind: 'type', type: { kind: 'rec', types: [type], explicit: false } })
    this.#types.set(key, index)
    return index
  }
}

/** `(ref 3)`: which type that is, the resolved type does not say. */
function refuseDefined(type: string): void {
  if (!/^\(ref (null )?(shared )?[0-9]/.test(type)) return
  throw new TenonError('unsupported', `a core module type that mentions \`${type}\` cannot be imported here`)
}
