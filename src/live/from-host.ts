/** What the host gives, found by names as where a component is instantiated. */
import type { ExternType } from '../component/extern-type.ts'
import { camelCase } from '../component/js-name.ts'
import { exportedFunction } from '../runtime/exported-function.ts'
import { functionCallee } from '../runtime/host-callee.ts'
import { ImportSource } from '../runtime/import-source.ts'
import type { Imports } from '../runtime/imports.ts'
import { isFunction } from '../runtime/link-scope.ts'
import { shortNamesOf } from '../runtime/names.ts'

export function fromHost(host: Imports, name: string): unknown {
  const source = new ImportSource(host)
  return (name.includes(':') ? source.findInterface(name) : source.find([name, camelCase(name)]))?.value
}

/** A member of an interface that the host gives, which may be passed on without it. */
export function memberOf(instance: unknown, name: string, type: ExternType): unknown {
  if (typeof instance !== 'object' || instance === null) return undefined
  const short = shortNamesOf(name, type.kind === 'type' ? 'type' : 'function')
  const value = new ImportSource(instance).find([name, ...short])?.value
  if (type.kind !== 'function' || !isFunction(value) || exportedFunction(value)) return value
  return functionCallee(value, instance)
}
