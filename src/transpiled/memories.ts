/** The memories that core modules beside a transpiled module define: they are used again, as those of loaded components are. */
import type { ComponentInstance } from '../runtime/component-instance.ts'
import { makePlainMemory } from '../runtime/make-memory.ts'
import type { MemorySource } from '../runtime/memory-source.ts'
import { providedModule } from '../runtime/module-cache.ts'
import { TreeMemories } from '../runtime/tree-memories.ts'

/** Core modules that define others define them still. */
const plainMemory: MemorySource = {
  make: ({ initial }, maximum) => makePlainMemory(initial, maximum),
  wiper: () => providedModule('wiper'),
}

/** Of a component that the host instantiates, or that one of the tree does. */
export function memoriesOf(parent?: ComponentInstance): TreeMemories {
  return parent?.memories instanceof TreeMemories ? parent.memories : new TreeMemories()
}

/** The imports of a core module that stand for its memories. */
type MemoryImports = Parameters<TreeMemories['take']>[0]

/** What stands for those that a core module defined. */
export function takeMemories(memories: TreeMemories, imports: MemoryImports): WebAssembly.ModuleImports {
  return memories.take(imports, plainMemory)
}
