import type { RunnableComponent } from '../runtime/runnable-component.ts'
import { moduleExports } from './module-exports.ts'
import type { ResolvedImport } from './resolve-imports.ts'

export interface ModuleParts {
  /** What messages call the component, and the first line of the module. */
  readonly name: string
  readonly imports: readonly ResolvedImport[]
  /** What messages call a module; its specifier, where nothing is said. */
  readonly shown?: (specifier: string) => string
  /** The specifier of a module whose default export is WASI that grants nothing. */
  readonly wasi: string
  /** The specifier of `imports-from.ts`. */
  readonly importsFrom: string
  /** Statements that import what `instantiate` needs. */
  readonly head: string
  /** An expression for a promise of an instance, of one for its imports. */
  readonly instantiate: (imports: string) => string
}

/**
 * The source of an ES module that instantiates a component when it is evaluated: its exports are the component's, its default
 * export is the instance, unless the component has an export of that name.
 */
export function moduleSource(component: RunnableComponent, parts: ModuleParts): string {
  const exports = moduleExports(component)
  const { shown = (specifier) => specifier } = parts
  const given = parts.imports.map(({ name, keys, instance, specifier = parts.wasi }, i) => {
    return {
      statement: `import * as $import${i} from ${quote(specifier)}`,
      property: `  ${quote(name)}: { keys: ${quote(keys)}, instance: ${instance}, from: ${quote(shown(specifier))}, module: $import${i} },`,
    }
  })
  const imports = given.length === 0 ? '{}' : '$imports'
  const lines = [
    `// ${comment(parts.name)}, as a module`,
    parts.head,
    ...given.map(({ statement }) => statement),
    ...(given.length === 0
      ? []
      : [
          `import { importsFrom } from ${quote(parts.importsFrom)}`,
          `const $imports = importsFrom(${quote(parts.name)}, {`,
          ...given.map(({ property }) => property),
          '})',
        ]),
    `const $instance = await ${parts.instantiate(imports)}`,
    ...exports.map(({ name }, i) => `const $export${i} = $instance.exports[${quote(name)}]`),
    ...exports.map(({ as }, i) => `export { ${as.map((key) => `$export${i} as ${quote(key)}`).join(', ')} }`),
    ...(exports.some(({ as }) => as.includes('default')) ? [] : ['export default $instance']),
  ]
  return `${lines.join('\n')}\n`
}

/** As JavaScript has it, whatever is in it: JSON is a part of the language. */
function quote(value: unknown): string {
  return JSON.stringify(value)
}

/** What could end the line would end the comment. */
function comment(text: string): string {
  return text.replaceAll(/[\r\n\u2028\u2029]/g, ' ')
}
