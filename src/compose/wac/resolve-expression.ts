import type { InstanceType } from '../../component/extern-type.ts'
import type { Span } from '../../diagnostics/span.ts'
import type { Identifier } from '../../wit/syntax.ts'
import type { NodeId } from '../composition-node.ts'
import type { Document } from './document.ts'
import { nameEndingIn } from './extern-name.ts'
import type { Item, NodeItem } from './item.ts'
import type { PackageLoader } from './load-package.ts'
import { Instantiation } from './resolve-instantiation.ts'
import type { ExpressionSyntax, NewSyntax } from './syntax.ts'

type AccessSyntax = Extract<ExpressionSyntax, { kind: 'access' }>

/** An instance, and what it exports. */
interface InstanceExports {
  readonly node: NodeId
  readonly exports: InstanceType['exports']
}

/** Evaluates expressions. */
export class ExpressionResolver {
  readonly #document: Document
  readonly #loader: PackageLoader
  readonly #home: string

  /** @param home the name of the document's own package */
  constructor(document: Document, loader: PackageLoader, home: string) {
    this.#document = document
    this.#loader = loader
    this.#home = home
  }

  /** @throws {Unreadable} where something is wrong with it, which is reported */
  evaluate(syntax: ExpressionSyntax): Item {
    const accesses: AccessSyntax[] = []
    let first = syntax
    // Without recursion: accesses may follow each other in a long line.
    while (first.kind === 'access' || first.kind === 'nested') {
      if (first.kind === 'access') accesses.push(first)
      first = first.kind === 'access' ? first.of : first.inner
    }
    let item = first.kind === 'new' ? this.#instantiate(first) : this.#document.lookUp(first)
    for (const each of accesses.reverse()) item = this.#access(item, each)
    return item
  }

  /** As {@link evaluate}, for what must be there at run time. */
  node(syntax: ExpressionSyntax): NodeItem {
    const item = this.evaluate(syntax)
    if (item.kind === 'node') return item
    return this.#document.fail(syntax, `${this.#document.describe(item)} is no value`, {
      notes: ['arguments are instances, functions and other things that exist when the composition runs'],
    })
  }

  #access(item: Item, { of: span, name, operation }: AccessSyntax): NodeItem {
    const { node, exports } = this.instance(item, span, 'an access operation')
    const full = name.quoted ? name.text : (nameEndingIn(name.text, exports) ?? name.text)
    if (!exports.has(full)) {
      this.#document.fail(operation, `the instance has no export named \`${name.text}\``, {
        notes: this.#document.suggest(name.text, exports),
      })
    }
    return this.alias(node, full, { start: span.start, end: operation.end })
  }

  alias(instance: NodeId, name: string, span: Span): NodeItem {
    const [composition, node] = this.#document.compose(span, (graph) => graph.alias(instance, name))
    this.#document.composition = composition
    this.#document.origins.addNode(node, span)
    return { kind: 'node', node, interface: name.includes(':') ? name : undefined, externName: name }
  }

  /** What can be spread, or accessed by name. */
  instance(item: Item, span: Span, operation: string): InstanceExports {
    if (item.kind === 'node') {
      const type = this.#document.composition.typeOf(item.node)
      if (type.kind === 'instance') return { node: item.node, exports: type.exports }
    }
    return this.#document.fail(span, `an instance is required to perform ${operation}`, {
      label: `this is ${this.#document.describe(item)}`,
    })
  }

  #instantiate(syntax: NewSyntax): NodeItem {
    const reference = syntax.package
    const origin = this.#document.origins.beginInstantiation(syntax)
    if (reference.name === this.#home)
      this.#document.fail(reference, 'cannot instantiate the package being defined')
    const found = this.#loader.load(reference)
    if (found.kind === 'wit')
      return this.#document.fail(reference, `package \`${found.name}\` is WIT: there is no component in it`, {
        notes: ['only components can be instantiated'],
      })
    return new Instantiation(this.#document, this, found, origin).make()
  }

  /** What a name of a local thing means where an instance is to be spread. */
  spread(id: Identifier): InstanceExports {
    return this.instance(this.#document.lookUp(id), id, 'a spread operation')
  }
}
