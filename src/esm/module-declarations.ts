/** Types of components for those who import them as modules. */
import { moduleTypes } from '../bindgen/declarations/module-types.ts'
import { isLabel } from '../component/names.ts'
import type { WitWorld } from '../wit/package.ts'

/** As the declarations import it: what an instance has whether it is transpiled or not. */
const runtime = "'tenon/transpiled'"

/** The declarations of a world's module: its default export is the instance. */
export function moduleDeclarations(world: WitWorld): string {
  return moduleTypes(world, { defaultExport: (exports) => `import(${runtime}).Instance<${exports}>` })
}

/**
 * Where TypeScript looks for the types of what has no TypeScript in it.
 *
 * @example
 * typesFile('lib/adder.wasm') // 'lib/adder.d.wasm.ts'
 */
export function typesFile(file: string): string {
  return file.replace(/\.([^./\\]*)$/, '.d.$1.ts')
}

/**
 * What the world of a component is called after its file; `root` where that is nothing like a name in WIT.
 *
 * @example
 * worldName('build/my_app.wasm') // 'my-app'
 */
export function worldName(file: string): string {
  const name = file
    .replace(/^.*[/\\]/, '')
    .replace(/\.[^.]*$/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
  return isLabel(name) ? name : 'root'
}
