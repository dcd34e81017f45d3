/** The first pass over the fields of a module: what is called how, so that names may be used before they are defined. */
import type { CoreExternSyntax } from '../../component/component.ts'
import { externSorts } from '../../binary/core-imports.ts'
import type { TokenReader } from '../token-reader.ts'
import type { ModuleScope } from './module-scope.ts'

export type Sort = CoreExternSyntax['kind']

const sorts: ReadonlySet<string> = new Set(externSorts)

/** Whether a keyword names what can be imported and exported. */
export function isSort(keyword: string): keyword is Sort {
  return sorts.has(keyword)
}

/**
 * Defines the names of all fields, but not of types' fields; the tokens go to the end of the list. Returns where the
 * fields stand that define types.
 */
export function nameFields(tokens: TokenReader, scope: ModuleScope): number[] {
  const types: number[] = []
  /** What was defined last of what imports must precede. */
  let defined: string | undefined
  while (!tokens.atEnd) {
    const { span } = tokens.lexer
    if (tokens.lexer.kind === 'annotation') {
      tokens.lexer.next()
      tokens.skipRest()
      continue
    }
    tokens.enter('a field of the module, in parentheses')
    const keyword = tokens.takeKeyword('a field of the module')
    if (keyword === 'type' || keyword === 'rec') types.push(span.start)
    const imports = nameField(tokens, scope, keyword)
    if (imports && defined !== undefined) tokens.fail(`import after ${defined}`, span)
    if (!imports && isSort(keyword) && keyword !== 'tag') {
      defined = keyword === 'func' ? 'function' : keyword
    }
    tokens.skipRest()
  }
  return types
}

/** Whether the field is an import. */
function nameField(tokens: TokenReader, scope: ModuleScope, keyword: string): boolean {
  if (isSort(keyword)) return nameDefinition(tokens, scope, keyword)
  switch (keyword) {
    case 'import':
      nameImports(tokens, scope)
      return true
    case 'rec':
      while (tokens.enters('type')) {
        define(tokens, scope, 'type')
        tokens.skipRest()
      }
      return false
    case 'type':
    case 'elem':
    case 'data':
      define(tokens, scope, keyword)
      return false
    default:
      return false
  }
}

function define(tokens: TokenReader, scope: ModuleScope, sort: Sort | 'type' | 'elem' | 'data'): void {
  const id = tokens.takeIdentifier()
  scope.spaces[sort].define(tokens, id, tokens.takeName())
}

/** `(sort id? (export "…")* (import "…" "…")? …)`; whether it is an import. A segment may be written in it. */
function nameDefinition(tokens: TokenReader, scope: ModuleScope, sort: Sort): boolean {
  define(tokens, scope, sort)
  while (tokens.enters('export')) tokens.skipRest()
  if (tokens.opens('import')) return true
  if (sort !== 'table' && sort !== 'memory') return false
  const segment = sort === 'table' ? 'elem' : 'data'
  while (!tokens.atEnd) {
    if (tokens.opens(segment)) scope.spaces[segment].define(tokens, undefined)
    if (tokens.lexer.kind === '(') tokens.lexer.skipList()
    tokens.lexer.next()
  }
  return false
}

/**
 *     (import "module" "name" (sort id? …))
 *     (import "module" (item "name" (sort id? …))*)
 *     (import "module" (item "name")* (sort …))
 */
function nameImports(tokens: TokenReader, scope: ModuleScope): void {
  tokens.takeText('the name of a module')
  if (tokens.lexer.kind === 'string') {
    tokens.lexer.next()
    nameImport(tokens, scope)
    return
  }
  let untyped = 0
  while (tokens.enters('item')) {
    tokens.takeText('the name of an import')
    if (tokens.atEnd) untyped++
    else nameImport(tokens, scope)
    tokens.leave()
  }
  for (let i = 0; i < untyped; i++) {
    const ahead = tokens.lexer.fork()
    ahead.next()
    if (!isSort(ahead.text)) tokens.expected('the type of the imports')
    scope.spaces[ahead.text].define(tokens, undefined)
  }
}

function nameImport(tokens: TokenReader, scope: ModuleScope): void {
  tokens.enter('the type of the import')
  const { span } = tokens.lexer
  const keyword = tokens.takeKeyword('`func`, `table`, `memory`, `global` or `tag`')
  if (!isSort(keyword)) tokens.fail(`unexpected token: \`${keyword}\` is nothing that can be imported`, span)
  define(tokens, scope, keyword)
  tokens.skipRest()
}
