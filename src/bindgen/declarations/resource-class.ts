/** Resources as classes: what the host implements, or handles of what a component does. */
import { camelCase } from '../../component/js-name.ts'
import { memberNames } from '../../runtime/names.ts'
import type { TypeDefinition, WitFunction } from '../../wit/package.ts'
import { docComment } from './doc-comment.ts'
import { printSignature, printThrown, type Role } from './function.ts'
import { propertyKey, quote } from './identifiers.ts'
import { indent, type Lines, separate } from './lines.ts'
import type { Scope } from './scope.ts'

interface ClassMember {
  readonly kind: 'constructor' | 'method' | 'static'
  /** Its names on the class, the exact one first; none of a constructor. */
  readonly keys: readonly string[]
  readonly function: WitFunction
}

/**
 * The class of a resource that the scope defines. One whose objects are handles has a private part, so that no other class, however
 * alike, is taken for it: the runtime would refuse it.
 *
 * @param promised the name of the type that has the promise views of methods
 */
export function printClass(
  scope: Scope,
  definition: TypeDefinition,
  prefix: string,
  promised: string,
): Lines {
  const name = scope.identifier(definition)
  const members = membersOf(scope, definition.name)
  const isHandle = scope.role === 'host-export'
  const construct = members.find(({ kind }) => kind === 'constructor')
  const abstract = scope.role === 'host-import' && !construct ? 'abstract ' : ''
  const body = separate([
    isHandle ? ['#private'] : [],
    printConstructor(scope, construct),
    ...members.filter(({ kind }) => kind !== 'constructor').map((member) => printMember(scope, member, name)),
    isHandle && !members.some(({ kind, keys }) => kind === 'method' && keys.includes('async'))
      ? [
          ...docComment({ docs: 'The methods as promises: calls may wait for the host.' }),
          `get async(): ${promised}<${name}>`,
        ]
      : [],
    printDispose(scope),
  ])
  return [...docComment(definition), `${prefix}${abstract}class ${name} {`, ...indent(body), '}']
}

function membersOf(scope: Scope, resource: string): readonly ClassMember[] {
  const members = scope.membersOf(resource)
  const labels = members.flatMap(({ parts }) => (parts.kind === 'constructor' ? [] : parts.label))
  const keys = new Map(keysOf(scope.role, labels).map((names, i) => [labels[i], names]))
  return members.map(({ function: fn, parts }) => {
    const names = parts.kind === 'constructor' ? undefined : keys.get(parts.label)
    return { kind: parts.kind, keys: names ?? [], function: fn }
  })
}

/** Guests are served by other tools, which only change what cannot be otherwise. */
function keysOf(role: Role, labels: readonly string[]): readonly (readonly string[])[] {
  if (!role.startsWith('guest')) return memberNames(labels)
  return labels.map((label) =>
    label === 'constructor' || label === 'prototype' ? [`${label}_`] : [camelCase(label)],
  )
}

function printConstructor(scope: Scope, construct: ClassMember | undefined): Lines {
  if (construct !== undefined) {
    const { type } = construct.function
    const { parameters } = printSignature(type, scope.role, scope)
    return [...docsOf(scope, construct.function), `constructor${parameters}`]
  }
  switch (scope.role) {
    case 'host-import':
      return ['constructor(...args: never[])']
    case 'guest-export':
      return []
    default:
      return ['private constructor()']
  }
}

/** Short names are for people; a handle has the exact ones, too. */
function printMember(scope: Scope, { kind, keys, function: fn }: ClassMember, className: string): Lines {
  const isStatic = kind === 'static'
  const { parameters, result } = printSignature(fn.type, scope.role, scope, { self: !isStatic })
  const modifier = isStatic ? 'static ' : ''
  const key = keys.at(-1)!
  const lines = [...docsOf(scope, fn), `${modifier}${propertyKey(key)}${parameters}: ${result}`]
  if (scope.role !== 'host-export') return lines
  const owner = isStatic ? `(typeof ${className})` : className
  return [
    ...lines,
    ...keys.slice(0, -1).map((exact) => `${modifier}readonly ${propertyKey(exact)}: ${owner}[${quote(key)}]`),
  ]
}

function printDispose(scope: Scope): Lines {
  const key = `[${scope.global('Symbol')}.dispose]`
  switch (scope.role) {
    case 'host-import':
      return [...docComment({ docs: 'Called once, when the last owner drops it.' }), `${key}?(): void`]
    case 'guest-export':
      return [...docComment({ docs: 'Called when the last owner drops it.' }), `${key}?(): void`]
    default:
      return [...docComment({ docs: 'Gives the handle up.' }), `${key}(): void`]
  }
}

export function docsOf(scope: Scope, { docs, stability, type }: WitFunction): Lines {
  const thrown = printThrown(type, scope)
  return docComment({ docs, stability, notes: thrown === undefined ? [] : [thrown] })
}
