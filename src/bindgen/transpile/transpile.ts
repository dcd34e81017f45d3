/** A component as an ES module: the Plan written out, with the glue that the in-memory back end generates. */
import { readComponentName } from '../../binary/component-name-section.ts'
import { decode } from '../../binary/decode.ts'
import type { Component } from '../../component/component.ts'
import { compile } from '../../compile/compile.ts'
import { validate } from '../../validation/index.ts'
import { version } from '../../version.ts'
import { CoreModules } from './core-modules.ts'
import type { Collision } from '../../runtime/names.ts'
import { declarationsText } from './declarations-text.ts'
import { exportShape } from '../../runtime/export-shape.ts'
import {
  type AddressOf,
  besideModule,
  instantiationText,
  moduleImportsText,
  moduleText,
  namedExports,
  type TranspiledExport,
} from './esm-text.ts'
import { type ImportedModule, importedModules } from './import-modules.ts'
import { commentText } from './literal-text.ts'
import { ModuleText } from './module-text.ts'
import { planText } from './plan-text.ts'

/** How the first line of each module begins. */
export const madeBy = '// Made by tenon'

export interface TranspileOptions {
  /** What the names of the files begin with. Default: the component's own name, or `component`. */
  readonly name?: string | undefined
  /**
   * The module exports `instantiate(getCoreModule, imports, options)` and runs nothing by itself. `getCoreModule` gets the name of a
   * file and returns the compiled module, or a promise of it: where it returns modules, `instantiate` returns the instance itself.
   */
  readonly instantiation?: boolean | undefined
  /**
   * Where imports come from, of a module that runs the component itself: names and module specifiers. `docs:adder/add` stands for
   * the interface in each version, `docs:adder/*` for all names that begin so; WASI that is not named grants nothing.
   */
  readonly map?: Readonly<Record<string, string>> | undefined
  /** Expressions for the addresses of core modules, where they do not lie beside the module: relative to it, or absolute. */
  readonly addressOf?: AddressOf | undefined
  /** False: no declarations. */
  readonly types?: boolean | undefined
  /** The specifier of the runtime that the module imports. Default: `tenon/transpiled`. */
  readonly runtime?: string | undefined
}

export interface Transpiled {
  /** By name: the module (`NAME.js`), its declarations (`NAME.d.ts`), and the core modules that lie beside it. */
  readonly files: ReadonlyMap<string, string | Uint8Array>
  /** What the component imports, and the modules that it comes from; empty with `instantiation`. */
  readonly imports: readonly ImportedModule[]
  /** What it exports, and under which names a module does. */
  readonly exports: readonly TranspiledExport[]
  /** Short names that no export has, because several would: they have their exact names. */
  readonly collisions: readonly Collision[]
}

/**
 * Writes a component as a module that needs no code generation at run time: core modules lie beside it, everything else is
 * JavaScript.
 *
 * @throws {DecodeError} malformed bytes
 * @throws {ValidationError} well-formed but not valid
 * @throws {TenonError} limit, unsupported
 * @throws {LinkError} imports that come from no module
 *
 * @example
 * const { files } = transpile(bytes, { name: 'adder', instantiation: true })
 * [...files.keys()] // ['adder.js', 'adder.d.ts', 'adder.core.wasm', 'adder.wiper.wasm']
 */
export function transpile(bytes: Uint8Array, options: TranspileOptions = {}): Transpiled {
  const syntax = decode(bytes)
  validate(syntax)
  const plan = compile(syntax)
  const name = options.name ?? nameOf(syntax)
  if (!isFileName(name))
    throw new TypeError(`transpile: ${JSON.stringify(name)} cannot begin the name of a file`)
  const module = new ModuleText(name)
  const core = new CoreModules(module, name, bytes, plan.modules, options.instantiation ?? false)
  const instantiate = planText(module, plan, core)
  module.end()
  const imports = options.instantiation ? [] : importedModules(plan.imports, options.map ?? {})
  const shape = exportShape(plan.exports)
  const exports = namedExports(shape)
  const text = instantiationText(module, instantiate, !options.instantiation)
  if (!options.instantiation) {
    const { addressOf = besideModule } = options
    // Not `push(…)` of all at once: a component may have more exports than a call takes arguments.
    for (const line of ['', ...moduleText(module, name, imports, exports, addressOf)]) text.push(line)
  }
  const runtime = options.runtime ?? 'tenon/transpiled'
  const source = [
    `${madeBy} ${version} from ${commentText(name)}; transpile it anew instead of changing this`,
    ...runtimeText(module.used, runtime),
    ...moduleImportsText(imports),
    '',
    ...module.declarations,
    '',
    ...text,
    '',
  ].join('\n')
  const types =
    options.types === false ? [] : declarationsText(syntax, name, runtime, options.instantiation ?? false)
  const files = new Map<string, string | Uint8Array>([[`${name}.js`, source], ...types, ...module.files])
  return { files, imports, exports, collisions: shape.collisions }
}

/** Constants of the module, because engines look up at each use what is imported, and know what is not. */
function runtimeText(used: readonly string[], runtime: string): string[] {
  return [
    `import { ${used.map((name) => `${name} as ${name}$`).join(', ')} } from ${JSON.stringify(runtime)}`,
    `const ${used.map((name) => `${name} = ${name}$`).join(', ')}`,
  ]
}

/** What a component calls itself may be any text. */
function nameOf(component: Component): string {
  const name = readComponentName(component)
  return name !== undefined && isFileName(name) ? name : 'component'
}

/** Whether files may be called so on every system, and no folder comes into it. Systems count bytes. */
export function isFileName(name: string): boolean {
  const bytes = new TextEncoder().encode(name).length
  return /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(name) && bytes <= 200 && !isDevice(name)
}

/** Windows keeps these for devices, whatever stands behind the first dot. */
function isDevice(name: string): boolean {
  return /^(?:con|prn|aux|nul|(?:com|lpt)[\d¹²³])(?:\.|$)/i.test(name)
}
