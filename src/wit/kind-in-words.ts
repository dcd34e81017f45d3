import type { ResourceType, ValueType } from '../component/value-type.ts'

const vowels: ReadonlySet<string> = new Set(['enum', 'error-context', 'option', 'own'])

/** For messages: `a record`, `an enum`, `flags`. */
export function kindInWords(kind: (ValueType | ResourceType)['kind']): string {
  return kind === 'flags' ? kind : `${vowels.has(kind) ? 'an' : 'a'} ${kind}`
}
