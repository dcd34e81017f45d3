/** The binary format: bytes ⇄ AST of components, and what the component layer reads of core modules. */
import '../engine.ts'
export { ByteReader } from './byte-reader.ts'
export { ByteWriter } from './byte-writer.ts'
export { type ComponentNames, readComponentName, readComponentNames } from './component-name-section.ts'
export { coreModuleNames } from './core-module-names.ts'
export { readCoreModuleType } from './core-module.ts'
export { type CoreSection, type CoreSectionName, coreSections, customSections } from './core-sections.ts'
export { decode } from './decode.ts'
export { encode } from './encode.ts'
export type { NameMap } from './name-map.ts'
export { type CoreNames, readNameSection } from './name-section.ts'
export { type Producer, readProducers } from './producers.ts'
export {
  type MemoryImports,
  type MemoryType,
  type RewrittenCoreModule,
  rewriteCoreModule,
} from './rewrite-core-module.ts'
