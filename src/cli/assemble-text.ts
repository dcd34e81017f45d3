import { TenonError } from '../errors.ts'

/** WebAssembly text → bytes. */
export type Assemble = (text: string) => Uint8Array | Promise<Uint8Array>

/** The assembler is an optional package: nothing but `tenon wast` needs it. */
const assembler = '@bytecodealliance/jco-transpile'

export async function loadAssembler(): Promise<Assemble> {
  try {
    const { parse } = (await import(`${assembler}/wasm-tools`)) as { parse: Assemble }
    return parse
  } catch (error) {
    throw new TenonError('unsupported', `scripts need an assembler: npm install ${assembler}`, {
      cause: error,
    })
  }
}

/** The assembler throws the debug form of a Rust value; this is the message inside of it. */
export function assemblerMessage(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const custom = /kind: Custom\("((?:[^"\\]|\\.)*)"\)/.exec(text)?.[1]
  if (custom !== undefined) return custom.replace(/\\(.)/g, '$1')
  const lexical = /kind: Lex\((\w+)/.exec(text)?.[1]
  // InvalidStringEscape → invalid string escape
  return lexical?.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase() ?? text
}
