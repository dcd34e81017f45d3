/** A component's core modules, instantiated by the engine alone. */
import { readFileSync } from 'node:fs'
import { decode } from '../src/binary/index.ts'
import { compile } from '../src/compile/compile.ts'
import { glue } from '../src/compile/glue/glue.ts'
import type { CoreArgument, CoreItem } from '../src/compile/plan.ts'
import { ComponentValue } from '../src/runtime/component-value.ts'
import type { Execution } from '../src/runtime/execution.ts'
import { type Imports, linkImports } from '../src/runtime/imports.ts'
import { ModuleStore } from '../src/runtime/module-store.ts'
import { Program } from '../src/runtime/program.ts'
import { wasi } from '../src/wasi/index.ts'

/**
 * Returns what instantiates them, in order and linked with each other, as they are in the file. Functions that are no core
 * code (lowered imports, built-ins) come from an instance that is made before and kept.
 */
export async function coreInstances(file: string): Promise<() => void> {
  const bytes = Uint8Array.from(readFileSync(file))
  const plan = compile(decode(bytes))
  const modules = new ModuleStore(() => bytes, plan.modules)
  const component = new ComponentValue(new Program(plan, glue, modules))
  const imports: Imports = wasi()
  const live = await component.instantiate({ name: 'kept', bind: linkImports(plan.imports, imports) })
  const steps = plan.steps.flatMap((step) => {
    if (step.kind !== 'instantiate-core-module' || step.module.from !== 'file') return []
    return [{ ...step, compiled: modules.get(step.module.module).original }]
  })
  return () => {
    const made: WebAssembly.Exports[] = []
    for (const { compiled, arguments: args, to } of steps) {
      const given = Object.fromEntries(args.map((one) => [one.name, argument(one, made, live)]))
      made[to] = new WebAssembly.Instance(compiled, given).exports
    }
  }
}

function argument(
  one: CoreArgument,
  made: readonly WebAssembly.Exports[],
  live: Execution,
): WebAssembly.ModuleImports {
  if (one.from === 'core-instance') return made[one.instance]!
  return Object.fromEntries(one.items.map(({ name, item }) => [name, coreItem(item, made, live)]))
}

function coreItem(
  item: CoreItem,
  made: readonly WebAssembly.Exports[],
  live: Execution,
): WebAssembly.ImportValue {
  if (item.from === 'core-instance') return made[item.instance]![item.name]!
  return live.coreFunctions[item.index] as WebAssembly.ImportValue
}
