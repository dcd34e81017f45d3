/** What a host gives for an interface, or finds behind one: an object type with its functions and classes. */
import type { WitFunction } from '../../wit/package.ts'
import { printSignature } from './function.ts'
import { propertyKey, quote } from './identifiers.ts'
import { indent, type Lines, separate } from './lines.ts'
import { docsOf } from './resource-class.ts'
import type { Member, Scope } from './scope.ts'

/**
 * The members of a scope as properties. What is given has to have one name; what is found has all that it has at run time,
 * the exact ones referring to the short one.
 */
export function printFace(scope: Scope, name: string, members: readonly Member[]): Lines {
  const body = separate(
    members.map((member) =>
      scope.direction === 'import' ? printGiven(scope, member) : printFound(scope, name, member),
    ),
  )
  const lines = separate([body, printExactMembers(scope)])
  return lines.length === 0
    ? [`export interface ${name} {}`]
    : [`export interface ${name} {`, ...indent(lines), '}']
}

/** Methods take arguments of classes that have more to them than is asked for: users' own. */
function printGiven(scope: Scope, member: Member): Lines {
  const key = propertyKey(givenKey(member))
  switch (member.kind) {
    case 'class':
      return [`${key}: typeof ${scope.identifier(member.definition)}`]
    case 'instance':
      return [`${key}: ${member.type}`]
    case 'function': {
      const { parameters, result } = printSignature(member.function.type, scope.role, scope)
      // Without quotes, it would say how `new` constructs one.
      const name = key === 'new' ? quote(key) : key
      return [...docsOf(scope, member.function), `${name}${parameters}: ${result}`]
    }
  }
}

/** Of an interface the full name: short ones are looked for nowhere. */
function givenKey({ kind, keys }: Member): string {
  return kind === 'instance' && keys[0]!.includes(':') ? keys[0]! : keys.at(-1)!
}

/** Functions may be taken out of their object. */
function printFound(scope: Scope, face: string, member: Member): Lines {
  const key = member.keys.at(-1)!
  const docs = member.kind === 'function' ? docsOf(scope, member.function) : []
  return [
    ...docs,
    `readonly ${propertyKey(key)}: ${typeOf(scope, member)}`,
    ...member.keys.slice(0, -1).map((exact) => `readonly ${propertyKey(exact)}: ${face}[${quote(key)}]`),
  ]
}

function typeOf(scope: Scope, member: Member): string {
  switch (member.kind) {
    case 'class':
      return `typeof ${scope.identifier(member.definition)}`
    case 'instance':
      return member.type
    case 'function':
      return functionType(scope, member.function)
  }
}

export function functionType(scope: Scope, { type }: WitFunction): string {
  const { parameters, result } = printSignature(type, scope.role, scope)
  return `${parameters} => ${result}`
}

/** Constructors, methods and statics also are functions, under their exact names. */
function printExactMembers(scope: Scope): Lines {
  if (scope.role !== 'host-export') return []
  return scope.functions
    .filter(({ name }) => name.startsWith('['))
    .map((member) => `readonly ${quote(member.name)}: ${functionType(scope, member)}`)
}
