import { group, hardLine, indented, type Layout, softLine, space } from './format-layout.ts'
import type { FormatTokens } from './format-tokens.ts'
import type { Punctuation, TokenKind } from './token.ts'

/** Lines are broken, where they can be, to be no longer than this. */
export const lineWidth = 100

/** Lays out what WIT and WAC share; goes over the tokens as the grammar has them: the text is known to parse. */
export class ItemFormatter {
  readonly #tokens: FormatTokens

  constructor(tokens: FormatTokens) {
    this.#tokens = tokens
  }

  is(kind: TokenKind): boolean {
    return this.#tokens.kind === kind
  }

  word(before: '' | ' ' = ''): Layout {
    return this.#tokens.token(before)
  }

  /** `{`, what is in it, `}`; in one line where nothing is. */
  braces(read: () => Layout): Layout {
    const open = this.word(' ')
    const inner = read()
    const comments = this.#tokens.comments(isEmpty(inner))
    const all = [inner, comments]
    return [open, indented(all), isEmpty(all) ? '' : hardLine, this.word()]
  }

  items(read: () => Layout): Layout {
    return this.braces(() => {
      const parts: Layout[] = [this.#tokens.lineEnd(true)]
      let isFirst = true
      while (!this.is('}')) {
        parts.push(this.#tokens.lines(isFirst), read(), this.#tokens.lineEnd())
        isFirst = false
      }
      return parts
    })
  }

  /** Fields and cases. */
  #parts(read: () => Layout): Layout {
    return this.items(() => {
      const part = read()
      return [part, this.is(',') ? this.word() : ',']
    })
  }

  attributes(): Layout {
    const parts: Layout[] = []
    while (this.is('@')) {
      parts.push(this.#attribute(), this.#tokens.lineEnd(), this.#tokens.lines(true))
    }
    return parts
  }

  #attribute(): Layout {
    const head = [this.word(), this.word(), this.word()]
    if (this.is('text')) return [head, this.word(), this.word()]
    const name = this.#tokens.text()
    const assignment = [this.word(), this.word(' '), ' ']
    const value = name === 'version' ? this.#tokens.version() : this.word()
    return [head, assignment, value, this.word()]
  }

  version(): Layout {
    return this.is('@') ? [this.word(), this.#tokens.version()] : ''
  }

  /** `name`, `ns:pkg/name@1.0.0`; a world's import may have a label: `label: name`, `label: ns:pkg/name`. */
  #path(): Layout {
    const first = this.word(' ')
    return this.is(':') ? [first, this.word(), this.word(), this.#restOfPath()] : first
  }

  #restOfPath(): Layout {
    return [this.word(), this.word(), this.version()]
  }

  /** Of an interface, a world or a file. */
  use(): Layout {
    const parts = [this.word(), this.#path()]
    if (this.is('.')) {
      parts.push(
        this.word(),
        this.list('}', softLine, () => this.#renaming()),
      )
    } else if (this.is('as')) parts.push(this.word(' '), this.word(' '))
    return [group(parts), this.word()]
  }

  #renaming(): Layout {
    const name = this.word()
    return this.is('as') ? [name, this.word(' '), this.word(' ')] : name
  }

  #include(): Layout {
    const head = [this.word(), this.#path()]
    if (!this.is('with')) return [head, this.word()]
    const names = group([head, this.word(' '), ' ', this.list('}', space, () => this.#renaming())])
    return [names, this.#optionalEnd()]
  }

  interfaceItem(): Layout {
    const attributes = this.attributes()
    const { kind } = this.#tokens
    if (kind === 'use') return [attributes, this.use()]
    if (kind !== 'id' && kind !== 'explicit-id') return [attributes, this.definition()]
    return [attributes, this.word(), this.word(), this.signature(), this.word()]
  }

  worldItem(): Layout {
    const attributes = this.attributes()
    switch (this.#tokens.kind) {
      case 'use':
        return [attributes, this.use()]
      case 'include':
        return [attributes, this.#include()]
      case 'import':
      case 'export':
        return [attributes, this.#extern()]
      default:
        return [attributes, this.definition()]
    }
  }

  #extern(): Layout {
    const head = [this.word(), this.word(' ')]
    if (this.is(';')) return [head, this.word()]
    const colon = this.word()
    switch (this.#tokens.kind) {
      case 'interface':
        return [head, colon, this.interface(), this.#optionalEnd()]
      case 'func':
      case 'async':
        return [head, colon, this.signature(), this.word()]
    }
    const padding = this.#tokens.hasComments ? '' : ' '
    const second = this.word()
    if (this.is('/')) return [head, colon, second, this.#restOfPath(), this.word()]
    const isForeign = this.is(':')
    const rest = isForeign ? [this.word(), this.word(), this.#restOfPath()] : ''
    return [head, colon, padding, second, rest, this.word()]
  }

  /** `interface { … }`, behind a colon. */
  interface(): Layout {
    return [this.word(' '), this.items(() => this.interfaceItem())]
  }

  /** WAC has a `;` where WIT has none. */
  #optionalEnd(): Layout {
    return this.is(';') ? this.word() : ''
  }

  definition(): Layout {
    const { kind } = this.#tokens
    const head = [this.word(), this.word(' ')]
    switch (kind) {
      case 'type': {
        const equals = this.word(' ')
        const isFunction = this.is('func') || this.is('async')
        return [group([head, equals, isFunction ? this.signature() : this.#type(' ')]), this.word()]
      }
      case 'resource':
        return this.is(';') ? [head, this.word()] : [head, this.items(() => this.#resourceItem())]
      case 'record':
        return [head, this.#parts(() => this.#field())]
      case 'variant':
        return [head, this.#parts(() => this.#case())]
      default:
        return [head, this.#parts(() => this.word())]
    }
  }

  #case(): Layout {
    const name = this.word()
    return this.is('(') ? group([name, this.list(')', softLine, () => this.#type())]) : name
  }

  #field(): Layout {
    return group([this.word(), this.word(), this.#type(' ')])
  }

  #resourceItem(): Layout {
    const attributes = this.attributes()
    const name = this.word()
    if (this.is('(')) return [attributes, name, this.#parameters(), this.word()]
    const colon = this.word()
    const isStatic = this.is('static') ? this.word(' ') : ''
    return [attributes, name, colon, isStatic, this.signature(), this.word()]
  }

  /** In WAC a name may stand for it. */
  signature(): Layout {
    if (this.is('id') || this.is('explicit-id')) return this.word(' ')
    const keywords = this.is('async') ? [this.word(' '), this.word(' ')] : this.word(' ')
    return [keywords, this.#parameters()]
  }

  #parameters(): Layout {
    const parameters = group(this.list(')', softLine, () => this.#field()))
    if (!this.is('->')) return parameters
    return [parameters, this.word(' '), this.#type(' ')]
  }

  #type(before: '' | ' ' = ''): Layout {
    const name = this.word(before)
    if (!this.is('<')) return name
    return group([name, this.list('>', softLine, () => this.#type())])
  }

  /** Brackets and what they enclose, in one line or in one each; `padding` is inside of the brackets. */
  list(close: Punctuation, padding: Layout, read: () => Layout): Layout {
    const open = this.word()
    const first = this.#tokens.lineEnd(true)
    const elements: Layout[] = []
    while (this.#tokens.kind !== close) {
      elements.push(elements.length === 0 ? padding : space, this.#tokens.inline(), read())
      if (this.is(',')) elements.push(this.#tokens.comma(close))
      elements.push(this.#tokens.lineEnd())
    }
    const last = this.#tokens.inlineBefore(elements.length === 0 ? padding : space)
    const inner = [first, elements, last]
    return [open, isEmpty(inner) ? '' : [indented(inner), padding], this.word()]
  }
}

function isEmpty(layout: Layout): boolean {
  return layout === '' || (Array.isArray(layout) && layout.every(isEmpty))
}
