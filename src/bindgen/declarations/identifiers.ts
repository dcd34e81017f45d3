/** Names of WIT as names in declarations. */
import { camelCase, pascalCase } from '../../component/js-name.ts'

/** What may not name a parameter or a function, in modules and in strict code; and `globalThis`, which leads to what names hide. */
const reserved = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for function globalThis if implements import in instanceof interface let new null package private protected
  public return static super switch this throw true try typeof var void while with yield`.split(/\s+/),
)

export function isReserved(name: string): boolean {
  return reserved.has(name)
}

/**
 * The name of a property as it is written in a declaration.
 *
 * @example
 * propertyKey('getValue') // getValue
 * propertyKey('get-value') // 'get-value'
 */
export function propertyKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name)
}

/** A string literal type. */
export function quote(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1)
  return `'${inner.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/**
 * Identifiers of labels in one scope, PascalCase for types. Of labels that would share one, as `a1` and `a-1` do, each gets a name of
 * its own that is none of the others', with `_` for `-`.
 *
 * @example
 * typeNames(['http-request', 'a1', 'a-1']) // ['HttpRequest', 'a1', 'a_1']
 */
export function typeNames(labels: readonly string[]): readonly string[] {
  return unique(labels, pascalCase)
}

/**
 * The same for parameters, in camelCase; what JavaScript reserves gets a trailing `_`.
 *
 * @example
 * parameterNames(['is-open', 'in']) // ['isOpen', 'in_']
 */
export function parameterNames(labels: readonly string[]): readonly string[] {
  return unique(labels, camelCase).map((name) => (isReserved(name) ? `${name}_` : name))
}

function unique(labels: readonly string[], nameOf: (label: string) => string): readonly string[] {
  const owners = Map.groupBy(labels, nameOf)
  return labels.map((label) => {
    const name = nameOf(label)
    return owners.get(name)!.length === 1 ? name : label.replaceAll('-', '_')
  })
}

/** A name that none of `taken` is, which then takes it. */
export function claim(name: string, taken: Set<string>): string {
  let free = name
  while (taken.has(free)) free += '_'
  taken.add(free)
  return free
}
