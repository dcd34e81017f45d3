import type { Source } from '../diagnostics/source.ts'
import { join, type Span } from '../diagnostics/span.ts'
import { Lexer } from './lex.ts'
import { isKeyword, type LabelSyntax, type Name, type Syntax } from './syntax.ts'
import { describeToken, type Punctuation, type Token } from './token.ts'
import { waveProblem } from './wave-problem.ts'

/** Values nested deeper are refused; other implementations stop at the same depth. */
const maxDepth = 100

/** Parses one value and nothing after it. */
export function parseSyntax(source: Source): Syntax {
  const parser = new Parser(source)
  const syntax = parser.value()
  parser.end()
  return syntax
}

/** Parses `(value, …)` from `offset` on and nothing after it; the list may be empty. */
export function parseArguments(source: Source, offset: number): { items: Syntax[]; span: Span } {
  const parser = new Parser(source, offset)
  const result = parser.sequence('(', ')')
  parser.end()
  return result
}

class Parser {
  readonly #source: Source
  readonly #lexer: Lexer
  /** One token of lookahead decides everywhere but between flags and records. */
  #next: Token
  #depth = 0

  constructor(source: Source, offset = 0) {
    this.#source = source
    this.#lexer = new Lexer(source, offset)
    this.#next = this.#lexer.next()
  }

  end(): void {
    if (this.#next.kind === 'end') return
    throw waveProblem(
      this.#source,
      this.#next.span,
      `expected the end, found ${describeToken(this.#next)}`,
      'one too many',
    )
  }

  value(): Syntax {
    if (this.#depth === maxDepth) {
      throw waveProblem(this.#source, this.#next.span, `values nest at most ${maxDepth} deep`, 'too deep')
    }
    this.#depth++
    const syntax = this.#value()
    this.#depth--
    return syntax
  }

  // value ::= number | char | string | variant-case | tuple | list | flags | record
  #value(): Syntax {
    const token = this.#next
    switch (token.kind) {
      case 'number':
        return this.#take({ kind: 'number', text: token.text, span: token.span })
      case 'char':
      case 'string':
        return this.#take({ kind: token.kind, value: token.value, span: token.span })
      case 'label':
        return this.#case(token)
      case 'punctuation':
        if (token.text === '(') return this.#tuple()
        if (token.text === '[') return { kind: 'list', ...this.sequence('[', ']') }
        if (token.text === '{') return this.#braces()
        throw this.#unexpected('a value')
      case 'end':
        throw this.#unexpected('a value')
    }
  }

  // variant-case ::= label ( '(' value ')' )?
  #case(token: Token & { kind: 'label' }): LabelSyntax {
    const { name, escaped } = token
    this.#advance()
    if (!this.#at('(')) return { kind: 'label', name, escaped, payload: undefined, span: token.span }
    if (!escaped && isKeyword(name) && name !== 'some' && name !== 'ok' && name !== 'err') {
      const cure = `write \`%${name}(…)\` for a case of that name`
      throw waveProblem(this.#source, this.#next.span, `\`${name}\` has no payload`, 'unexpected', [cure])
    }
    this.#advance()
    const payload = this.value()
    const close = this.#expect(')')
    return { kind: 'label', name, escaped, payload, span: join(token.span, close) }
  }

  #tuple(): Syntax {
    const { items, span } = this.sequence('(', ')')
    if (items.length > 0) return { kind: 'tuple', items, span }
    throw waveProblem(this.#source, span, 'a tuple has at least one value', 'empty')
  }

  // ( value ( ',' value )* ','? )? between brackets
  sequence(open: Punctuation, close: Punctuation): { items: Syntax[]; span: Span } {
    const start = this.#expect(open)
    const items: Syntax[] = []
    while (!this.#at(close)) {
      items.push(this.value())
      if (!this.#comma(close)) break
    }
    return { items, span: join(start, this.#expect(close)) }
  }

  // flags ::= '{' ( label ( ',' label )* ','? )? '}'
  // record ::= '{' ':' '}' | '{' label ':' value ( ',' label ':' value )* ','? '}'
  #braces(): Syntax {
    const start = this.#expect('{')
    if (this.#at(':')) {
      this.#advance()
      return { kind: 'record', fields: [], span: join(start, this.#expect('}')) }
    }
    if (this.#at('}')) return { kind: 'flags', labels: [], span: join(start, this.#expect('}')) }
    const first = this.#name('a field or a flag')
    return this.#at(':') ? this.#record(start, first) : this.#flags(start, first)
  }

  #record(start: Span, first: Name): Syntax {
    const fields: { name: Name; value: Syntax }[] = []
    for (let name = first; ; name = this.#name('a field')) {
      this.#refuseTwice(
        fields.map((field) => field.name),
        name,
        'field',
      )
      this.#expect(':')
      fields.push({ name, value: this.value() })
      if (!this.#comma('}') || this.#at('}')) break
    }
    return { kind: 'record', fields, span: join(start, this.#expect('}')) }
  }

  #flags(start: Span, first: Name): Syntax {
    const labels: Name[] = []
    for (let name = first; ; name = this.#name('a flag')) {
      this.#refuseTwice(labels, name, 'flag')
      labels.push(name)
      if (!this.#comma('}') || this.#at('}')) break
    }
    return { kind: 'flags', labels, span: join(start, this.#expect('}')) }
  }

  #refuseTwice(names: readonly Name[], name: Name, what: string): void {
    const earlier = names.find((other) => other.name === name.name)
    if (!earlier) return
    throw waveProblem(this.#source, name.span, `the ${what} \`${name.name}\` is given twice`, 'again', [], {
      span: earlier.span,
      text: 'first here',
    })
  }

  #name(what: string): Name {
    const token = this.#next
    if (token.kind !== 'label') throw this.#unexpected(what)
    return this.#take({ name: token.name, span: token.span })
  }

  /** Takes a comma if there is one; without one only `close` may follow. */
  #comma(close: Punctuation): boolean {
    if (this.#at(',')) {
      this.#advance()
      return true
    }
    if (!this.#at(close)) throw this.#unexpected(`\`,\` or \`${close}\``)
    return false
  }

  #at(mark: Punctuation): boolean {
    return this.#next.kind === 'punctuation' && this.#next.text === mark
  }

  #expect(mark: Punctuation): Span {
    if (!this.#at(mark)) throw this.#unexpected(`\`${mark}\``)
    return this.#take(this.#next.span)
  }

  #take<T>(result: T): T {
    this.#advance()
    return result
  }

  #advance(): void {
    this.#next = this.#lexer.next()
  }

  #unexpected(wanted: string): Error {
    const found = describeToken(this.#next)
    return waveProblem(
      this.#source,
      this.#next.span,
      `expected ${wanted}, found ${found}`,
      `expected ${wanted}`,
    )
  }
}
