/**
 * What modules import that were made of components by a loader or a bundler plugin. Programs import the components:
 * docs/importing.md says how.
 */
import '../engine.ts'

export { importsFrom, type ModuleImport } from './imports-from.ts'
