/** Type definitions of WIT as declarations. */
import type { TypeDefinition } from '../../wit/package.ts'
import { docComment } from './doc-comment.ts'
import { indent, type Lines } from './lines.ts'
import type { Scope } from './scope.ts'
import { quote } from './identifiers.ts'
import { printCase, printFields, printFlags, printStructure } from './value-type.ts'

/** A type that is no resource of the scope's own: `export interface Person { … }`, `export type Size = number`. */
export function printDefinition(scope: Scope, definition: TypeDefinition): Lines {
  return [...docComment(definition), ...printBare(scope, definition)]
}

function printBare(scope: Scope, definition: TypeDefinition): Lines {
  const name = scope.identifier(definition)
  const { type, aliasOf, partDocs } = definition
  if (aliasOf !== undefined && scope.has(aliasOf)) {
    return [`export type ${name} = ${scope.identifier(aliasOf)}`]
  }
  const withDocs = (part: string, line: string): Lines => [...docComment({ docs: partDocs.get(part) }), line]
  switch (type.kind) {
    case 'resource':
      return [`export type ${name} = object`]
    case 'record': {
      const fields = printFields(type.fields, 'either', scope)
      return declareInterface(
        name,
        type.fields.flatMap((field, i) => withDocs(field.name, fields[i]!)),
      )
    }
    case 'flags': {
      const fields = printFlags(type.names)
      return declareInterface(
        name,
        type.names.flatMap((label, i) => withDocs(label, fields[i]!)),
      )
    }
    case 'variant':
      return declareUnion(
        name,
        type.cases.map((one) => withDocs(one.name, `| ${printCase(one, 'either', scope)}`)),
      )
    case 'enum':
      return declareUnion(
        name,
        type.names.map((label) => withDocs(label, `| ${quote(label)}`)),
      )
    default:
      return [`export type ${name} = ${printStructure(type, 'either', scope)}`]
  }
}

function declareInterface(name: string, body: Lines): Lines {
  return [`export interface ${name} {`, ...indent(body), '}']
}

/** In one line where nothing is said of the parts and they are short. */
function declareUnion(name: string, parts: readonly Lines[]): Lines {
  const line = `export type ${name} = ${parts.flat().join(' ').slice(2)}`
  if (parts.every(({ length }) => length === 1) && line.length <= 100) return [line]
  return [`export type ${name} =`, ...indent(parts.flat())]
}
