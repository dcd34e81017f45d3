/**
 * Reference scripts (`.wast`): a list of directives that define components, call them and say what must come of it.
 * The grammar is that of the Core WebAssembly interpreter, with components in the place of modules.
 */
import type { Source } from '../diagnostics/source.ts'
import {
  type ListNode,
  type Node,
  parseSExpressions,
  stringBytes,
  stringText,
  watError,
} from './s-expression.ts'
import { readScriptValue, type ScriptValue } from './script-value.ts'

export interface Script {
  readonly source: Source
  readonly directives: readonly Directive[]
}

/** `line`: 1-based line of the directive's first character. */
interface At {
  readonly line: number
}

export type Directive = At &
  (
    | { readonly kind: 'component'; readonly definition: Definition }
    /** `(component instance $id $definition)` */
    | { readonly kind: 'instance'; readonly id: string | undefined; readonly definition: string | undefined }
    | { readonly kind: 'register'; readonly name: string; readonly instance: string | undefined }
    | { readonly kind: 'invoke'; readonly invoke: Invoke }
    | { readonly kind: 'assert_return'; readonly invoke: Invoke; readonly results: readonly ScriptValue[] }
    | {
        readonly kind: 'assert_trap' | 'assert_exhaustion'
        readonly action: Action
        readonly message: string
      }
    | {
        readonly kind: 'assert_invalid' | 'assert_malformed' | 'assert_unlinkable'
        readonly definition: Definition
        readonly message: string
      }
    /** A directive that scripts of other proposals have. */
    | { readonly kind: 'unknown'; readonly name: string }
  )

/** What a trap may come from: a call, or an instantiation. */
export type Action =
  | { readonly kind: 'invoke'; readonly invoke: Invoke }
  | { readonly kind: 'component'; readonly definition: Definition }
  | { readonly kind: 'instance'; readonly definition: string | undefined }

/** A call of an export of the named instance, or of the last one. */
export interface Invoke {
  readonly instance: string | undefined
  readonly name: string
  readonly args: readonly ScriptValue[]
}

/** A component (or core module) in a script. */
export interface Definition {
  readonly sort: 'component' | 'module'
  readonly id: string | undefined
  /** `(component definition …)`: not instantiated right away. */
  readonly onlyDefined: boolean
  /** Its bytes, or a text for the assembler. */
  readonly form:
    | { readonly kind: 'binary'; readonly bytes: Uint8Array }
    | { readonly kind: 'text'; readonly text: string }
}

/**
 * @throws {WatError}
 *
 * @example
 * const script = parseScript(new Source('add.wast', '(assert_return (invoke "add" (u32.const 1)) (u32.const 2))'))
 * script.directives[0].kind // 'assert_return'
 */
export function parseScript(source: Source): Script {
  const reader = new ScriptReader(source)
  return { source, directives: parseSExpressions(source).map((node) => reader.directive(node)) }
}

class ScriptReader {
  readonly #source: Source

  constructor(source: Source) {
    this.#source = source
  }

  directive(node: Node): Directive {
    if (node.kind !== 'list') throw watError(this.#source, node.span, 'expected a directive in parentheses')
    const { line } = this.#source.position(node.span.start)
    const name = keyword(node.items[0])
    const rest = node.items.slice(1)
    switch (name) {
      case 'component':
      case 'module':
        return { line, ...this.#component(node) }
      case 'register':
        return { line, kind: 'register', name: this.#string(rest[0], node), instance: identifier(rest[1]) }
      case 'invoke':
        return { line, kind: 'invoke', invoke: this.#invoke(node) }
      case 'assert_return':
        return {
          line,
          kind: name,
          invoke: this.#invoke(rest[0] ?? node),
          results: this.#values(rest.slice(1)),
        }
      case 'assert_trap':
      case 'assert_exhaustion':
        return {
          line,
          kind: name,
          action: this.#action(rest[0] ?? node),
          message: this.#string(rest[1], node),
        }
      case 'assert_invalid':
      case 'assert_malformed':
      case 'assert_unlinkable':
        return {
          line,
          kind: name,
          definition: this.#definition(rest[0] ?? node),
          message: this.#string(rest[1], node),
        }
      default:
        return { line, kind: 'unknown', name: name ?? '' }
    }
  }

  #component(node: Node): Extract<Action, { kind: 'component' }> | Extract<Directive, { kind: 'instance' }>
  #component(node: Node) {
    const items = node.kind === 'list' ? node.items : []
    if (keyword(items[1]) !== 'instance') return { kind: 'component', definition: this.#definition(node) }
    const [first, second] = [identifier(items[2]), identifier(items[3])]
    return { kind: 'instance', id: first, definition: second }
  }

  #action(node: Node): Action {
    return keyword(node.kind === 'list' ? node.items[0] : node) === 'invoke'
      ? { kind: 'invoke', invoke: this.#invoke(node) }
      : this.#component(node)
  }

  /** `(invoke $instance? "name" value*)` */
  #invoke(node: Node): Invoke {
    if (node.kind !== 'list' || keyword(node.items[0]) !== 'invoke') {
      throw watError(this.#source, node.span, 'expected `(invoke "name" …)`')
    }
    const instance = identifier(node.items[1])
    const [name, ...args] = node.items.slice(instance === undefined ? 1 : 2)
    return { instance, name: this.#string(name, node), args: this.#values(args) }
  }

  /** `(component definition? $id? (binary string* | quote string* | field*))`, or a `module` likewise */
  #definition(node: Node): Definition {
    const sort = node.kind === 'list' ? keyword(node.items[0]) : undefined
    if (node.kind !== 'list' || (sort !== 'component' && sort !== 'module')) {
      throw watError(this.#source, node.span, 'expected a component or a module')
    }
    let next = 1
    const definition = keyword(node.items[next]) === 'definition' ? node.items[next++] : undefined
    const id = identifier(node.items[next])
    if (id !== undefined) next++
    const form = this.#form(node, sort, next, definition)
    return { sort, id, onlyDefined: definition !== undefined, form }
  }

  #form(node: ListNode, sort: string, next: number, definition: Node | undefined): Definition['form'] {
    const form = keyword(node.items[next])
    if (form === 'binary') {
      const parts = node.items.slice(next + 1).map((part) => this.#bytes(part))
      return { kind: 'binary', bytes: concat(parts) }
    }
    if (form === 'quote') {
      const fields = node.items.slice(next + 1).map((part) => this.#string(part, node))
      return { kind: 'text', text: `(${sort} ${fields.join(' ')})` }
    }
    // `definition` is a word of scripts that assemblers need not know; blanks in its place keep the offsets.
    const { text } = this.#source
    const { start, end } = definition?.span ?? { start: node.span.start, end: node.span.start }
    const blanks = ' '.repeat(end - start)
    return {
      kind: 'text',
      text: text.slice(node.span.start, start) + blanks + text.slice(end, node.span.end),
    }
  }

  #values(nodes: readonly Node[]): ScriptValue[] {
    return nodes.map((node) => readScriptValue(this.#source, node))
  }

  #bytes(node: Node): Uint8Array {
    if (node.kind !== 'string') throw watError(this.#source, node.span, 'expected a string')
    return stringBytes(this.#source, node)
  }

  #string(node: Node | undefined, outer: Node): string {
    if (node?.kind !== 'string') throw watError(this.#source, (node ?? outer).span, 'expected a string')
    return stringText(this.#source, node)
  }
}

function keyword(node: Node | undefined): string | undefined {
  return node?.kind === 'atom' ? node.text : undefined
}

function identifier(node: Node | undefined): string | undefined {
  return node?.kind === 'atom' && node.text.startsWith('$') ? node.text : undefined
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let position = 0
  for (const part of parts) {
    bytes.set(part, position)
    position += part.length
  }
  return bytes
}
