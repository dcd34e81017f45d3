/**
 * The lower bound for components that call each other: the core modules of `guests/composed`, linked as they are. Strings and
 * lists go through `copy-by-hand.wat`.
 */
import { readFileSync } from 'node:fs'
import { coreModules } from './core-modules.ts'
import { composedFile, copyByHandFile } from './guests.ts'
import type { Composed } from './values.ts'

type Core = Record<string, (...args: number[]) => number>

export function handLinked(): Composed {
  const modules = coreModules(composedFile).map((bytes) => new WebAssembly.Module(bytes))
  const copyModule = new WebAssembly.Module(readFileSync(copyByHandFile))

  /** A pair of instances of its own, whose strings are checked or not: two callees would be a choice for the engine. */
  const linked = (checked: boolean): Core => {
    const [callee, memory] = modules.slice(0, 2).map((module) => instance(module))
    const { memory: to, realloc, length, add } = callee!
    const from = memory!.memory!
    const copy = instance(copyModule, { from, to: to!, realloc: realloc!, length: length! })
    const unchecked = copy['unchecked-length']!
    return instance(modules[2]!, {
      memory: from,
      add: add!,
      'string-length': checked ? copy['string-length']! : unchecked,
      'bytes-length': unchecked,
    }) as Core
  }
  const [checked, unchecked] = [linked(true), linked(false)]
  return {
    runAdd: checked['run-add']!,
    runString: checked['run-string']!,
    runUnchecked: unchecked['run-string']!,
    runBytes: checked['run-bytes']!,
  }
}

function instance(module: WebAssembly.Module, imports: WebAssembly.ModuleImports = {}): WebAssembly.Exports {
  return new WebAssembly.Instance(module, { '': imports }).exports
}
