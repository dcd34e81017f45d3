/**
 * Names as JavaScript people expect them. The exact WIT name always works; a short name exists only where one WIT name
 * maps to it.
 */

/**
 * @example
 * camelCase('get-value') // getValue
 * camelCase('is-XML') // isXml
 */
export function camelCase(label: string): string {
  const [first = '', ...rest] = label.split('-')
  return first.toLowerCase() + rest.map(capitalize).join('')
}

/** For types and resources: `http-request` → `HttpRequest`. */
export function pascalCase(label: string): string {
  return label.split('-').map(capitalize).join('')
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()
}

/**
 * The property of each label of one record or flags type: camelCase, or the WIT name itself where two labels share a
 * camelCase name (`a1` and `a-1`). In the order of the labels.
 *
 * @example
 * propertyNames(['user-id', 'a1', 'a-1']) // ['userId', 'a1', 'a-1']
 */
export function propertyNames(labels: readonly string[]): readonly string[] {
  const owners = new Map<string, number>()
  for (const label of labels) {
    const name = camelCase(label)
    owners.set(name, (owners.get(name) ?? 0) + 1)
  }
  return labels.map((label) => {
    const name = camelCase(label)
    return owners.get(name) === 1 ? name : label
  })
}
