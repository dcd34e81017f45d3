import type { ComponentType, ExternType } from '../component/extern-type.ts'
import type { WacAnalysis } from '../compose/wac/analyze.ts'
import { nameEndingIn } from '../compose/wac/extern-name.ts'
import type { ExpressionSyntax, NewSyntax } from '../compose/wac/syntax.ts'
import { printExtern } from '../compose/type-difference.ts'
import type { Span } from '../diagnostics/span.ts'

/** Something that a text uses and does not define: a package, an import or an export of one. */
export interface Use extends Span {
  /** Markdown. */
  readonly markdown: string
}

/** What stands at an offset of a composition's expressions. */
export function useAt(analysis: WacAnalysis, offset: number): Use | undefined {
  const uses = new Uses(analysis)
  for (const statement of analysis.syntax?.statements ?? []) {
    if (statement.kind !== 'let' && statement.kind !== 'export') continue
    const { expression } = statement
    if (expression.start <= offset && offset <= expression.end) return uses.at(expression, offset)
  }
  return undefined
}

class Uses {
  readonly #analysis: WacAnalysis
  readonly #names: ReadonlyMap<string, ExternType>

  constructor(analysis: WacAnalysis) {
    this.#analysis = analysis
    this.#names = new Map(
      [...analysis.nodes].flatMap(([node, { name }]) =>
        name === undefined ? [] : [[name, analysis.composition.typeOf(node)]],
      ),
    )
  }

  at(expression: ExpressionSyntax, offset: number): Use | undefined {
    switch (expression.kind) {
      case 'name':
        return undefined
      case 'nested':
        return this.at(expression.inner, offset)
      case 'access': {
        const { of, name } = expression
        if (!isIn(name, offset)) return this.at(of, offset)
        const type = this.#typeOf(of)
        return type?.kind === 'instance' ? useOf(name, name.text, type.exports) : undefined
      }
      case 'new':
        return this.#inNew(expression, offset)
    }
  }

  #inNew(expression: NewSyntax, offset: number): Use | undefined {
    const type = this.#packageOf(expression)
    if (isIn(expression.package, offset)) return type && use(expression.package, nameOf(expression), type)
    for (const argument of expression.arguments) {
      if (argument.kind !== 'named' || !isIn(argument, offset)) continue
      const { name, value } = argument
      return isIn(name, offset) ? type && useOf(name, name.text, type.imports) : this.at(value, offset)
    }
    return undefined
  }

  #typeOf(expression: ExpressionSyntax): ExternType | undefined {
    switch (expression.kind) {
      case 'name':
        return this.#names.get(expression.name)
      case 'nested':
        return this.#typeOf(expression.inner)
      case 'new': {
        const type = this.#packageOf(expression)
        return type && { kind: 'instance', exports: type.exports }
      }
      case 'access': {
        const type = this.#typeOf(expression.of)
        return type?.kind === 'instance' ? named(expression.name.text, type.exports)?.[1] : undefined
      }
    }
  }

  #packageOf(expression: NewSyntax): ComponentType | undefined {
    return this.#analysis.composition.packages.get(nameOf(expression))?.type
  }
}

function nameOf({ package: { name, version } }: NewSyntax): string {
  return version === undefined ? name : `${name}@${version}`
}

function isIn({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end
}

type Externs = ReadonlyMap<string, ExternType>

/** By its name, or the end of it. */
function named(text: string, externs: Externs): [string, ExternType] | undefined {
  const name = nameEndingIn(text, externs) ?? text
  const type = externs.get(name)
  return type && [name, type]
}

function useOf(span: Span, text: string, externs: Externs): Use | undefined {
  const found = named(text, externs)
  return found && use(span, ...found)
}

function use({ start, end }: Span, name: string, type: ExternType): Use {
  return { start, end, markdown: `\`\`\`wac\n${name}: ${printExtern(type)}\n\`\`\`` }
}
