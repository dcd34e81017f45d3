/** Tenon as reference scripts see it: an assembler, and the public API. */
import { decode } from '../../src/binary/index.ts'
import type { FunctionType } from '../../src/component/extern-type.ts'
import { Component, type Instance, type LoadOptions } from '../../src/index.ts'
import { validate } from '../../src/validation/index.ts'
import type { Embedding } from '../../src/wat/run-script.ts'
import { assemble } from './assemble.ts'

interface LiveComponent {
  readonly component: Component
  readonly instance: Instance
}

export function referenceEmbedding(options: LoadOptions = {}): Embedding<Component, LiveComponent> {
  return {
    async assemble(text) {
      try {
        return await assemble(text)
      } catch (error) {
        throw new SyntaxError(assemblerMessage(error))
      }
    },
    async load(bytes) {
      // Loading leaves the code of core modules to the engine, which sees it with the first instance.
      validate(decode(bytes), { checkModule })
      return Component.load(bytes, options)
    },
    async instantiate(component, registered) {
      const imports = Object.fromEntries(
        Array.from(registered, ([name, { instance }]) => [name, instance.exports]),
      )
      return { component, instance: await component.instantiate(imports) }
    },
    exportedFunction({ component, instance }, name) {
      const type = component.exports.find((item) => item.name === name)?.type
      if (type?.kind !== 'function') return undefined
      return { type, call: viewFor(type, instance)[name] as (...args: unknown[]) => unknown }
    },
  }
}

/** Functions of `async` type may wait, all others must not. */
function viewFor(type: FunctionType, instance: Instance): Record<string, unknown> {
  return type.async ? instance.async : instance.exports
}

function checkModule(bytes: Uint8Array): string | undefined {
  try {
    new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>)
    return undefined
  } catch (error) {
    // What the suite calls a type mismatch has many names in the engine.
    return (error as Error).message.replace(
      /not enough arguments on the stack|type error/,
      'type mismatch: $&',
    )
  }
}

/**
 * The assembler reports errors as the debug form of a Rust value; this is the message inside it, in the reference
 * suite's wording.
 */
function assemblerMessage(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const custom = /kind: Custom\("((?:[^"\\]|\\.)*)"\)/.exec(text)?.[1]
  if (custom !== undefined) return custom.replace(/\\(.)/g, '$1')
  const lexical = /kind: Lex\((\w+)/.exec(text)?.[1]
  // InvalidStringEscape → invalid string escape
  if (lexical) return lexical.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase()
  return text
}
