/** A component as an ES module: the Plan written out, with the glue that the in-memory back end generates. */
import { readComponentNames } from '../../binary/component-name-section.ts'
import { decode } from '../../binary/decode.ts'
import { compile } from '../../compile/compile.ts'
import { validate } from '../../validation/index.ts'
import { version } from '../../version.ts'
import { CoreModules } from './core-modules.ts'
import { commentText } from './literal-text.ts'
import { ModuleText } from './module-text.ts'
import { PlanText } from './plan-text.ts'

export interface TranspileOptions {
  /** What the names of the files begin with. Default: the component's own name, or `component`. */
  readonly name?: string | undefined
  /**
   * The module exports `instantiate(getCoreModule, imports, options)` and runs nothing by itself. `getCoreModule` gets the name of a
   * file and returns the compiled module, or a promise of it: where it returns modules, `instantiate` returns the instance itself.
   */
  readonly instantiation?: boolean | undefined
  /** The specifier of the runtime that the module imports. Default: `tenon/transpiled`. */
  readonly runtime?: string | undefined
}

export interface Transpiled {
  /** By name: the module (`NAME.js`), and the core modules that lie beside it. */
  readonly files: ReadonlyMap<string, string | Uint8Array>
}

/**
 * Writes a component as a module that needs no code generation at run time: core modules lie beside it, everything else is
 * JavaScript.
 *
 * @throws {DecodeError} malformed bytes
 * @throws {ValidationError} well-formed but not valid
 * @throws {TenonError} limit, unsupported
 *
 * @example
 * const { files } = transpile(bytes, { name: 'adder', instantiation: true })
 * [...files.keys()] // ['adder.js', 'adder.core.wasm']
 */
export function transpile(bytes: Uint8Array, options: TranspileOptions = {}): Transpiled {
  const syntax = decode(bytes)
  validate(syntax)
  const plan = compile(syntax)
  const name = options.name ?? readComponentNames(syntax).component ?? 'component'
  const module = new ModuleText(name)
  const core = new CoreModules(module, name, bytes, plan.modules)
  const instantiate = new PlanText(module, plan, core).declare()
  const text = instantiationText(module, instantiate)
  const runtime = JSON.stringify(options.runtime ?? 'tenon/transpiled')
  const source = [
    `// ${commentText(name)}, made by tenon ${version}: transpile the component anew instead of changing it here`,
    `import { ${module.used.join(', ')} } from ${runtime}`,
    '',
    ...module.declarations,
    '',
    ...text,
    '',
  ].join('\n')
  return { files: new Map<string, string | Uint8Array>([[`${name}.js`, source], ...module.files]) }
}

function instantiationText(module: ModuleText, instantiate: string): readonly string[] {
  const files = module.declare('files', module.data([...module.files.keys()]))
  const provided = module.provided.map(({ kind, key, module: place }) => {
    return `  [${module.data(kind)}, ${module.data(key)}, modules[${place}]],`
  })
  const provide = provided.length === 0 ? [] : [`${module.use('provideModules')}([`, ...provided, '])']
  const lines = [...provide, `return ${instantiate}(modules, imports, options)`]
  return [
    'export function instantiate(getCoreModule, imports = {}, options = {}) {',
    `  return ${module.use('withCoreModules')}(${files}, getCoreModule, (modules) => {`,
    ...lines.map((line) => `    ${line}`),
    '  })',
    '}',
  ]
}
