import type { ImportItem, PlanImport } from '../compile/plan.ts'
import type { LinkError } from '../errors.ts'
import type { ExternRegisters, ExternValue, ExternValues } from './extern-value.ts'
import { linkError } from './link-error.ts'
import { sameFunctionShape } from './same-shape.ts'

/**
 * Puts what comes from other components into the registers for it.
 *
 * @throws {LinkError}
 */
export function bindExterns(
  imports: readonly PlanImport[],
  values: ExternValues,
  registers: ExternRegisters,
): void {
  for (const { name, item } of imports) {
    const value = values.get(name)
    if (value?.kind !== item.kind && item.kind !== 'type')
      throw mismatch(name, `a ${item.kind}`, value && `a ${value.kind}`)
    if (value) bindItem(name, item, value, registers)
  }
}

function bindItem(name: string, item: ImportItem, value: ExternValue, registers: ExternRegisters): void {
  if (item.kind === 'function' && value.kind === 'function') {
    const { type } = value.function.target ? value.function : item
    if (!sameFunctionShape(type, item.type)) throw mismatch(name, 'a function of this type', 'one of another')
    registers.functions[item.register] = value.function
  }
  if (item.kind === 'instance' && value.kind === 'instance')
    bindExterns(item.exports, value.exports, registers)
  if (item.kind === 'resource' && value.kind === 'resource')
    registers.resources[item.resource] = value.resource
  if (item.kind === 'core-module' && value.kind === 'core-module')
    registers.modules[item.register] = value.module
  if (item.kind === 'component' && value.kind === 'component') {
    registers.components[item.register] = value.component
  }
}

function mismatch(name: string, expected: string, actual: string | undefined): LinkError {
  return linkError([{ name, expected, actual, candidates: [] }])
}
