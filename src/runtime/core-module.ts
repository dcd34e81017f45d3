import { ConfinedFunctions } from '../binary/confined-functions.ts'
import { type DefinedFunctionType, ExportedFunctionTypes } from '../binary/exported-function-type.ts'
import { type MemoryImports, rewriteCoreModule } from '../binary/rewrite-core-module.ts'
import type { ByteRange } from '../component/component.ts'
import { DecodeError, ValidationError } from '../errors.ts'
import { readCompileError } from './compile-error.ts'

/** What `rewriteCoreModule` says of a module, beside its bytes. */
export interface LinkedForm {
  readonly memories: MemoryImports | undefined
  readonly start: string | undefined
  readonly codeShift: number
  /** False: it could not be rewritten, and who knows what memories it defines. */
  readonly complete: boolean
}

/** What is instantiated for a core module. */
export interface LinkableModule extends LinkedForm {
  readonly module: WebAssembly.Module
}

/** A core module at run time: as users see it, and as instances need it. */
export interface CoreModule {
  /** For messages. */
  readonly name: string
  readonly original: WebAssembly.Module
  readonly linkable: LinkableModule
  /** As the module defines it; undefined where its bytes are not at hand. */
  functionType?(name: string): DefinedFunctionType | undefined
}

const unchanged: LinkedForm = { memories: undefined, start: undefined, codeShift: 0, complete: true }
const incomplete: LinkedForm = { memories: undefined, start: undefined, codeShift: 0, complete: false }

/** A module that was rewritten before, or left as it is: then it has no form. */
export interface RewrittenBytes {
  readonly bytes: Uint8Array
  readonly form: Omit<LinkedForm, 'complete'> | undefined
}

/** By the modules that users hold: they may come back as imports of another component. */
const exported = new WeakMap<WebAssembly.Module, CoreModule>()

/** What the host gives compiled. There are no bytes that could be rewritten, unless it came out of a component. */
export function compiledModule(module: WebAssembly.Module, name: string): CoreModule {
  return exported.get(module) ?? { name, original: module, linkable: { ...incomplete, module } }
}

/** A core module of which there are bytes. Each form is compiled once, when first needed; all instances share it. */
export class FileModule implements CoreModule {
  name: string
  /** Where it is in its file. */
  readonly range: ByteRange
  readonly #file: () => Uint8Array
  readonly #rewritten: RewrittenBytes | undefined
  #ownBytes: Uint8Array<ArrayBuffer> | undefined
  #original: WebAssembly.Module | undefined
  #linkable: LinkableModule | undefined
  #confined: ConfinedFunctions | undefined
  #types: ExportedFunctionTypes | undefined
  #compiling: Promise<void> | undefined

  /** @param rewritten what `rewriteCoreModule` made of it before */
  constructor(file: () => Uint8Array, range: ByteRange, name: string, rewritten?: RewrittenBytes) {
    this.#file = file
    this.range = range
    this.name = name
    this.#rewritten = rewritten
  }

  /** As in its file, which may have to be made. */
  get #bytes(): Uint8Array<ArrayBuffer> {
    if (!this.#ownBytes) {
      const { start, end } = this.range
      const unchanged = this.#rewritten && !this.#rewritten.form
      this.#ownBytes = plain(unchanged ? this.#rewritten.bytes : this.#file().subarray(start, end))
    }
    return this.#ownBytes
  }

  /** @throws {ValidationError} where the engine refuses it */
  get original(): WebAssembly.Module {
    this.#original ??= this.#compileOriginal()
    exported.set(this.#original, this)
    return this.#original
  }

  /** @throws {ValidationError} where the engine refuses it */
  get linkable(): LinkableModule {
    if (!this.#linkable) {
      const { bytes, form } = this.#rewrite()
      this.#link(form, compiled(bytes))
    }
    return this.#linkable!
  }

  /** By how many bytes the code of its instances lies further back than in the file. */
  get codeShift(): number {
    return this.#linkable?.codeShift ?? 0
  }

  /** Whether a function that it exports calls nothing but functions of the module. */
  isConfined(name: string): boolean {
    this.#confined ??= new ConfinedFunctions(this.#rewritten?.bytes ?? this.#bytes)
    return this.#confined.has(name)
  }

  functionType(name: string): DefinedFunctionType | undefined {
    this.#types ??= new ExportedFunctionTypes(this.#rewritten?.bytes ?? this.#bytes)
    return this.#types.of(name)
  }

  /**
   * Compiles what instances need, beside other modules.
   *
   * @throws {ValidationError} where the engine refuses it
   */
  compile(): Promise<void> {
    this.#compiling ??= this.#compileBeside()
    return this.#compiling
  }

  async #compileBeside(): Promise<void> {
    if (this.#linkable) return
    const { bytes, form } = this.#rewrite()
    this.#link(form, await WebAssembly.compile(bytes).catch(() => undefined))
  }

  #rewrite(): { readonly bytes: Uint8Array<ArrayBuffer>; readonly form: LinkedForm } {
    const before = this.#rewritten
    if (before?.form) return { bytes: plain(before.bytes), form: { ...before.form, complete: true } }
    try {
      const rewritten = rewriteCoreModule(this.#bytes)
      if (!rewritten) return { bytes: this.#bytes, form: unchanged }
      const { bytes, ...form } = rewritten
      return { bytes, form: { ...form, complete: true } }
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      return { bytes: this.#bytes, form: incomplete }
    }
  }

  #link(form: LinkedForm, module: WebAssembly.Module | undefined): void {
    if (this.#linkable) return
    // What the engine has against a module, it says of the original: offsets and all.
    if (!module) this.#linkable = { ...incomplete, module: this.original }
    else this.#linkable = { ...form, module }
    if (module && form === unchanged) this.#original = module
  }

  #compileOriginal(): WebAssembly.Module {
    try {
      return new WebAssembly.Module(this.#bytes)
    } catch (error) {
      if (!(error instanceof WebAssembly.CompileError)) throw error
      const { message, offset = 0 } = readCompileError(error.message)
      throw new ValidationError(`${this.name} is not valid: ${message}`, this.range.start + offset)
    }
  }
}

function compiled(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(bytes)
  } catch {
    return undefined
  }
}

/** WebAssembly takes views of plain ArrayBuffers only; a file in shared memory is copied. */
function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes)
}
