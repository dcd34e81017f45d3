import type { Producer } from '../binary/producers.ts'

/** Tools and languages in one line, without the hashes and dates behind their versions. */
export function producerNames(producers: readonly Producer[]): string {
  const names = producers.map(({ name, version }) => `${name.trim()} ${version.replace(/ \(.*/, '')}`.trim())
  return [...new Set(names)].join(', ')
}
