import type { ExternType } from '../component/extern-type.ts'
import { quoted } from './linker-program-names.ts'
import { printExtern } from './type-difference.ts'

/** Whether there is something to it at run time: of types, only resources are classes. */
export function isLive(type: ExternType): boolean {
  return type.kind !== 'type' || type.type.kind === 'resource'
}

/** The type of what a program is given by whoever calls it. */
export function importLines(open: ReadonlyMap<string, ExternType>): string[] {
  if (open.size === 0) return []
  return [
    '/** What nobody in here gives. Names in camelCase are found, too. */',
    'export interface Imports {',
    ...Array.from(open).flatMap(([name, type]) => [
      `  /** ${printExtern(type).replaceAll('*/', '*\\/')} */`,
      `  readonly ${quoted(name)}: ${typeScriptOf(type)}`,
    ]),
    '}',
    '',
  ]
}

function typeScriptOf(type: ExternType): string {
  switch (type.kind) {
    case 'function':
      return '(...args: never[]) => unknown'
    case 'instance':
      return 'Exports'
    case 'type':
      return 'abstract new (...args: never[]) => object'
    case 'core-module':
      return 'WebAssembly.Module | Uint8Array'
    case 'component':
      return 'Component'
    case 'value':
      return 'unknown'
  }
}
