import { ByteReader } from '../binary/byte-reader.ts'
import { readCoreModuleType } from '../binary/core-module.ts'
import { coreSections } from '../binary/core-sections.ts'
import { type CoreNames, readNameSection } from '../binary/name-section.ts'
import type { ByteRange } from '../component/component.ts'
import { limits } from '../component/limits.ts'
import type { GuestFrame, Trap } from '../errors.ts'
import { generatedModuleName } from './generated-module.ts'
import type { ModuleStore } from './module-store.ts'

/** One frame of an engine's stack that is in a wasm module. */
interface EngineFrame {
  /** What the engine calls the module: the same for all frames in it. */
  readonly module: string
  readonly function: number
  /** Byte offset in the module, where the engine tells it. */
  readonly offset: number | undefined
}

/** Turns the engine's stacks into the guest's: frames in the core modules of one component, with their names. */
export class Backtracer {
  readonly #store: ModuleStore
  readonly #moduleNames: () => ReadonlyMap<number, string>
  #modules: readonly ModuleCode[] | undefined

  /** @param moduleNames what the component calls its core modules, by where they start; asked for at the first trap */
  constructor(store: ModuleStore, moduleNames: () => ReadonlyMap<number, string>) {
    this.#store = store
    this.#moduleNames = moduleNames
  }

  /** Fills in a trap's backtrace from the engine's error that it replaces. */
  readonly onTrap = (trap: Trap, engineError: unknown): void => {
    if (trap.backtrace.length === 0 && engineError instanceof Error) trap.backtrace = this.frames(engineError)
  }

  frames({ stack = '' }: Error): readonly GuestFrame[] {
    const frames = engineFrames(stack)
    if (frames.length === 0) return []
    this.#modules ??= this.#readModules()
    const modules = whichModules(frames, this.#modules)
    return frames.flatMap((frame) => modules.get(frame.module)?.describe(frame) ?? [])
  }

  #readModules(): readonly ModuleCode[] {
    const names = this.#moduleNames()
    return Array.from({ length: this.#store.count }, (_, index) => new ModuleCode(this.#store, index, names))
  }
}

/**
 * Engines do not say which `WebAssembly.Module` a frame is in; V8's name for it is a hash. But they say at which byte of
 * which function, and hardly two modules have the same function at the same place.
 */
function whichModules(
  frames: readonly EngineFrame[],
  modules: readonly ModuleCode[],
): ReadonlyMap<string, ModuleCode> {
  const found = new Map<string, ModuleCode>()
  for (const [name, together] of Map.groupBy(frames, ({ module }) => module)) {
    const module = modules.find((candidate) => together.every((frame) => candidate.contains(frame)))
    if (module) found.set(name, module)
  }
  return found
}

/**
 *     V8             at add (wasm://wasm/adder.wasm-0a1b2c3d:wasm-function[3]:0x5f)
 *     SpiderMonkey   add@http://…/app.js line 1 > WebAssembly.Module:wasm-function[3]:0x5f
 *     JavaScriptCore <?>.wasm-function[3]@[wasm code]
 */
function engineFrames(stack: string): readonly EngineFrame[] {
  return stack.split('\n').flatMap((line) => {
    const match = /([^\s(@]*?):?wasm-function\[(\d+)\](?::0x([0-9a-f]+))?/.exec(line)
    if (!match || match[1]!.includes(generatedModuleName)) return []
    const [, module = '', index, offset] = match
    return {
      module,
      function: Number(index),
      offset: offset === undefined ? undefined : parseInt(offset, 16),
    }
  })
}

/** Where the functions of one core module are, and what they are called. */
class ModuleCode {
  readonly #store: ModuleStore
  readonly #index: number
  readonly #bytes: Uint8Array
  readonly #range: ByteRange
  /** What the component calls it, if anything. */
  readonly #name: string | undefined
  #bodies: readonly ByteRange[] | undefined
  #imported = 0
  #names: CoreNames | undefined
  #exports: ReadonlyMap<number, string> | undefined

  constructor(store: ModuleStore, index: number, names: ReadonlyMap<number, string>) {
    this.#store = store
    this.#index = index
    this.#bytes = store.bytes
    this.#range = store.get(index).range
    this.#name = names.get(this.#range.start)
  }

  contains({ function: index, offset }: EngineFrame): boolean {
    const body = this.#body(index)
    return body !== undefined && (offset === undefined || this.#offsetIn(body, offset) !== undefined)
  }

  describe({ function: index, offset }: EngineFrame): GuestFrame {
    const body = this.#body(index)
    this.#names ??= readNameSection(this.#bytes, this.#range)
    const { module, functions } = this.#names
    return {
      name: functions.get(index) ?? this.#exportedName(index) ?? `wasm-function[${index}]`,
      module: module ?? this.#name ?? `core module ${this.#index}`,
      offset: body && offset !== undefined ? this.#offsetIn(body, offset) : undefined,
    }
  }

  #body(index: number): ByteRange | undefined {
    this.#bodies ??= this.#readBodies()
    return this.#bodies[index - this.#imported]
  }

  /** The offset in the file's module; code lies elsewhere in the one that was rewritten for instances. */
  #offsetIn(body: ByteRange, offset: number): number | undefined {
    const original = offset - this.#store.get(this.#index).codeShift
    const position = this.#range.start + original
    return position >= body.start && position < body.end ? original : undefined
  }

  /** Modules that were stripped of names still have those of their exports. */
  #exportedName(index: number): string | undefined {
    this.#exports ??= readExportedFunctions(this.#bytes, this.#range)
    return this.#exports.get(index)
  }

  #readBodies(): readonly ByteRange[] {
    const code = coreSections(this.#bytes, this.#range).find(({ name }) => name === 'code')
    if (!code) return []
    const { imports } = readCoreModuleType(this.#bytes, this.#range)
    this.#imported = imports.filter(({ type }) => type.kind === 'func').length
    const reader = new ByteReader(this.#bytes, code.range.start, code.range.end)
    return reader.vector('functions', limits.functions, () => {
      const size = reader.u32()
      const start = reader.position
      reader.skip(size)
      return { start, end: reader.position }
    })
  }
}

function readExportedFunctions(bytes: Uint8Array, range: ByteRange): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  const section = coreSections(bytes, range).find(({ name }) => name === 'export')
  if (!section) return names
  const reader = new ByteReader(bytes, section.range.start, section.range.end)
  reader.vector('exports', limits.exports, () => {
    const name = reader.name()
    const isFunction = reader.byte() === 0x00
    const index = reader.u32()
    if (isFunction && !names.has(index)) names.set(index, name)
  })
  return names
}
