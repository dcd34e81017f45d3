import type { FunctionType } from '../component/extern-type.ts'
import { ComponentError, DecodeError, LinkError, TenonError } from '../errors.ts'
import { describeValue, sameValue } from './same-value.ts'
import type { Action, Definition, Directive, Invoke, Script } from './script.ts'
import type { ScriptValue } from './script-value.ts'
import { toValue } from './to-value.ts'

/** What runs the components of a script; the script itself knows neither an assembler nor a runtime. */
export interface Embedding<Component, Instance> {
  /** Text → bytes; throws where the text is malformed. */
  assemble(text: string): Uint8Array | Promise<Uint8Array>
  /** Decodes and validates. */
  load(bytes: Uint8Array): Component | Promise<Component>
  /** `registered`: the instances that the script registered, under their names. */
  instantiate(component: Component, registered: ReadonlyMap<string, Instance>): Instance | Promise<Instance>
  /** The exported function of that name, undefined if there is none. */
  exportedFunction(instance: Instance, name: string): ExportedFunction | undefined
}

export interface ExportedFunction {
  readonly type: FunctionType
  readonly call: (...args: unknown[]) => unknown
}

/** What came of one directive. */
export interface Outcome {
  readonly line: number
  readonly directive: string
  readonly status: 'pass' | 'fail' | 'skip'
  /** Of a failure or a skip. */
  readonly reason?: string
}

/** Says why the directive at a line is not run; undefined if it is. */
export type Skip = (line: number) => string | undefined

/**
 * Runs the directives of a script one after the other, each against what those before it defined. Never throws for
 * what a directive does: that is its outcome.
 */
export async function runScript<Component, Instance>(
  script: Script,
  embedding: Embedding<Component, Instance>,
  skip: Skip = () => undefined,
): Promise<Outcome[]> {
  const run = new ScriptRun(embedding)
  const outcomes: Outcome[] = []
  for (const directive of script.directives) {
    const reason = skip(directive.line)
    const result = reason === undefined ? await run.outcome(directive) : run.skip(directive, reason)
    outcomes.push({ line: directive.line, directive: directive.kind, ...result })
  }
  return outcomes
}

type Result = Pick<Outcome, 'status' | 'reason'>

/** Ends a directive as not run. */
class Skipped extends Error {}

/** A directive that did not come out as it says. */
class Unexpected extends Error {}

class ScriptRun<Component, Instance> {
  readonly #embedding: Embedding<Component, Instance>
  readonly #components = new Map<string | undefined, Component>()
  readonly #instances = new Map<string | undefined, Instance>()
  readonly #registered = new Map<string, Instance>()

  constructor(embedding: Embedding<Component, Instance>) {
    this.#embedding = embedding
  }

  async outcome(directive: Directive): Promise<Result> {
    try {
      await this.#run(directive)
      return { status: 'pass' }
    } catch (error) {
      if (error instanceof Skipped) return { status: 'skip', reason: error.message }
      return { status: 'fail', reason: error instanceof Unexpected ? error.message : describeError(error) }
    }
  }

  skip(directive: Directive, reason: string): Result {
    this.#forgetLast(directive)
    return { status: 'skip', reason }
  }

  /** What follows a definition that is skipped or fails must not run against one before it. */
  #forgetLast(directive: Directive): void {
    if (directive.kind === 'instance') forget(this.#instances, directive.id)
    if (directive.kind !== 'component') return
    const { id, onlyDefined } = directive.definition
    forget(this.#components, id)
    if (!onlyDefined) forget(this.#instances, id)
  }

  async #run(directive: Directive): Promise<void> {
    this.#forgetLast(directive)
    switch (directive.kind) {
      case 'component':
        return this.#define(directive.definition)
      case 'instance':
        name(this.#instances, directive.id, await this.#instantiate(directive.definition))
        return
      case 'register':
        this.#registered.set(directive.name, this.#instance(directive.instance))
        return
      case 'invoke':
        await this.#invoke(directive.invoke)
        return
      case 'assert_return':
        return this.#assertReturn(directive.invoke, directive.results)
      case 'assert_trap':
      case 'assert_exhaustion':
        return this.#assertTrap(directive.action, directive.message)
      case 'assert_invalid':
      case 'assert_malformed':
        return this.#assertRejected(directive.definition, directive.kind, directive.message)
      case 'assert_unlinkable':
        return this.#assertUnlinkable(directive.definition, directive.message)
      case 'unknown':
        throw new Skipped(`unknown directive \`${directive.name}\``)
    }
  }

  async #define(definition: Definition): Promise<void> {
    const component = await this.#load(definition)
    name(this.#components, definition.id, component)
    if (definition.onlyDefined) return
    const instance = await this.#embedding.instantiate(component, this.#registered)
    name(this.#instances, definition.id, instance)
  }

  async #load(definition: Definition): Promise<Component> {
    if (definition.sort === 'module') throw new Skipped('core modules are not run')
    return this.#embedding.load(await this.#bytes(definition))
  }

  async #bytes({ form }: Definition): Promise<Uint8Array> {
    return form.kind === 'binary' ? form.bytes : this.#embedding.assemble(form.text)
  }

  async #instantiate(definition: string | undefined): Promise<Instance> {
    const component = this.#components.get(definition)
    if (!component) throw new Skipped(`no component ${definition ?? ''} to instantiate`)
    return this.#embedding.instantiate(component, this.#registered)
  }

  #instance(id: string | undefined): Instance {
    const instance = this.#instances.get(id)
    if (!instance) throw new Skipped(id === undefined ? 'no instance' : `no instance ${id}`)
    return instance
  }

  #exported({ instance, name }: Invoke): ExportedFunction {
    const found = this.#embedding.exportedFunction(this.#instance(instance), name)
    if (!found) throw new Unexpected(`there is no exported function \`${name}\``)
    return found
  }

  async #invoke(invoke: Invoke): Promise<unknown> {
    const { type, call } = this.#exported(invoke)
    if (invoke.args.length !== type.parameters.length) {
      throw new Unexpected(
        `\`${invoke.name}\` takes ${type.parameters.length} arguments, found ${invoke.args.length}`,
      )
    }
    const args = invoke.args.map((arg, index) => toValue(arg, type.parameters[index]!.type))
    if (type.result?.kind !== 'result') return call(...args)
    // A function's own `result` is a value for the script, returned or thrown.
    try {
      return { tag: 'ok', val: await call(...args) }
    } catch (error) {
      if (error instanceof ComponentError) return { tag: 'err', val: error.payload }
      throw error
    }
  }

  async #assertReturn(invoke: Invoke, results: readonly ScriptValue[]): Promise<void> {
    const { type } = this.#exported(invoke)
    const actual = await this.#invoke(invoke)
    // A function without a result may still be asserted without naming one, and so may one whose result is not compared.
    const [literal] = results
    if (!literal) {
      if (actual !== undefined) throw new Unexpected(`returned ${describeValue(actual)}, wanted nothing`)
      return
    }
    if (!type.result) throw new Unexpected(`returned nothing, wanted ${literal.kind}`)
    const wanted = toValue(literal, type.result)
    if (!sameValue(actual, wanted)) {
      throw new Unexpected(`returned ${describeValue(actual)}, wanted ${describeValue(wanted)}`)
    }
  }

  async #assertTrap(action: Action, message: string): Promise<void> {
    await this.#assertThrows(() => this.#act(action), message, 'a trap', isTrap)
  }

  async #act(action: Action): Promise<unknown> {
    switch (action.kind) {
      case 'invoke':
        return this.#invoke(action.invoke)
      case 'instance':
        return this.#instantiate(action.definition)
      case 'component':
        return this.#embedding.instantiate(await this.#load(action.definition), this.#registered)
    }
  }

  async #assertRejected(definition: Definition, kind: string, message: string): Promise<void> {
    if (definition.sort === 'module') throw new Skipped('core modules are not run')
    let bytes: Uint8Array
    try {
      bytes = await this.#bytes(definition)
    } catch (error) {
      return expectMessage(error, message)
    }
    // The text format checks names and indices early, so what is invalid there may be malformed as bytes.
    const isRejection = (error: unknown): boolean =>
      kind === 'assert_malformed' ? error instanceof DecodeError : error instanceof TenonError
    await this.#assertThrows(() => this.#embedding.load(bytes), message, `a rejection (${kind})`, isRejection)
  }

  async #assertUnlinkable(definition: Definition, message: string): Promise<void> {
    const component = await this.#load(definition)
    await this.#assertThrows(
      () => this.#embedding.instantiate(component, this.#registered),
      message,
      'a link error',
      (error) => error instanceof LinkError,
    )
  }

  async #assertThrows(
    body: () => unknown,
    message: string,
    wanted: string,
    isWanted: (error: unknown) => boolean,
  ): Promise<void> {
    try {
      await body()
    } catch (error) {
      if (error instanceof Skipped || error instanceof Unexpected) throw error
      if (!isWanted(error))
        throw new Unexpected(`wanted ${wanted} \`${message}\`, found ${describeError(error)}`)
      return expectMessage(error, message)
    }
    throw new Unexpected(`wanted ${wanted} \`${message}\`, found none`)
  }
}

/** Under its name, if it has one, and as the last of its sort. */
function name<T>(space: Map<string | undefined, T>, id: string | undefined, item: T): void {
  space.set(undefined, item)
  if (id !== undefined) space.set(id, item)
}

function forget<T>(space: Map<string | undefined, T>, id: string | undefined): void {
  space.delete(undefined)
  space.delete(id)
}

/** Traps of the engine and of the runtime, and a stack that overflows, which engines report as a range error. */
function isTrap(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError
}

/** The message must contain the wanted one, without the prefix that one of the reference engines gives all traps. */
function expectMessage(error: unknown, message: string): void {
  const wanted = message.replace(/^wasm trap: /, '')
  const found = error instanceof Error ? error.message : String(error)
  if (!found.includes(wanted)) throw new Unexpected(`wanted the message \`${wanted}\`, found \`${found}\``)
}

function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
