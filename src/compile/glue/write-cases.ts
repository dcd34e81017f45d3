import type { Source } from './source.ts'

/** Chooses by a discriminant of the guest's, which may be out of range. */
export function writeCases(
  source: Source,
  discriminant: string,
  count: number,
  writeCase: (index: number) => void,
): void {
  source.block(`switch (${discriminant})`, () => {
    for (let i = 0; i < count; i++) {
      source.line(`case ${i}: {`)
      source.indented(() => {
        writeCase(i)
        source.line('break')
      })
      source.line('}')
    }
    source.line(`default: throw invalidDiscriminant(${discriminant}, ${count})`)
  })
}
