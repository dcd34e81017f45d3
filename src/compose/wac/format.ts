import { Source } from '../../diagnostics/source.ts'
import { WacError } from '../../errors.ts'
import { ItemFormatter, lineWidth } from '../../wit/format-items.ts'
import { group, type Layout, render, space } from '../../wit/format-layout.ts'
import { FormatTokens } from '../../wit/format-tokens.ts'
import { Problems } from '../../wit/problems.ts'
import type { TokenKind } from '../../wit/token.ts'
import { parseDocument } from './parse.ts'
import { isWord } from './parse-expression.ts'

/**
 * WAC text in its canonical form, which is that of WIT: see `formatWit`. Arguments of `new` stand in one line where it has no more than
 * 100 columns, else in one each. What is formatted once stays as it is.
 *
 * @param name of the file, for messages
 * @throws {WacError} where the text does not parse: names are not looked up
 * @example
 * formatWac('package my:app;let a=new docs:adder{log,...};export a["go"]as start;')
 * // package my:app;
 * //
 * // let a = new docs:adder { log, ... };
 * // export a["go"] as start;
 */
export function formatWac(text: string, name = '<wac>'): string {
  const problems = new Problems((diagnostics) => new WacError(diagnostics))
  const source = new Source(name, text)
  parseDocument(source, problems)
  problems.throwIfAny()
  const layout = new DocumentFormatter(new FormatTokens(source, problems, 'wac')).document()
  return `${render(layout, lineWidth).trim()}\n`
}

/** Goes over the tokens as the grammar has them: the text is known to parse. */
class DocumentFormatter {
  readonly #tokens: FormatTokens
  readonly #wit: ItemFormatter

  constructor(tokens: FormatTokens) {
    this.#tokens = tokens
    this.#wit = new ItemFormatter(tokens)
  }

  /** Types have blank lines around them, other statements where the text has them. */
  document(): Layout {
    const parts: Layout[] = []
    let wasBlock = true
    for (let isFirst = true; !this.#is('eof'); isFirst = false) {
      const { kind } = this.#tokens
      const isBlock = kind === 'package' || kind === 'interface' || kind === 'world' || kind === '@'
      parts.push(this.#tokens.lines(isFirst, isBlock || wasBlock), this.#statement(), this.#tokens.lineEnd())
      wasBlock = isBlock
    }
    return [parts, this.#tokens.comments(false)]
  }

  #is(kind: TokenKind): boolean {
    return this.#tokens.kind === kind
  }

  #word(before: '' | ' ' = ''): Layout {
    return this.#tokens.token(before)
  }

  #statement(): Layout {
    const attributes = this.#wit.attributes()
    return [attributes, this.#unannotated()]
  }

  #unannotated(): Layout {
    if (isWord(this.#tokens, 'let')) {
      const head = [this.#word(), this.#word(' '), this.#word(' ')]
      return [head, this.#expression(' '), this.#word()]
    }
    switch (this.#tokens.kind) {
      case 'package': {
        const name = [this.#word(), this.#path()]
        const targets = this.#is(';') ? '' : [this.#word(' '), this.#path()]
        return [name, targets, this.#word()]
      }
      case 'import':
        return this.#import()
      case 'export':
        return this.#export()
      case 'interface':
        return [this.#word(), this.#word(' '), this.#wit.items(() => this.#wit.interfaceItem())]
      case 'world':
        return [this.#word(), this.#word(' '), this.#wit.items(() => this.#wit.worldItem())]
      default:
        return this.#wit.definition()
    }
  }

  #import(): Layout {
    const head: Layout[] = [this.#word(), this.#word(' ')]
    if (this.#is('as')) head.push(this.#word(' '), this.#word(' '))
    head.push(this.#word())
    switch (this.#tokens.kind) {
      case 'func':
      case 'async':
        return [head, this.#wit.signature(), this.#word()]
      case 'interface':
        return [head, this.#wit.interface(), this.#word()]
      default:
        return [head, this.#path(), this.#word()]
    }
  }

  /** `name`, `ns:pkg@1.0.0`, `ns:pkg/name@1.0.0` */
  #path(): Layout {
    const parts: Layout[] = [this.#word(' ')]
    while (this.#is(':') || this.#is('/')) parts.push(this.#word(), this.#word())
    return [parts, this.#wit.version()]
  }

  #export(): Layout {
    const head = [this.#word(), this.#expression(' ')]
    if (this.#is('...')) return [head, this.#word(), this.#word()]
    const as = this.#is('as') ? [this.#word(' '), this.#word(' ')] : ''
    return [head, as, this.#word()]
  }

  #expression(before: '' | ' ' = ''): Layout {
    const parts: Layout[] = [this.#primary(before)]
    while (this.#is('.') || this.#is('[')) {
      const isNamed = this.#is('[')
      parts.push(this.#word(), this.#word(), isNamed ? this.#word() : '')
    }
    return parts
  }

  #primary(before: '' | ' '): Layout {
    if (this.#is('(')) return [this.#word(before), this.#expression(), this.#word()]
    if (!isWord(this.#tokens, 'new')) return this.#word(before)
    const head = [this.#word(before), this.#path()]
    return group([head, ' ', this.#wit.list('}', space, () => this.#argument())])
  }

  #argument(): Layout {
    if (this.#is('...')) {
      const dots = this.#word()
      return this.#is(',') || this.#is('}') ? dots : [dots, this.#word()]
    }
    const name = this.#word()
    return this.#is(':') ? [name, this.#word(), this.#expression(' ')] : name
  }
}
