import type { Span } from '../../diagnostics/span.ts'
import { CompositionError } from '../../errors.ts'
import type { NodeId } from '../composition-node.ts'
import type { Document } from './document.ts'
import { nameOnTrack } from '../../component/interface-path.ts'
import { nameEndingIn } from './extern-name.ts'
import { inferredName } from './inferred-name.ts'
import type { NodeItem } from './item.ts'
import type { LoadedPackage } from './load-package.ts'
import { whatWouldFit } from './missing-arguments.ts'
import type { ExpressionResolver } from './resolve-expression.ts'
import type { InstantiationOrigin } from './origins.ts'
import type { ArgumentSyntax, PackageReference } from './syntax.ts'

interface Argument {
  readonly node: NodeId
  /** Where its name stands. */
  readonly span: Span
}

type SpreadSyntax = Extract<ArgumentSyntax, { kind: 'spread' }>
type ComponentPackage = Extract<LoadedPackage, { kind: 'component' }>

/** One `new` expression. */
export class Instantiation {
  readonly #document: Document
  readonly #expressions: ExpressionResolver
  readonly #package: ComponentPackage
  readonly #reference: PackageReference
  readonly #origin: InstantiationOrigin
  readonly #arguments = new Map<string, Argument>()
  #failed = false

  constructor(
    document: Document,
    expressions: ExpressionResolver,
    component: ComponentPackage,
    origin: InstantiationOrigin,
  ) {
    this.#document = document
    this.#expressions = expressions
    this.#package = component
    this.#reference = origin.syntax.package
    this.#origin = origin
  }

  /** @throws {Unreadable} where an argument is wrong or missing, which is reported */
  make(): NodeItem {
    const { arguments: syntax } = this.#origin.syntax
    for (const each of syntax) this.#attempt(() => this.#add(each))
    const implicit = syntax.findIndex(({ kind }) => kind === 'implicit')
    if (implicit >= 0 && implicit < syntax.length - 1)
      this.#attempt(() => this.#refuseImplicit(syntax[implicit]!))
    // After all others, wherever they stand: they fill what is left.
    for (const each of syntax) if (each.kind === 'spread') this.#attempt(() => this.#spread(each))
    if (implicit < 0 && !this.#failed) this.#refuseMissing()
    return this.#instantiate()
  }

  #attempt(action: () => void): void {
    const done = this.#document.attempt(() => {
      action()
      return true
    })
    this.#failed ||= done !== true
  }

  #add(syntax: ArgumentSyntax): void {
    if (syntax.kind === 'inferred') {
      const item = this.#document.lookUp(syntax.id)
      if (item.kind !== 'node')
        this.#document.fail(syntax.id, `${this.#document.describe(item)} is no argument`, {
          notes: ['arguments are instances, functions and other things that exist when the composition runs'],
        })
      this.#set(inferredName(syntax.id, item, this.#package.type), item.node, syntax.id, syntax)
    } else if (syntax.kind === 'named') {
      const { name, value } = syntax
      const { imports } = this.#package.type
      const full = name.quoted ? name.text : (nameEndingIn(name.text, imports) ?? name.text)
      this.#set(full, this.#expressions.node(value).node, name, syntax)
    }
  }

  #set(name: string, node: NodeId, span: Span, syntax: ArgumentSyntax): void {
    const { type } = this.#package
    if (!type.imports.has(name)) {
      this.#document.fail(span, `component \`${this.#package.name}\` has no import named \`${name}\``, {
        notes: this.#document.suggest(name, type.imports),
      })
    }
    const other = this.#arguments.get(name)
    if (other !== undefined) {
      this.#document.fail(span, `duplicate instantiation argument \`${name}\``, {
        related: [{ ...this.#document.place(other.span), text: 'first given here' }],
      })
    }
    this.#arguments.set(name, { node, span })
    this.#origin.arguments.set(name, { node, syntax })
  }

  #refuseImplicit(syntax: ArgumentSyntax): void {
    if (syntax.kind === 'implicit')
      this.#document.fail(syntax, 'implicit import argument `...` must be the last argument')
  }

  #spread(syntax: SpreadSyntax): void {
    const { id } = syntax
    const { node, exports } = this.#expressions.spread(id)
    let matched = false
    for (const name of this.#package.type.imports.keys()) {
      const found = this.#arguments.has(name) ? undefined : nameOnTrack(name, exports)
      if (found === undefined) continue
      matched = true
      this.#set(name, this.#expressions.alias(node, found, id).node, id, syntax)
    }
    if (matched) return
    const missing = [...this.#package.type.imports.keys()].filter((name) => !this.#arguments.has(name))
    this.#document.fail(id, 'the instance has no matching exports for the remaining unsatisfied arguments', {
      notes: [wanted('still wanted', missing), wanted('it exports', [...exports.keys()])],
    })
  }

  #refuseMissing(): void {
    const missing = [...this.#package.type.imports.keys()].filter((name) => !this.#arguments.has(name))
    const [first, ...others] = missing
    if (first === undefined) return
    const more = others.length > 0 ? ` (and ${others.length} more)` : ''
    this.#failed = true
    const { name } = this.#package
    this.#document.report(
      this.#reference,
      `missing instantiation argument \`${first}\`${more} for package \`${name}\``,
      {
        label: `missing ${missing
          .slice(0, 5)
          .map((each) => `\`${each}\``)
          .join(', ')}`,
        notes: [
          ...missing.slice(0, 5).flatMap((each) => whatWouldFit(this.#document, this.#package, each)),
          'or let the composition import what is missing: `...` as the last argument',
        ],
      },
    )
  }

  /** Every argument of a wrong type is reported: without it the others are checked again. */
  #instantiate(): NodeItem {
    const { name } = this.#package
    for (;;) {
      const given = new Map(Array.from(this.#arguments, ([each, { node }]) => [each, node]))
      try {
        const [composition, node] = this.#document.composition.instantiate(name, given)
        if (this.#failed) this.#document.stop()
        this.#document.composition = composition
        this.#document.origins.addNode(node, this.#origin.syntax)
        this.#origin.node = node
        this.#noteImports(node)
        return { kind: 'node', node, interface: undefined, externName: undefined }
      } catch (error) {
        if (!(error instanceof CompositionError)) throw error
        const argument = error.problem === 'mismatch' ? this.#arguments.get(error.item ?? '') : undefined
        // What comes of an argument that is wrong and left out is no problem of its own.
        if (argument === undefined) {
          if (this.#failed) this.#document.stop()
          this.#document.refuse(this.#reference, error)
        }
        this.#failed = true
        this.#arguments.delete(error.item!)
        this.#document.reportRefusal(
          argument.span,
          error,
          `mismatched instantiation argument \`${error.item}\``,
        )
      }
    }
  }

  #noteImports(node: NodeId): void {
    const made = this.#document.composition.nodes[node]!
    if (made.kind !== 'instance') return
    for (const name of made.open.keys()) this.#document.noteWanted(name, this.#reference, this.#package.name)
  }
}

function wanted(what: string, names: readonly string[]): string {
  const shown = names.slice(0, 5).map((each) => `\`${each}\``)
  const more = names.length > 5 ? ` and ${names.length - 5} more` : ''
  return `${what}: ${shown.length > 0 ? shown.join(', ') : 'nothing'}${more}`
}
