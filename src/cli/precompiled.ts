import { TenonError } from '../errors.ts'
import { Component } from '../index.ts'
import { componentOf, isPlanFile, readPlanFileHead } from '../plan-file/plan-file.ts'
import { version } from '../version.ts'
import type { ComponentFile } from './read-component.ts'

/**
 * For commands that look at components: what is inside of a file that `tenon compile` wrote. What it would run has to be what it
 * shows: its Plan is compared with that of the component.
 */
export function componentIn(file: ComponentFile): ComponentFile {
  if (!isPlanFile(file.bytes)) return file
  const head = readPlanFileHead(file.bytes)
  const component = componentOf(head)
  // What another version wrote cannot be run, nor compared.
  if (head.version === version && !equal(Component.precompile(component), file.bytes)) {
    throw new TenonError(
      'decode',
      `${file.name}: the Plan in it is not that of the component in it; to compile that anew: tenon compile ${file.name} -o ${file.name}`,
    )
  }
  return { ...file, bytes: component }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
