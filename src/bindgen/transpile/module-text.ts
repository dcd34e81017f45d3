/** The module as it is written: its imports of the runtime, its declarations, and the core modules beside it. */
import { ByteWriter } from '../../binary/byte-writer.ts'
import { limits } from '../../component/limits.ts'
import { TenonError } from '../../errors.ts'
import { helperNames } from '../../compile/glue/link.ts'
import { type ModuleKind, moduleMark } from '../../runtime/module-cache.ts'
import type { ResourceType } from '../../component/value-type.ts'
import { literalText } from './literal-text.ts'

/** Core modules of the component, or what the runtime would make for itself. */
type FileKind = 'core' | 'plain' | ModuleKind

export class ModuleText {
  /** Core modules by the name of their file. */
  readonly files = new Map<string, Uint8Array>()
  readonly #stem: string
  readonly #counts = new Map<FileKind, number>()
  readonly #atEnd: (() => void)[] = []
  readonly #used = new Set<string>()
  readonly #declarations: string[] = []
  readonly #names = new Map<string, number>()
  #length = 0
  readonly #declared = new Map<object, string>()
  readonly #resources = new Set<object>()
  readonly #texts = new Map<string, string>()
  readonly #provided = new Map<
    string,
    { readonly kind: ModuleKind; readonly key: string; readonly module: number }
  >()

  /** @param stem what the names of files begin with */
  constructor(stem: string) {
    this.#stem = stem
  }

  /** Something of the runtime: returns its name. */
  use(name: string): string {
    this.#used.add(name)
    return name
  }

  /** Imports what generated code names. */
  useAll(code: string): void {
    for (const name of helperNames) if (new RegExp(`\\b${name}\\b`).test(code)) this.use(name)
  }

  get used(): readonly string[] {
    return [...this.#used].sort()
  }

  get declarations(): readonly string[] {
    return this.#declarations
  }

  /** A name that nothing else has. */
  name(hint: string): string {
    const count = this.#names.get(hint) ?? 0
    this.#names.set(hint, count + 1)
    return `${hint}${count}`
  }

  /**
   * A constant of the module; returns its name.
   *
   * @throws {TenonError} limit
   */
  declare(hint: string, text: string, comment?: string): string {
    const name = this.name(hint)
    this.declareAs(name, text, comment)
    return name
  }

  /** The same under a name that was taken before. */
  declareAs(name: string, text: string, comment?: string): void {
    this.#length += text.length
    if (this.#length > limits.transpiledText) {
      throw new TenonError(
        'limit',
        `the module would be longer than ${limits.transpiledText} characters: its functions have too many and too large types`,
      )
    }
    if (comment !== undefined) this.#declarations.push(`// ${comment}`)
    this.#declarations.push(`const ${name} = ${text}`)
  }

  /** The same, once for each text. */
  declareOnce(hint: string, text: string): string {
    const known = this.#texts.get(text)
    if (known !== undefined) return known
    const name = this.declare(hint, text)
    this.#texts.set(text, name)
    return name
  }

  /** From now on, data refers to these: they are what they are by identity. */
  knowResources(types: readonly ResourceType[]): void {
    for (const type of types) this.#resources.add(type)
  }

  /** The name of what is declared for an object when it is first asked for. */
  once(object: object, declare: () => string): string {
    const known = this.#declared.get(object)
    if (known !== undefined) return known
    const name = declare()
    this.#declared.set(object, name)
    return name
  }

  /** Data, in which resource types are what they are everywhere in the module. */
  data(value: unknown): string {
    return literalText(value, (object) => this.#resourceName(object))
  }

  resourceType(type: ResourceType): string {
    return this.#resourceName(type)!
  }

  #resourceName(object: object): string | undefined {
    if (!this.#resources.has(object)) return undefined
    return this.once(object, () => this.declare('type', literalText(object)))
  }

  /** A core module beside the module; returns its place among them. */
  file(bytes: Uint8Array, kind: FileKind): number {
    this.files.set(this.#fileName(kind), bytes)
    return this.files.size - 1
  }

  /** The same where its bytes are only known when all else was written. */
  fileAtEnd(kind: FileKind, encode: () => Uint8Array): number {
    const name = this.#fileName(kind)
    this.files.set(name, new Uint8Array())
    this.#atEnd.push(() => this.files.set(name, encode()))
    return this.files.size - 1
  }

  /** Writes what waits for that. */
  end(): void {
    for (const write of this.#atEnd) write()
  }

  #fileName(kind: FileKind): string {
    const count = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, count)
    return `${this.#stem}.${kind}${count === 1 ? '' : count}.wasm`
  }

  /** Those that not every engine can compile, and that it can do without. */
  get optionalFiles(): readonly string[] {
    const kinds = ['adapters', 'strings', 'wiper']
    return [...this.files.keys()].filter((name) =>
      kinds.some((kind) => name.startsWith(`${this.#stem}.${kind}`)),
    )
  }

  /** A module that the runtime would make for itself, under this key. */
  provide(kind: ModuleKind, key: string, encode: () => Uint8Array): void {
    const id = `${kind} ${key}`
    if (!this.#provided.has(id))
      this.#provided.set(id, { kind, key, module: this.file(marked(encode(), id), kind) })
  }

  get provided(): readonly { readonly kind: ModuleKind; readonly key: string; readonly module: number }[] {
    return [...this.#provided.values()]
  }
}

function marked(bytes: Uint8Array, mark: string): Uint8Array {
  const text = new TextEncoder().encode(mark)
  return new ByteWriter()
    .bytes(bytes)
    .section(0, (contents) => contents.name(moduleMark).bytes(text))
    .finish()
}
