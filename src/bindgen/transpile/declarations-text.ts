/** Declarations for a module that was transpiled. */
import type { Component } from '../../component/component.ts'
import { isLabel } from '../../component/names.ts'
import { decodeWit } from '../../wit/decode-wit.ts'
import type { WitWorld } from '../../wit/package.ts'
import { generateTypes } from '../declarations/generate-types.ts'
import { quote } from '../declarations/identifiers.ts'
import { moduleTypes } from '../declarations/module-types.ts'

/**
 * Files by name. What WIT has no words for, exported core modules and components, is left out.
 *
 * @param stem of the module
 */
export function declarationsText(
  component: Component,
  stem: string,
  runtime: string,
  instantiation: boolean,
): ReadonlyMap<string, string> {
  const { world } = decodeWit(component, { world: isLabel(stem) ? stem : 'component' })
  if (world === undefined) return new Map()
  const from = quote(runtime)
  if (instantiation) return instantiationTypes(world, stem, from)
  const text = moduleTypes(world, { defaultExport: (exports) => `import(${from}).Instance<${exports}>` })
  return new Map([[`${stem}.d.ts`, text]])
}

function instantiationTypes(world: WitWorld, stem: string, from: string): ReadonlyMap<string, string> {
  const more = ({ world: name }: { readonly world: string }): string => {
    const instantiate = (module: string, result: string): string[] => [
      'export declare function instantiate(',
      `  getCoreModule: (file: string) => ${module},`,
      `  imports${world.imports.size === 0 ? '?' : ''}: ${name}['imports'],`,
      `  options?: import(${from}).InstantiateOptions,`,
      `): ${result}`,
    ]
    const instance = `import(${from}).Instance<${name}['exports']>`
    const lines = [
      '/** Instantiates the component: at once, where the core modules are there at once and none of them waits when it starts. */',
      ...instantiate('WebAssembly.Module', instance),
      ...instantiate('WebAssembly.Module | Promise<WebAssembly.Module>', `Promise<${instance}>`),
    ]
    return `${lines.join('\n')}\n`
  }
  const [[, text], ...others] = [...generateTypes(world, { more })] as [
    [string, string],
    ...[string, string][],
  ]
  return new Map([[`${stem}.d.ts`, text], ...others])
}
