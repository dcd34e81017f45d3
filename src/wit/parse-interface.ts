import { functionHabit, semicolonHabit } from './habits.ts'
import { parseAttributes } from './parse-attributes.ts'
import { parseDefinition } from './parse-definition.ts'
import { parseFunction } from './parse-function.ts'
import { parseUse } from './parse-use.ts'
import type {
  Annotations,
  FunctionSyntax,
  FunctionTypeSyntax,
  InterfaceBody,
  InterfaceSyntax,
  ResourceDefinitionSyntax,
  TypeDefinitionSyntax,
  UseSyntax,
} from './syntax.ts'
import type { TokenReader } from './token-reader.ts'

/** `interface-item ::= gate 'interface' id '{' interface-items* '}'` */
export function parseInterface(tokens: TokenReader, annotations: Annotations): InterfaceSyntax {
  tokens.advance()
  const name = tokens.identifier()
  return { kind: 'interface', ...annotations, name, body: parseInterfaceBody(tokens) }
}

export function parseInterfaceBody(tokens: TokenReader): InterfaceBody {
  const uses: UseSyntax[] = []
  const types: TypeDefinitionSyntax[] = []
  const functions: (FunctionSyntax | ResourceDefinitionSyntax)[] = []
  const functionTypes: FunctionTypeSyntax[] = []
  tokens.block(() => {
    const docs = tokens.docs()
    const annotations = { docs, attributes: parseAttributes(tokens) }
    if (tokens.kind === 'use') {
      uses.push(parseUse(tokens, annotations.attributes))
    } else if (tokens.kind === 'id' || tokens.kind === 'explicit-id') {
      functions.push(parseFunction(tokens, annotations))
    } else {
      const type = parseDefinition(tokens, annotations)
      if (type === undefined) return refuseItem(tokens)
      if (type.kind === 'function-type') {
        functionTypes.push(type)
        return
      }
      types.push(type)
      if (type.kind === 'resource') functions.push(type)
    }
  })
  return { uses, types, functions, functionTypes }
}

function refuseItem(tokens: TokenReader): never {
  const { kind } = tokens
  const isFunction = kind === 'func' || kind === 'async' || kind === 'static'
  const isExtern = kind === 'import' || kind === 'export' || kind === 'include'
  const notes = []
  if (isFunction) notes.push(functionHabit)
  if (isExtern) notes.push('that is for worlds: an interface can `use` the types of others')
  if (kind === ';') notes.push(semicolonHabit)
  return tokens.unexpected('a type, a function or `use`', { notes })
}
