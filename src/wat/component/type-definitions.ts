/** Type definitions (Explainer.md, "Type Definitions"), and the types of components and instances. */
import type {
  CoreType,
  Declaration,
  FunctionTypeSyntax,
  LabelledType,
  TypeSyntax,
} from '../../component/component.ts'
import type { AtomNode } from '../s-expression.ts'
import { aliasDefinition } from './aliases.ts'
import { namedSubType, recGroup, recType, takeCoreValueType } from './core-types.ts'
import type { Cursor } from './cursor.ts'
import { externName } from './extern-name.ts'
import { externType } from './extern-types.ts'
import { moduleType } from './module-type.ts'
import { type Pending, referenceIn } from './references.ts'
import { Scope } from './scope.ts'
import { definedType, labelledType, settle, takePrimitive, valueType } from './value-types.ts'

/** What follows `type $id?`, to the end. */
export function typeDefinition(cursor: Cursor, scope: Scope, id: AtomNode | undefined): Pending<TypeSyntax> {
  const primitive = takePrimitive(cursor)
  const type = primitive ? undefined : typeIn(cursor.enter('a type'), scope, id)
  cursor.end()
  if (type) return type
  return () => ({ kind: 'value', type: { kind: 'primitive', type: primitive! } })
}

function typeIn(cursor: Cursor, scope: Scope, id: AtomNode | undefined): Pending<TypeSyntax> {
  switch (cursor.head) {
    case 'func':
      return functionType(cursor, scope)
    case 'component':
    case 'instance': {
      const kind = cursor.head
      const declarations = declarationsOf(cursor, scope, id)
      return () => ({ kind, declarations })
    }
    case 'resource':
      return resourceType(cursor, scope)
    default: {
      const type = definedType(cursor, scope)
      return () => ({ kind: 'value', type: type() })
    }
  }
}

/** `functype ::= (func async? (param "label" t)* (result t)?)`, after the keyword, to the end of its list. */
function functionType(cursor: Cursor, scope: Scope): Pending<FunctionTypeSyntax> {
  const type = takeFunctionType(cursor, scope)
  cursor.end()
  return type
}

/** The same where more may follow. */
export function takeFunctionType(cursor: Cursor, scope: Scope): Pending<FunctionTypeSyntax> {
  const async = cursor.takes('async')
  const parameters: Pending<LabelledType>[] = []
  for (let list = cursor.enters('param'); list; list = cursor.enters('param')) {
    parameters.push(labelledType(list, scope))
  }
  const list = cursor.enters('result')
  const result = list && valueType(list, scope)
  list?.end()
  return () => ({ kind: 'function', async, parameters: settle(parameters), result: result?.() })
}

/** `(resource (rep t) (dtor core-prefix(funcidx))?)` */
function resourceType(cursor: Cursor, scope: Scope): Pending<TypeSyntax> {
  const list = cursor.enters('rep') ?? cursor.expected('`(rep i32)`')
  const rep = takeCoreValueType(list, scope)
  list.end()
  const option = cursor.enters('dtor')
  const destructor = option && referenceIn(option, scope, 'core func')
  option?.end()
  cursor.end()
  return () => ({ kind: 'resource', rep: rep(), destructor: destructor?.() })
}

/** `componentdecl*` or `instancedecl*`, after the keyword, to the end. `id`: of the type. */
export function declarationsOf(cursor: Cursor, outer: Scope, id: AtomNode | undefined): Declaration[] {
  const declarations: Declaration[] = []
  const scope = new Scope(cursor.source, id, outer, (item) => declarations.push(item))
  const inComponent = cursor.head === 'component'
  while (!cursor.done) {
    const item = cursor.enter('a declaration')
    if (item.head === 'export' || (inComponent && item.head === 'import')) {
      const kind = item.head === 'export' ? 'export' : 'import'
      const name = externName(item)
      const { sort, binding, type } = externType(item.enter(`the type of an ${kind}`), scope)
      item.end()
      declarations.push({ kind, offset: 0, name, type: type() })
      scope.define(sort, binding)
    } else if (!sharedDefinition(item, scope)) {
      item.fail(
        `expected a type, core type, alias,${inComponent ? ' import' : ''} or export, found \`(${item.head} …)\``,
        item.list.span,
      )
    }
  }
  return declarations
}

/** A definition that may stand in components and in their types alike; false for any other. */
export function sharedDefinition(cursor: Cursor, scope: Scope): boolean {
  switch (cursor.head) {
    case 'core type':
      coreTypeDefinition(cursor, scope)
      return true
    case 'core rec': {
      const types = recGroup(cursor, scope)
      scope.coreTypes(
        types.map(({ binding }) => binding),
        () => recType(types, true),
      )
      return true
    }
    case 'type': {
      const binding = cursor.binding()
      const type = typeDefinition(cursor, scope, binding.id)
      scope.type(type(), binding)
      return true
    }
    case 'alias':
      aliasDefinition(cursor, scope)
      return true
    default:
      return false
  }
}

function coreTypeDefinition(cursor: Cursor, scope: Scope): void {
  const { node } = cursor
  const inner = node?.kind === 'atom' ? cursor.list.items[3] : node
  if (inner?.kind === 'list' && inner.items[0]?.kind === 'atom' && inner.items[0].text === 'module') {
    const binding = cursor.binding()
    const type = moduleType(cursor.enter('a module type'), scope, binding.id)
    cursor.end()
    scope.coreTypes([binding], () => type)
    return
  }
  const type = namedSubType(cursor, scope)
  scope.coreTypes([type.binding], (): CoreType => recType([type], false))
}
