/**
 * Tenon: runs WebAssembly components, from any language, with no transpile step.
 *
 * @example
 * import { Component } from 'tenon'
 *
 * const component = await Component.load('adder.wasm')
 * using adder = await component.instantiate()
 * adder.exports.add(1, 2) // 3
 *
 * @module
 */
import './engine.ts'
import { decode } from './binary/index.ts'
import { literal } from './abi/literal/literal.ts'
import { readComponentName } from './binary/component-name-section.ts'
import { compile } from './compile/compile.ts'
import { fused, withAdapters } from './compile/fuse/fused.ts'
import type { ImportItem } from './compile/plan.ts'
import { describeImport } from './describe-import.ts'
import type { ByteRange, Component as ComponentSyntax } from './component/component.ts'
import type { ComponentType, ExternType } from './component/extern-type.ts'
import { bytesOf, type ComponentSource, nameOf } from './component-source.ts'
import type { BackEnd } from './runtime/back-end.ts'
import { ComponentValue } from './runtime/component-value.ts'
import { beginCompiling, type FileModules, fileModules, ModuleStore } from './runtime/module-store.ts'
import { PlanCache } from './plan-file/plan-cache.ts'
import {
  type Begin,
  type CompiledComponent,
  componentOf,
  decodePlanFile,
  encodePlanFile,
  isPlanFile,
  readPlanFileHead,
} from './plan-file/plan-file.ts'
import { Program } from './runtime/program.ts'
import { RunnableComponent } from './runtime/runnable-component.ts'
import type { AnyWorld, World } from './runtime/world.ts'
import { validate } from './validation/index.ts'
import { version } from './version.ts'
import { printsItself } from './wit/print-itself.ts'

export * from './errors.ts'
export type { ComponentSource } from './component-source.ts'
export type { ComponentType, ExternType, FunctionType, InstanceType } from './component/extern-type.ts'
export type { ResourceType, ValueType } from './component/value-type.ts'
export { type HostFunctionTraits, hostFunction } from './runtime/host-function.ts'
export type { Imports } from './runtime/imports.ts'
export type { CallOutcome, CallWatch, ImportCall, ImportCallEnd, ImportObserver } from './runtime/observe.ts'
export type { Passage, PassageWatch, WatchPassage } from './runtime/watch-passages.ts'
export { type AsyncView, type Exports, Instance, type Statistics } from './runtime/instance.ts'
export { Linker } from './runtime/linker.ts'
export type { InstantiateOptions } from './runtime/runnable-component.ts'
export type { AnyWorld, World } from './runtime/world.ts'

export interface LoadOptions {
  /** For messages; the component's own name, or the file's, where nothing is said. */
  readonly name?: string
  /** How values are moved: by generated code, or by the interpreter where code cannot be generated. */
  readonly backEnd?: BackEnd
  /**
   * `false`: values are moved by the interpreter, and no code is generated. A page whose policy forbids that need not say so, as we notice;
   * but to notice is to try, which browsers report as a violation.
   */
  readonly generateCode?: boolean | undefined
  /**
   * A directory for compiled Plans, which a second start reads instead of decoding and validating. Nobody else may be able
   * to write to it; it is made where there is none, and does not grow without bound. Nothing is kept where nothing is said.
   */
  readonly cache?: string | undefined
  /**
   * Compile core modules at once, beside what else there is to do, and not when the first instance needs them: for
   * whoever will make one in any case.
   */
  readonly eager?: boolean | undefined
}

/** One import or export of a component; `String` of it, or of any type in it, is WIT text. */
export class ComponentItem {
  readonly name: string
  readonly kind: ExternType['kind']
  readonly type: ExternType

  constructor(name: string, type: ExternType) {
    this.name = name
    this.kind = type.kind
    this.type = printsItself(type)
  }

  toString(): string {
    return `${this.name}: ${this.type}`
  }
}

/** A component: loaded, valid and compiled once, it serves any number of independent instances. */
export class Component<W extends World = AnyWorld> extends RunnableComponent<W> {
  /** Where its type is: of a precompiled component, it is read when it is asked for. */
  readonly #declared: { readonly type: ComponentType }
  #imports: readonly ComponentItem[] | undefined
  #exports: readonly ComponentItem[] | undefined

  private constructor(value: ComponentValue, declared: { readonly type: ComponentType }, name: string) {
    super(value, name)
    this.#declared = declared
  }

  /**
   * Reads a component, or one that was precompiled, and makes it ready. Core modules are compiled when the first instance
   * needs them. With the type of its world, which `tenon types` writes, imports and exports are checked by TypeScript; that the
   * component has that world is checked where imports are linked, not here.
   *
   * @throws {DecodeError} malformed bytes
   * @throws {ValidationError} well-formed but not valid
   * @throws {TenonError} limit, unsupported (also what another version of Tenon precompiled), file (the cache)
   *
   * @example
   * const component = await Component.load(new URL('adder.wasm', import.meta.url))
   * component.exports.map(String) // ['add: func(a: s32, b: s32) -> s32']
   */
  static async load<W extends World = AnyWorld>(
    source: ComponentSource | Promise<ComponentSource>,
    options?: LoadOptions,
  ): Promise<Component<W>> {
    const awaited = await source
    return Component.fromBytes<W>(await bytesOf(awaited), { ...nameOf(awaited), ...options })
  }

  /** The same for bytes, at once. They must not change afterwards. */
  static fromBytes<W extends World = AnyWorld>(bytes: Uint8Array, options: LoadOptions = {}): Component<W> {
    const file = isPlanFile(bytes) ? once(() => componentOf(readPlanFileHead(bytes))) : () => bytes
    let made: FileModules | undefined
    const begin: Begin = (ranges, rewritten) => {
      made = fileModules(file, ranges, rewritten)
      if (options.eager) beginCompiling(made)
    }
    const compiled = readOrCompile(bytes, options, begin)
    const { plan } = compiled
    const modules = new ModuleStore(file, plan.modules, made)
    const program = new Program(plan, options.backEnd ?? defaultBackEnd(options.generateCode), modules)
    return new Component(new ComponentValue(program), compiled, options.name ?? compiled.name ?? 'component')
  }

  /**
   * Compiles a component as far as it can be without running it: what `tenon compile` writes. `load` takes the result like
   * a component, without decoding or validating it again; it runs with this version of Tenon only.
   *
   * @throws {DecodeError}
   * @throws {ValidationError}
   * @throws {TenonError} limit, unsupported
   *
   * @example
   * const precompiled = Component.precompile(bytes)
   * using adder = await Component.fromBytes(precompiled).instantiate()
   * adder.exports.add(1, 2) // 3
   */
  static precompile(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    const component = isPlanFile(bytes) ? componentOf(readPlanFileHead(bytes)) : bytes
    const file = encodePlanFile(compileBytes(component), version, component)
    // What nests too deeply to be read is said now.
    void decodePlanFile(file, version).type
    return file
  }

  get type(): ComponentType {
    return this.#declared.type
  }

  /** What it imports, in its order. */
  get imports(): readonly ComponentItem[] {
    this.#imports ??= itemsOf(this.type.imports)
    return this.#imports
  }

  /** What it exports, in its order. */
  get exports(): readonly ComponentItem[] {
    this.#exports ??= itemsOf(this.type.exports)
    return this.#exports
  }

  protected override describe(item: ImportItem): string {
    return describeImport(item)
  }

  protected override exported(component: ComponentValue, path: readonly string[]): object {
    let type: ExternType | undefined = this.type
    for (const name of path) {
      type = type?.kind === 'instance' || type?.kind === 'component' ? type.exports.get(name) : undefined
    }
    const name = path.join('#')
    if (type?.kind !== 'component') {
      const found = type ? `its type is of kind ${type.kind}` : 'its type is unknown'
      throw new TypeError(
        `${name} is exported as a component, but ${found}: a fault of Tenon; report it with the component`,
      )
    }
    return new Component(component, { type }, name)
  }
}

/** A content security policy may forbid to generate code. */
function defaultBackEnd(generateCode = true): BackEnd {
  if (!generateCode) return withAdapters(literal)
  try {
    new Function('')
    return fused
  } catch {
    return withAdapters(literal)
  }
}

function itemsOf(items: ReadonlyMap<string, ExternType>): readonly ComponentItem[] {
  return Array.from(items, ([name, type]) => new ComponentItem(name, type))
}

function readOrCompile(bytes: Uint8Array, { cache }: LoadOptions, begin: Begin): CompiledComponent {
  if (isPlanFile(bytes)) return decodePlanFile(bytes, version, undefined, begin)
  const compile = (): CompiledComponent => compileBytes(bytes, begin)
  return cache === undefined ? compile() : new PlanCache(cache).compiled(bytes, compile, begin)
}

function compileBytes(bytes: Uint8Array, begin?: Begin): CompiledComponent {
  const syntax = decode(bytes)
  begin?.(coreModulesOf(syntax))
  const type = validate(syntax)
  return { name: readComponentName(syntax), type, plan: compile(syntax) }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** All that are defined in a component, and in those inside of it. */
function coreModulesOf({ definitions }: ComponentSyntax): readonly ByteRange[] {
  return definitions.flatMap((definition) => {
    if (definition.kind === 'core-module') return [definition.range]
    return definition.kind === 'component' ? coreModulesOf(definition.component) : []
  })
}
