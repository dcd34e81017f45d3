import { readFileSync } from 'node:fs'
import { decode } from '../src/binary/index.ts'

/** The core modules of a component and of those nested in it, in the file's order. */
export function coreModules(file: string): Uint8Array<ArrayBuffer>[] {
  const bytes = Uint8Array.from(readFileSync(file))
  return collect(decode(bytes)).map(({ start, end }) => bytes.subarray(start, end))
}

type Component = ReturnType<typeof decode>

function collect(component: Component): Component['range'][] {
  return component.definitions.flatMap((definition) => {
    if (definition.kind === 'core-module') return [definition.range]
    return definition.kind === 'component' ? collect(definition.component) : []
  })
}
