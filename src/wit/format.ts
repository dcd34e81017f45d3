import { Source } from '../diagnostics/source.ts'
import { ItemFormatter, lineWidth } from './format-items.ts'
import { type Layout, render } from './format-layout.ts'
import { FormatTokens } from './format-tokens.ts'
import { parseFile } from './parse.ts'
import { Problems } from './problems.ts'

/**
 * WIT text in its canonical form: two spaces to a level, one item, field or case to a line, signatures in one line where it
 * has no more than 100 columns, no more than one blank line in a row. All comments stay where they are and as they are, so that the text resolves to the
 * same as before, documentation included. What is formatted once stays as it is.
 *
 * @param name of the file, for messages
 * @throws {WitError} where the text does not parse: names are not looked up
 * @example
 * formatWit('package a:b;interface c{get:func(n:u32)->list<u8>;}')
 * // package a:b;
 * //
 * // interface c {
 * //   get: func(n: u32) -> list<u8>;
 * // }
 */
export function formatWit(text: string, name = '<wit>'): string {
  const problems = new Problems()
  const source = new Source(name, text)
  parseFile(source, problems)
  problems.throwIfAny()
  const layout = new Formatter(new FormatTokens(source, problems)).file()
  const formatted = render(layout, lineWidth).trim()
  return formatted === '' ? '' : `${formatted}\n`
}

/** Goes over the tokens as the grammar has them: the text is known to parse. */
class Formatter {
  readonly #tokens: FormatTokens
  readonly #wit: ItemFormatter

  constructor(tokens: FormatTokens) {
    this.#tokens = tokens
    this.#wit = new ItemFormatter(tokens)
  }

  file(): Layout {
    return [this.#topLevel('eof', true), this.#tokens.comments(false)]
  }

  /** Worlds, interfaces and packages have blank lines around them. */
  #topLevel(close: 'eof' | '}', isFile: boolean): Layout {
    const parts: Layout[] = isFile ? [] : [this.#tokens.lineEnd(true)]
    let isFirst = true
    let isSeparate = false
    while (this.#tokens.kind !== close) {
      const isBlock = !this.#wit.is('use')
      parts.push(this.#tokens.lines(isFirst, isBlock || isSeparate), this.#topLevelItem())
      parts.push(this.#tokens.lineEnd())
      isFirst = false
      isSeparate = isBlock
    }
    return parts
  }

  #topLevelItem(): Layout {
    const attributes = this.#wit.attributes()
    switch (this.#tokens.kind) {
      case 'use':
        return [attributes, this.#wit.use()]
      case 'package': {
        const head = [this.#tokens.token(), this.#packageName()]
        if (this.#wit.is(';')) return [attributes, head, this.#tokens.token()]
        return [attributes, head, this.#wit.braces(() => this.#topLevel('}', false))]
      }
      case 'interface':
        return [
          attributes,
          this.#wit.word(),
          this.#wit.word(' '),
          this.#wit.items(() => this.#wit.interfaceItem()),
        ]
      default:
        return [
          attributes,
          this.#wit.word(),
          this.#wit.word(' '),
          this.#wit.items(() => this.#wit.worldItem()),
        ]
    }
  }

  #packageName(): Layout {
    return [this.#wit.word(' '), this.#wit.word(), this.#wit.word(), this.#wit.version()]
  }
}
