/** Types of core modules (Explainer.md, "Core Type Definitions", `core:moduletype`). */
import type {
  CoreCompositeType,
  CoreExternSyntax,
  CoreModuleDeclaration,
  CoreModuleTypeSyntax,
  CoreSubType,
} from '../../component/component.ts'
import type { CoreTypeIndex } from '../../component/indices.ts'
import { takeGlobalType, takeMemoryType, takeSignature, takeTableType } from '../core/parse-core-type.ts'
import type { AtomNode } from '../s-expression.ts'
import type { TokenReader } from '../token-reader.ts'
import { type NamedSubType, namedSubType, recGroup, recType, typeIndexIn } from './core-types.ts'
import type { Cursor } from './cursor.ts'
import { takeIndex } from './references.ts'
import { Scope } from './scope.ts'

/** The declarations of `(module …)`, to the end. `id`: of the type, for aliases that count from it. */
export function moduleType(cursor: Cursor, outer: Scope, id: AtomNode | undefined): CoreModuleTypeSyntax {
  const reader = new ModuleTypeReader(outer, id)
  while (!cursor.done) reader.declaration(cursor.enter('a declaration of a module type'))
  return { kind: 'module', declarations: reader.declarations }
}

class ModuleTypeReader {
  readonly declarations: CoreModuleDeclaration[] = []
  readonly #scope: Scope
  /** Function types that the text defines: signatures that are written out again use them. */
  readonly #functions = new Map<string, CoreTypeIndex>()

  constructor(outer: Scope, id: AtomNode | undefined) {
    this.#scope = new Scope(outer.source, id, outer, ({ kind, ...item }) => {
      if (kind !== 'alias' || !('target' in item) || item.target.kind !== 'outer') return
      const { count, index } = item.target
      this.declarations.push({ kind: 'alias', count, index: index as CoreTypeIndex })
    })
  }

  /**
   *     core:moduledecl ::= (type …) | (rec …) | (alias outer idx idx (type id?))
   *                       | (import name name externtype) | (export name externtype)
   */
  declaration(cursor: Cursor): void {
    switch (cursor.head) {
      case 'type':
        this.#define([namedSubType(cursor, this.#scope)], false)
        return
      case 'rec':
        this.#define(recGroup(cursor, this.#scope), true)
        return
      case 'alias':
        this.#alias(cursor)
        return
      case 'import': {
        const module = cursor.string('the name of a module')
        const name = cursor.string('a name')
        const type = this.#externType(cursor.enter('the type of an import'))
        cursor.end()
        this.declarations.push({ kind: 'import', module, name, type })
        return
      }
      case 'export': {
        const name = cursor.string('a name')
        const type = this.#externType(cursor.enter('the type of an export'))
        cursor.end()
        this.declarations.push({ kind: 'export', name, type })
        return
      }
      default:
        cursor.fail('expected a type, rec, alias, import or export', cursor.list.span)
    }
  }

  #define(types: readonly NamedSubType[], explicit: boolean): void {
    const indices = types.map(({ binding }) => this.#scope.define('core type', binding))
    const type = recType(types, explicit)
    this.declarations.push({ kind: 'type', type })
    const [first] = type.types
    if (!explicit && first?.type.kind === 'func') this.#functions.set(keyOf(first.type), indices[0]!)
  }

  #alias(cursor: Cursor): void {
    if (!cursor.takes('outer')) cursor.expected('`outer`')
    const { count, scope } = this.#scope.resolveOuter(takeIndex(cursor, 'an outer component'))
    const node = takeIndex(cursor, 'an index of a core type')
    const index = (scope ?? this.#scope).resolveHere('core type', node)
    const list = cursor.enters('type') ?? cursor.expected('`(type …)`')
    const binding = list.binding()
    list.end()
    cursor.end()
    this.#scope.alias('core type', { kind: 'outer', count, index }, binding)
  }

  /** `(sort $id? …)`, in the cursor's list. */
  #externType(cursor: Cursor): CoreExternSyntax {
    cursor.binding()
    const { head } = cursor
    if (head === 'func' || head === 'tag') return { kind: head, type: this.#typeUse(cursor) }
    const tokens = cursor.restTokens()
    const type =
      this.#externTypeIn(head, tokens) ??
      cursor.fail('expected a func, table, memory, global or tag', cursor.list.span)
    mustEnd(tokens)
    return type
  }

  #externTypeIn(head: string, tokens: TokenReader): CoreExternSyntax | undefined {
    switch (head) {
      case 'table':
        return takeTableType(tokens, typeIndexIn(this.#scope))
      case 'memory':
        return takeMemoryType(tokens)
      case 'global':
        return takeGlobalType(tokens, typeIndexIn(this.#scope))
      default:
        return undefined
    }
  }

  /** `(type $t)`, a signature, or both: then the signature says nothing new. */
  #typeUse(cursor: Cursor): CoreTypeIndex {
    const named = cursor.enters('type')
    const index = named && this.#scope.resolve('core type', takeIndex(named, 'an index of a core type'))
    named?.end()
    const tokens = cursor.restTokens()
    const { parameters, results } = takeSignature(tokens, typeIndexIn(this.#scope), true)
    mustEnd(tokens)
    if (index !== undefined) return index
    const written = { parameters: parameters.map(({ type }) => type), results }
    const known = this.#functions.get(keyOf(written))
    if (known !== undefined) return known
    // Not one of those that are used again: other toolchains write it each time, too.
    const type: CoreSubType = {
      final: true,
      supertypes: [],
      type: { kind: 'func', ...written },
      shared: false,
    }
    this.declarations.push({ kind: 'type', type: { kind: 'rec', types: [type], explicit: false } })
    return this.#scope.define('core type')
  }
}

function keyOf({ parameters, results }: Omit<CoreCompositeType & { kind: 'func' }, 'kind'>): string {
  return `${parameters.join()} -> ${results.join()}`
}

function mustEnd(tokens: TokenReader): void {
  if (!tokens.atEnd) tokens.expected('the end of the list')
}
