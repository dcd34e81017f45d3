/** Instructions, plain and folded → bytes. */
import type { BranchHint } from '../../binary/core/branch-hints.ts'
import { writeImmediate } from '../../binary/core/immediates.ts'
import { follows } from '../../binary/core/instruction-reader.ts'
import type { BlockType, Immediate, Instruction } from '../../binary/core/instruction.ts'
import { instructionNamed, instructionNames, instructionOf } from '../../binary/core/instructions.ts'
import { referenceParts } from '../../binary/core/reference-type.ts'
import { LayoutWriter } from '../../binary/layout-writer.ts'
import { nearest } from '../../diagnostics/nearest.ts'
import { didYouMean } from '../did-you-mean.ts'
import type { Span } from '../../diagnostics/span.ts'
import type { TokenReader } from '../token-reader.ts'
import { IndexSpace } from './index-space.ts'
import { LabelStack } from './label-stack.ts'
import type { ModuleScope, TypeUse } from './module-scope.ts'
import { takeReferenceType } from './parse-core-type.ts'
import { type BodyScope, takeImmediates, takeSelectTypes } from './parse-immediate.ts'

/** An instruction that was read and is not yet written: in the folded form the operands come first. */
interface Pending {
  readonly instruction: Instruction
  readonly immediates: readonly Immediate[]
  /** The type of a block or of an indirect call; it gets its index when the instruction is written. */
  readonly use: TypeUse | undefined
  readonly hint: number | undefined
}

interface Block {
  /** What began the block, or divided it last. */
  opened: string
  readonly span: Span
  /** How many folded forms were open where the block began: it ends in the same one. */
  readonly level: number
  /** Whether it ends with a parenthesis instead of an instruction. */
  readonly folded: boolean
}

interface BlockLabel {
  readonly id: string | undefined
  /** What the name section calls it. */
  readonly name: string | undefined
}

const unlabelled: BlockLabel = { id: undefined, name: undefined }

/** A folded form that is open. */
interface Level {
  /**
   * - `operands`: folded instructions, then the pending one
   * - `condition`: the same of an `if`, up to `then`; `then`: after it; `else`: after that
   * - `arm`: the instructions of `then`, `else`, `do`, `catch`
   * - `block`: the instructions of a block
   * - `try`: the parts of the older form of exceptions
   */
  kind: 'operands' | 'condition' | 'then' | 'else' | 'arm' | 'block' | 'try'
  readonly pending: Pending | undefined
  readonly label: BlockLabel
  readonly span: Span
}

/** What became of an expression besides its bytes. */
export interface ExpressionFacts {
  /** Offsets are from the first byte of the expression. */
  readonly hints: readonly BranchHint[]
  /** Names of labels, by the number of their block. */
  readonly labels: readonly (readonly [number, string])[]
  /** Whether data segments are named, which the data count section must then precede. */
  readonly namesData: boolean
}

const end = instructionOf(undefined, 0x0b)!
const otherwise = instructionOf(undefined, 0x05)!
const noLocals = new IndexSpace('local')

/** The bytes of `instr*`, up to the end of the list, and an `end`. */
export function takeExpression(
  tokens: TokenReader,
  module: ModuleScope,
  locals: IndexSpace = noLocals,
): { bytes: Uint8Array<ArrayBuffer>; facts: ExpressionFacts } {
  const parser = new ExpressionParser(tokens, module, locals)
  parser.parse()
  return { bytes: parser.finish(), facts: parser }
}

/** The bytes of one folded instruction, and an `end`. */
export function takeFoldedInstruction(tokens: TokenReader, module: ModuleScope): Uint8Array<ArrayBuffer> {
  if (tokens.lexer.kind !== '(') tokens.expected('an instruction in parentheses')
  const parser = new ExpressionParser(tokens, module, noLocals)
  parser.parse(true)
  return parser.finish()
}

class ExpressionParser implements BodyScope, ExpressionFacts {
  readonly module: ModuleScope
  readonly locals: IndexSpace
  readonly hints: BranchHint[] = []
  readonly labels: (readonly [number, string])[] = []
  namesData = false
  readonly #tokens: TokenReader
  readonly #writer = new LayoutWriter(new Map())
  /** Blocks that are open, outermost first; the first is the expression itself. */
  readonly #blocks: Block[]
  /** Their identifiers. */
  readonly #identifiers = new LabelStack()
  readonly #levels: Level[] = []
  /** Blocks so far, which labels are numbered by in the name section. */
  #blockCount = 0
  #hint: number | undefined

  constructor(tokens: TokenReader, module: ModuleScope, locals: IndexSpace) {
    this.#tokens = tokens
    this.module = module
    this.locals = locals
    this.#identifiers.push(undefined)
    this.#blocks = [{ opened: '', span: tokens.lexer.span, level: 0, folded: false }]
  }

  /** Up to the parenthesis that closes the list around; or one folded instruction. */
  parse(single = false): void {
    const { lexer } = this.#tokens
    for (;;) {
      if (lexer.kind === ')' || lexer.kind === 'end') {
        if (this.#levels.length === 0) break
        this.#close()
        if (single && this.#levels.length === 0) break
      } else if (lexer.kind === '(') this.#open()
      else if (lexer.kind === 'annotation') this.#takeHint()
      else this.#plain()
    }
    this.#endsHere()
    if (this.#hint !== undefined) this.#tokens.fail('a branch hint must precede an instruction')
  }

  finish(): Uint8Array<ArrayBuffer> {
    this.#writer.byte(end.opcode)
    return this.#writer.finish()
  }

  takeLabel(tokens: TokenReader): number {
    const id = tokens.takeIdentifier()
    if (!id) return tokens.takeIndex('a label')
    const distance = this.#identifiers.distance(id.text)
    if (distance !== undefined) return distance
    const notes = nearest(id.text, this.#identifiers.labels()).map((name) => `did you mean \`${name}\`?`)
    return tokens.fail(`unknown label: no block around this is called \`${id.text}\``, id.span, notes)
  }

  /** An instruction outside of parentheses. */
  #plain(): void {
    const level = this.#levels.at(-1)
    if (level && level.kind !== 'arm' && level.kind !== 'block') this.#tokens.expected('`(`')
    const { span } = this.#tokens.lexer
    const instruction = this.#takeInstruction()
    switch (instruction.block) {
      case 'begin':
        this.#beginPlain(instruction, span)
        return
      case 'middle':
        this.#middle(instruction, span)
        return
      case 'end':
        this.#end(instruction, span)
        return
      default:
        this.#write(this.#takePending(instruction))
    }
  }

  #beginPlain(instruction: Instruction, span: Span): void {
    const label = this.#takeBlockLabel()
    this.#write(this.#takePending(instruction))
    this.#begin(instruction.name, label, span, false)
  }

  /** `else`, `catch`, `catch_all` */
  #middle(instruction: Instruction, span: Span): void {
    const block = this.#innermost(instruction, span)
    if (instruction === otherwise) this.#takeSameLabel()
    block.opened = instruction.name
    this.#write(this.#takePending(instruction))
  }

  /** `end`, `delegate` */
  #end(instruction: Instruction, span: Span): void {
    this.#innermost(instruction, span)
    if (instruction === end) this.#takeSameLabel()
    this.#popBlock()
    this.#write(this.#takePending(instruction))
  }

  /** The block that the instruction ends or divides. */
  #innermost({ name }: Instruction, span: Span): Block {
    const block = this.#blocks.at(-1)!
    if (this.#blocks.length === 1 || block.folded || block.level !== this.#levels.length) {
      this.#tokens.fail(`unexpected token: this \`${name}\` belongs to no block`, span)
    }
    if (!follows(name, block.opened)) {
      this.#tokens.fail(`unexpected token: \`${name}\` cannot follow \`${block.opened}\``, span)
    }
    return block
  }

  /** The identifier of a block may be repeated after its `end` and `else`. */
  #takeSameLabel(): void {
    const id = this.#tokens.takeIdentifier()
    const wanted = this.#identifiers.at(0)
    if (id && id.text !== wanted) {
      this.#tokens.fail(`mismatching label: the block is ${wanted ?? 'without one'}`, id.span)
    }
  }

  /** A folded form opens. */
  #open(): void {
    const { lexer } = this.#tokens
    const { span } = lexer
    lexer.next()
    const level = this.#levels.at(-1)
    if (level && this.#openPart(level, span)) return
    const instruction = this.#takeInstruction()
    if (instruction.block === undefined) {
      const pending = this.#takePending(instruction)
      this.#levels.push({ kind: 'operands', pending, label: unlabelled, span })
      return
    }
    if (instruction.block !== 'begin') this.#tokens.fail(`unexpected token \`${instruction.name}\``, span)
    const label = this.#takeBlockLabel()
    const pending = this.#takePending(instruction)
    if (instruction.name === 'if') {
      this.#levels.push({ kind: 'condition', pending, label, span })
      return
    }
    this.#write(pending)
    const kind = instruction.name === 'try' ? 'try' : 'block'
    this.#levels.push({ kind, pending: undefined, label, span })
    this.#begin(instruction.name, label, span, true)
  }

  /** Parts of a folded `if` or `try`; false where an instruction may stand. */
  #openPart(level: Level, span: Span): boolean {
    const { keyword } = this.#tokens
    switch (level.kind) {
      case 'condition':
        if (keyword !== 'then') return false
        if (this.#hint !== undefined) this.#tokens.fail('a branch hint must precede an instruction')
        this.#write(level.pending!)
        level.kind = 'then'
        this.#begin('if', level.label, level.span, true)
        break
      case 'then':
        if (keyword !== 'else') this.#tokens.expected('`else`')
        this.#write({ instruction: otherwise, immediates: [], use: undefined, hint: undefined })
        level.kind = 'else'
        break
      case 'else':
        this.#tokens.fail('unexpected token: nothing may follow the `else` of an `if`', span)
        break
      case 'try':
        return this.#openTryPart(span)
      default:
        return false
    }
    this.#tokens.lexer.next()
    this.#levels.push({ kind: 'arm', pending: undefined, label: unlabelled, span })
    return true
  }

  /** `(do …) (catch tag …)* (catch_all …)?`, or `(do …) (delegate label)` */
  #openTryPart(span: Span): boolean {
    const { keyword, lexer } = this.#tokens
    const block = this.#blocks.at(-1)!
    if (keyword === 'do') {
      if (block.opened !== 'try') this.#tokens.expected('`catch` or `catch_all`')
      block.opened = 'do'
      lexer.next()
    } else {
      const instruction = instructionNamed(keyword ?? '')
      const opened = block.opened === 'do' ? 'try' : block.opened
      const fits = block.opened !== 'try' && instruction?.block !== undefined
      if (!fits || keyword === 'end' || !follows(instruction.name, opened)) {
        this.#tokens.expected(block.opened === 'try' ? '`do`' : '`catch`, `catch_all` or `delegate`')
      }
      lexer.next()
      if (instruction.block === 'end') this.#popBlock()
      this.#write(this.#takePending(instruction))
      block.opened = instruction.name
    }
    this.#levels.push({ kind: 'arm', pending: undefined, label: unlabelled, span })
    return true
  }

  /** A folded form closes. */
  #close(): void {
    const { lexer } = this.#tokens
    const level = this.#levels.at(-1)!
    if (lexer.kind === 'end') lexer.fail('this parenthesis does not close', level.span)
    this.#endsHere()
    if (this.#hint !== undefined) this.#tokens.fail('a branch hint must precede an instruction')
    this.#levels.pop()
    if (level.kind === 'condition') this.#tokens.fail('unexpected token: this `if` has no `then`')
    if (level.pending && level.kind === 'operands') this.#write(level.pending)
    if (level.kind === 'block' || level.kind === 'then' || level.kind === 'else' || level.kind === 'try') {
      this.#closeBlock()
    }
    lexer.next()
  }

  #closeBlock(): void {
    const { folded, level } = this.#blocks.at(-1)!
    // A `delegate` has ended its block already.
    if (!folded || level <= this.#levels.length) return
    this.#popBlock()
    this.#writer.byte(end.opcode)
  }

  #popBlock(): void {
    this.#blocks.pop()
    this.#identifiers.pop()
  }

  /** Blocks that began in the innermost folded form must have ended. */
  #endsHere(): void {
    const block = this.#blocks.at(-1)!
    if (this.#blocks.length > 1 && !block.folded && block.level === this.#levels.length) {
      this.#tokens.fail(`this \`${block.opened}\` has no \`end\``, block.span)
    }
  }

  #takeInstruction(): Instruction {
    const { lexer } = this.#tokens
    const instruction = lexer.kind === 'atom' ? instructionNamed(lexer.text) : undefined
    if (!instruction) this.#unknown()
    lexer.next()
    return instruction
  }

  #unknown(): never {
    const { keyword } = this.#tokens
    if (keyword === undefined) this.#tokens.expected('an instruction')
    const notes = didYouMean(keyword, instructionNames())
    const message = `unknown operator or unexpected token: \`${keyword}\` is no instruction`
    return this.#tokens.fail(message, undefined, notes)
  }

  /** What follows the name; of a block, after its label. */
  #takePending(instruction: Instruction): Pending {
    const hint = this.#hint
    this.#hint = undefined
    const tokens = this.#tokens
    const { immediates } = instruction
    if (immediates[0] === 'block') {
      const use = this.module.takeTypeUse(tokens, false)
      const rest = instruction.name === 'try_table' ? takeImmediates(tokens, this, catches) : []
      return { instruction, immediates: [undefined, ...rest], use, hint }
    }
    if (immediates[0] === 'type' && immediates[1] === 'table') {
      const table = tokens.atIndex ? this.module.spaces.table.take(tokens) : 0
      return {
        instruction,
        immediates: [undefined, table],
        use: this.module.takeTypeUse(tokens, false),
        hint,
      }
    }
    if (immediates[0] === 'ref') return this.#takeReference(instruction, hint)
    if (instruction.name === 'select') return this.#takeSelect(instruction, hint)
    return { instruction, immediates: takeImmediates(tokens, this, instruction), use: undefined, hint }
  }

  /** `ref.test` and `ref.cast`: a nullable type makes it the next opcode. */
  #takeReference(instruction: Instruction, hint: number | undefined): Pending {
    const { heap, nullable } = referenceParts(takeReferenceType(this.#tokens, this.module.takeTypeIndex))
    const { prefix, opcode } = instruction
    const chosen = nullable ? instructionOf(prefix, opcode + 1)! : instruction
    return { instruction: chosen, immediates: [heap], use: undefined, hint }
  }

  #takeSelect(instruction: Instruction, hint: number | undefined): Pending {
    const types = takeSelectTypes(this.#tokens, this)
    if (!types) return { instruction, immediates: [], use: undefined, hint }
    const typed = instructionOf(undefined, instruction.opcode + 1)!
    return { instruction: typed, immediates: [types], use: undefined, hint }
  }

  #takeBlockLabel(): BlockLabel {
    const id = this.#tokens.takeIdentifier()
    const name = this.#tokens.takeName() ?? id?.text.slice(1)
    return { id: id?.text, name }
  }

  #begin(opened: string, { id, name }: BlockLabel, span: Span, folded: boolean): void {
    if (name !== undefined) this.labels.push([this.#blockCount, name])
    this.#blockCount++
    this.#blocks.push({ opened, span, level: this.#levels.length, folded })
    this.#identifiers.push(id)
  }

  #write({ instruction, immediates, use, hint }: Pending): void {
    const writer = this.#writer
    if (hint !== undefined) this.hints.push({ offset: writer.length, value: hint })
    const { prefix, opcode } = instruction
    if (prefix === undefined) writer.byte(opcode)
    else writer.byte(prefix).u32(opcode)
    const kinds = instruction.immediates
    for (let i = 0; i < kinds.length; i++) {
      const kind = kinds[i]!
      if (kind === 'data') this.namesData = true
      const value = i === 0 && use ? this.#typeOf(use, kind === 'block') : immediates[i]
      writeImmediate(writer, kind, value)
    }
  }

  /** Blocks without parameters and with one result or none need no type. */
  #typeOf(use: TypeUse, ofBlock: boolean): BlockType {
    const { parameters, results } = use.signature
    const short = ofBlock && use.index === undefined && parameters.length === 0 && results.length < 2
    return short ? results[0] : this.module.typeIndex(this.#tokens, use)
  }

  /** `(@metadata.code.branch_hint "\00" | "\01")`, before the instruction */
  #takeHint(): void {
    const tokens = this.#tokens
    const { lexer } = tokens
    if (lexer.annotation !== 'metadata.code.branch_hint') tokens.expected('an instruction')
    if (this.#hint !== undefined) tokens.fail('@metadata.code.branch_hint annotation: duplicate annotation')
    lexer.next()
    const { span } = lexer
    const [value, ...more] = tokens.takeBytes('a hint: "\\00" or "\\01"')
    if (value === undefined || value > 1 || more.length > 0) {
      tokens.fail('@metadata.code.branch_hint annotation: invalid value: a hint is "\\00" or "\\01"', span)
    }
    tokens.leave()
    this.#hint = value
  }
}

const catches: Instruction = { ...instructionNamed('try_table')!, immediates: ['catches'] }
