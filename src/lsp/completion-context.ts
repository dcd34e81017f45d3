import type { Span } from '../diagnostics/span.ts'
import type { Token } from './tokens.ts'

export type BlockKind =
  | 'file'
  | 'package'
  | 'interface'
  | 'world'
  | 'resource'
  | 'record'
  | 'variant'
  | 'labels'
  | 'use'
  | 'include'

/** What braces are open around a place. */
export interface Block {
  readonly kind: BlockKind
  /** What stands before its brace. */
  readonly head: readonly Token[]
  /** Its items so far, the last one without an end. */
  readonly items: Token[][]
}

/** Where something is typed: in which blocks, and behind what of its own item. */
export interface TypingContext {
  /** The innermost last. */
  readonly blocks: readonly Block[]
  /** Without its gates. */
  readonly item: readonly Token[]
  /** A gate that is not ended yet, behind its `@`. */
  readonly gate: readonly Token[] | undefined
  /** What is typed of a word so far. */
  readonly word: Span
}

export function contextOf(tokens: readonly Token[], word: Span): TypingContext {
  const blocks: Block[] = [{ kind: 'file', head: [], items: [[]] }]
  for (const token of tokens) {
    const block = blocks.at(-1)!
    const item = block.items.at(-1)!
    if (token.kind === '{') {
      blocks.push({ kind: kindOfBlock(withoutGates(item).item), head: item, items: [[]] })
    } else if (token.kind === '}') {
      if (blocks.length > 1) blocks.pop()
      blocks.at(-1)!.items.push([])
    } else if (token.kind === ';' || (token.kind === ',' && token.nest === 0 && isList(block.kind))) {
      block.items.push([])
    } else item.push(token)
  }
  return { blocks, ...withoutGates(blocks.at(-1)!.items.at(-1)!), word }
}

function isList(kind: BlockKind): boolean {
  return ['record', 'variant', 'labels', 'use', 'include'].includes(kind)
}

function kindOfBlock(head: readonly Token[]): BlockKind {
  const [first] = head
  switch (first?.kind) {
    case 'interface':
    case 'world':
    case 'resource':
    case 'record':
    case 'variant':
    case 'package':
    case 'use':
    case 'include':
      return first.kind
    case 'enum':
    case 'flags':
      return 'labels'
    default:
      return 'interface'
  }
}

/** `@since(version = 1.0.0)` and its like, before an item. */
function withoutGates(tokens: readonly Token[]): Pick<TypingContext, 'item' | 'gate'> {
  let at = 0
  while (tokens[at]?.kind === '@') {
    const start = at + 1
    let close = start + 1
    while (close < tokens.length && tokens[close]!.kind !== ')') close++
    if (close >= tokens.length) return { item: [], gate: tokens.slice(start) }
    at = close + 1
  }
  return { item: tokens.slice(at), gate: undefined }
}

/** What may be typed behind some tokens of a type or a function's signature. */
export type TypePosition = 'type' | 'resource' | 'function' | undefined

/** @param from the tokens behind the name and its `:`, `=` or `(` */
export function typePosition(from: readonly Token[]): TypePosition {
  const last = from.at(-1)
  switch (last?.kind) {
    case undefined:
    case '->':
      return 'type'
    case '<': {
      const handle = from.at(-2)?.kind
      return handle === 'own' || handle === 'borrow' ? 'resource' : 'type'
    }
    case ':':
      return openers(from).at(-1)?.kind === '(' ? 'type' : undefined
    case ',':
      return openers(from).at(-1)?.kind === '<' ? 'type' : undefined
    case 'async':
    case 'static':
      return 'function'
    default:
      return undefined
  }
}

/** Parentheses and angle brackets that are open. */
function openers(tokens: readonly Token[]): Token[] {
  const open: Token[] = []
  for (const token of tokens) {
    if (token.kind === '(' || token.kind === '<') open.push(token)
    else if (token.kind === ')' || token.kind === '>') open.pop()
  }
  return open
}

/** WAC: what stands behind the end of the last statement, with all that is in its braces. */
export function statementOf(tokens: readonly Token[]): readonly Token[] {
  const end = tokens.findLastIndex(({ kind, depth }) => depth === 0 && kind === ';')
  const rest = tokens.slice(end + 1)
  // Interfaces and worlds end with their brace.
  const brace = rest.findLastIndex(({ kind, depth }) => kind === '}' && depth === 1)
  const isOver = brace !== -1 && /^(interface|world|record|variant|enum|flags)$/.test(rest[0]!.kind)
  return isOver ? statementOf(rest.slice(brace + 1)) : rest
}
