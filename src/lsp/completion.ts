import type { Source } from '../diagnostics/source.ts'
import type { Span } from '../diagnostics/span.ts'
import { escapeKeyword, unescapeKeyword } from '../wit/keywords.ts'
import { nameInPackage, type PackageName, type WitPackage } from '../wit/package.ts'
import type { Place } from '../wit/problems.ts'
import { type Block, contextOf, type TypingContext, typePosition } from './completion-context.ts'
import type { Completion, CompletionKind } from './completion-item.ts'
import type { Token } from './tokens.ts'
import type { Texts } from './texts.ts'

const builtIn = [
  ...['bool', 's8', 'u8', 's16', 'u16', 's32', 'u32', 's64', 'u64', 'f32', 'f64', 'char', 'string'],
  ...['list', 'option', 'result', 'tuple', 'map', 'own', 'borrow', 'stream', 'future', 'error-context'],
]
const definers = ['type', 'record', 'variant', 'enum', 'flags', 'resource']
const gates = ['since', 'unstable', 'deprecated', 'external-id']

const kindOfType: Readonly<Record<string, CompletionKind>> = {
  record: 'record',
  variant: 'enum',
  enum: 'enum',
  flags: 'enum',
  resource: 'resource',
}

/** What may be typed at an offset of a text. */
export function completions(texts: Texts, source: Source, offset: number): Completion[] {
  const { tokens, word } = texts.tokens(source).before(offset)
  return new Completer(texts, source, contextOf(tokens, word)).all()
}

class Completer {
  readonly #texts: Texts
  readonly #source: Source
  readonly #context: TypingContext

  constructor(texts: Texts, source: Source, context: TypingContext) {
    this.#texts = texts
    this.#source = source
    this.#context = context
  }

  all(): Completion[] {
    const { blocks, item, gate } = this.#context
    if (gate !== undefined) return this.#gate(gate)
    const block = blocks.at(-1)!
    switch (block.kind) {
      case 'file':
      case 'package':
        return this.#topLevel(item)
      case 'interface':
        return item.length === 0 ? this.#words(['use', ...definers]) : this.#inItem(item)
      case 'world':
        return item.length === 0
          ? this.#words(['import', 'export', 'use', 'include', ...definers])
          : this.#inItem(item)
      case 'resource':
        return this.#inResource(item)
      case 'record':
        return item[1]?.kind === ':' ? this.#type(item.slice(2)) : []
      case 'variant':
        return item[1]?.kind === '(' ? this.#type(item.slice(2)) : []
      case 'labels':
        return []
      case 'use':
        return this.#used(block, item)
      case 'include':
        return this.#included(block, item)
    }
  }

  #topLevel(item: readonly Token[]): Completion[] {
    if (item.length === 0) return this.#words(['package', 'interface', 'world', 'use'])
    if (item[0]!.kind !== 'use') return []
    return this.#paths(item.slice(1), ['interface']) ?? this.#words(['as'])
  }

  #inItem(item: readonly Token[]): Completion[] {
    const [first, , third] = item
    switch (first!.kind) {
      case 'use':
        return this.#paths(item.slice(1), ['interface']) ?? []
      case 'include':
        return this.#paths(item.slice(1), ['world']) ?? this.#words(['with'])
      case 'import':
      case 'export':
        return this.#extern(item.slice(1))
      case 'type':
        return third?.kind === '=' ? this.#type(item.slice(3)) : []
      case 'id':
      case 'explicit-id':
        return this.#function(item.slice(1))
      default:
        return []
    }
  }

  /** Behind `import` and `export`: a path, or a label and what it is of. */
  #extern(rest: readonly Token[]): Completion[] {
    const isLabel = rest[1]?.kind === ':' && !rest.some(({ kind }) => kind === '/')
    if (!isLabel) return this.#paths(rest, ['interface']) ?? []
    if (rest.length > 2) return this.#function(rest.slice(1))
    const words = this.#words(['func', 'async', 'interface'])
    return [...words, ...(this.#paths(rest.slice(2), ['interface']) ?? [])]
  }

  /** @param rest behind the name */
  #function(rest: readonly Token[], more: readonly string[] = []): Completion[] {
    if (rest[0]?.kind !== ':') return []
    if (rest.length === 1) return this.#words(['func', 'async', ...more])
    const last = rest.at(-1)!.kind
    if (last === 'async') return this.#words(['func'])
    if (last === 'static') return this.#words(['func', 'async'])
    return rest.some(({ kind }) => kind === '(') ? this.#type(rest.slice(1)) : []
  }

  #inResource(item: readonly Token[]): Completion[] {
    if (item.length === 0) return this.#words(['constructor'])
    return item[0]!.kind === 'constructor' ? this.#type(item) : this.#function(item.slice(1), ['static'])
  }

  #type(from: readonly Token[]): Completion[] {
    const position = typePosition(from)
    if (position === 'type') return [...this.#scope(() => true), ...this.#builtIns()]
    return position === 'resource' ? this.#scope((kind) => kind === 'resource') : []
  }

  #builtIns(): Completion[] {
    return builtIn.map((name) => this.#item(name, name, 'keyword', '1'))
  }

  /** The types that are known in the interface or world around. */
  #scope(isWanted: (kind: string) => boolean): Completion[] {
    const owner = this.#context.blocks.findLast(({ kind }) => kind === 'interface' || kind === 'world')
    const name = owner && nameOfBlock(owner)
    const names = name && this.#texts.references.scope({ source: this.#source, span: name })
    return [...(names ?? [])].flatMap(([each, found]) => {
      if (found.kind !== 'type' || !isWanted(found.definition.type.kind)) return []
      const kind = kindOfType[found.definition.type.kind] ?? 'type'
      return [this.#item(each, escapeKeyword(each), kind, '0', this.#texts.meaning(found.place))]
    })
  }

  /** Between the braces of `use path.{…}`. */
  #used({ head, items }: Block, item: readonly Token[]): Completion[] {
    if (item.length > 0) return item.length === 1 ? this.#words(['as']) : []
    const there = this.#named(head.slice(1))?.interfaces
    const one = there?.get(lastName(head) ?? '')
    const taken = new Set(items.map(([name]) => name && unescapeKeyword(name.text)))
    return [...(one?.types ?? [])].flatMap(([name, definition]) => {
      if (taken.has(name)) return []
      const kind = kindOfType[definition.type.kind] ?? 'type'
      const place = definition.place && this.#texts.meaning(definition.place)
      return [this.#item(name, escapeKeyword(name), kind, '0', place)]
    })
  }

  /** Between the braces of `include path with {…}`: what has a name of its own. */
  #included({ head }: Block, item: readonly Token[]): Completion[] {
    if (item.length > 0) return item.length === 1 ? this.#words(['as']) : []
    const path = head.slice(
      1,
      head.findIndex(({ kind }) => kind === 'with'),
    )
    const world = this.#named(path)?.worlds.get(lastName(path) ?? '')
    const names = [...(world?.imports ?? []), ...(world?.exports ?? [])].flatMap(([name, each]) =>
      (each.kind === 'interface' && each.label === undefined) || name.startsWith('[') ? [] : [name],
    )
    return [...new Set(names)].map((name) => this.#item(name, escapeKeyword(name), 'function', '0'))
  }

  /** The package that a path leads into. */
  #named(path: readonly Token[]): WitPackage | undefined {
    const text = path.map((token) => token.text).join('')
    const [, name, version] = /^([^/]+)\/[^@.]+(?:@(.*?))?\.?$/.exec(text) ?? []
    const full = name === undefined ? this.#ownPackage() : `${name}${version ? `@${version}` : ''}`
    return full === undefined ? undefined : this.#texts.packages.get(full)
  }

  #ownPackage(): string | undefined {
    const nested = this.#context.blocks.findLast(({ kind }) => kind === 'package')
    if (nested !== undefined)
      return nested.head
        .slice(1)
        .map(({ text }) => text)
        .join('')
    return this.#texts.packageOf(this.#source)
  }

  /**
   * Interfaces or worlds that a path may be of, with what is typed of it; undefined where the path is at its end. Those of the
   * package itself go by their names alone.
   */
  #paths(typed: readonly Token[], kinds: readonly ('interface' | 'world')[]): Completion[] | undefined {
    const last = typed.at(-1)?.kind
    if (last !== undefined && last !== ':' && last !== '/') return undefined
    const start = typed[0]?.start ?? this.#context.word.start
    const span = { start, end: this.#context.word.end }
    const own = this.#ownPackage()
    return [...this.#texts.packages].flatMap(([name, one]) => {
      const items = kinds.flatMap((kind) => [
        ...(kind === 'interface' ? one.interfaces : one.worlds).values(),
      ])
      return items.map((item) => {
        const isOwn = name === own && typed.length === 0
        const text = isOwn ? escapeKeyword(item.name!) : pathText(one.name, item.name!)
        const kind = item.kind === 'interface' ? 'interface' : 'world'
        const { place } = item
        return this.#item(isOwn ? item.name! : text, text, kind, isOwn ? '0' : '1', place, span)
      })
    })
  }

  #gate(gate: readonly Token[]): Completion[] {
    if (gate.length > 0) return []
    const version = /@(.+)$/.exec(this.#ownPackage() ?? '')?.[1] ?? '0.1.0'
    const texts: Readonly<Record<string, string>> = {
      since: `since(version = ${version})`,
      deprecated: `deprecated(version = ${version})`,
      unstable: 'unstable(feature = name)',
      'external-id': 'external-id("")',
    }
    return gates.map((name) => this.#item(name, texts[name]!, 'keyword', '0'))
  }

  #words(words: readonly string[]): Completion[] {
    return words.map((word) => this.#item(word, word, 'keyword', '2'))
  }

  /** @param place of the definition that says more */
  #item(
    label: string,
    text: string,
    kind: CompletionKind,
    order: string,
    place?: Place,
    span: Span = this.#context.word,
  ): Completion {
    const found = place === undefined ? undefined : this.#texts.definition(place)
    const base = completionOf(label, text, kind, order, span)
    if (found === undefined) return base
    return { ...base, detail: found.definition.kind, docs: this.#texts.describe(found.place) ?? '' }
  }
}

/** @param order of items that fit as well as others: those with the least come first */
export function completionOf(
  label: string,
  text: string,
  kind: CompletionKind,
  order: string,
  span: Span,
): Completion {
  return { label, kind, text, span, filter: text, order: `${order}${label}` }
}

function pathText(home: PackageName, name: string): string {
  const { namespace, package: own } = home
  return nameInPackage(
    { ...home, namespace: escapeKeyword(namespace), package: escapeKeyword(own) },
    escapeKeyword(name),
  )
}

/** The name that a block defines; of an import or export its label. */
function nameOfBlock({ head }: Block): Token | undefined {
  return head[head.findIndex(({ kind }) => /^(interface|world|import|export)$/.test(kind)) + 1]
}

/** The name at the end of a path. */
function lastName(path: readonly Token[]): string | undefined {
  const slash = path.findIndex(({ kind }) => kind === '/')
  const name =
    slash === -1 ? path.find(({ kind }) => kind === 'id' || kind === 'explicit-id') : path[slash + 1]
  return name && unescapeKeyword(name.text)
}
