/** Instructions as text: those of functions on lines of their own, constant expressions on one. */
import type { CoreCompositeType } from '../../component/component.ts'
import { ByteReader } from '../../binary/byte-reader.ts'
import type { BranchHint } from '../../binary/core/branch-hints.ts'
import { readImmediate } from '../../binary/core/immediates.ts'
import { Nesting, readOpcode } from '../../binary/core/instruction-reader.ts'
import type {
  BlockType,
  Cast,
  Catch,
  Handler,
  Immediate,
  Instruction,
  MemoryArgument,
} from '../../binary/core/instruction.ts'
import type { Expression } from '../../binary/core/module.ts'
import type { Printer } from '../printer.ts'
import { LabelStack } from './label-stack.ts'
import { isOptional, textOrder } from './parse-immediate.ts'
import { heapTypeText, signatureText, type UseType, valueTypeText } from './print-core-type.ts'
import type { PrintedName } from './print-name.ts'
import { float32Text, float64Text } from './print-number.ts'
import type { PrintedModuleNames } from './printed-module-names.ts'
import { referenceType } from '../../binary/core/reference-type.ts'

/** What the printer of instructions knows of their module. */
export interface ModuleContext {
  readonly bytes: Uint8Array
  readonly names: PrintedModuleNames
  /** The types of the module, by index. */
  readonly types: readonly CoreCompositeType[]
}

type Names = ReadonlyMap<number, PrintedName>

const none: Names = new Map()

/** What is particular to a function. */
export interface FunctionContext {
  readonly locals: Names
  readonly labels: Names
  /** Hints by the offset of their instruction in the file. */
  readonly hints: ReadonlyMap<number, BranchHint>
}

const noFunction: FunctionContext = { locals: none, labels: none, hints: new Map() }

/** The instructions of a constant expression, without the `end`, one space between them. */
export function constantText(
  context: ModuleContext,
  expression: Expression,
): { text: string; count: number } {
  const texts: string[] = []
  for (const { text } of new ExpressionPrinter(context, noFunction, false).lines(expression)) texts.push(text)
  return { text: texts.join(' '), count: texts.length }
}

/** Prints the instructions of a function, each on a line. Returns whether one of them names a data segment. */
export function printBody(
  printer: Printer,
  context: ModuleContext,
  func: FunctionContext,
  expression: Expression,
): boolean {
  let namesData = false
  for (const { text, instruction, hint } of new ExpressionPrinter(context, func, true).lines(expression)) {
    const { block } = instruction
    if (block === 'middle' || block === 'end') printer.indent(-1)
    if (hint) printer.line().write(`(@metadata.code.branch_hint "\\0${hint.value}")`)
    printer.line().write(text)
    if (block === 'middle' || block === 'begin') printer.indent(1)
    namesData ||= instruction.immediates.includes('data')
  }
  return namesData
}

interface Line {
  readonly text: string
  readonly instruction: Instruction
  readonly hint: BranchHint | undefined
}

class ExpressionPrinter {
  readonly #context: ModuleContext
  readonly #function: FunctionContext
  /** Whether each instruction has a line of its own, which a comment may end. */
  readonly #onLines: boolean
  readonly #use: UseType
  /** The identifiers of the blocks that are open. */
  readonly #labels = new LabelStack()
  #blockCount = 0

  constructor(context: ModuleContext, func: FunctionContext, onLines: boolean) {
    this.#context = context
    this.#function = func
    this.#onLines = onLines
    this.#use = (index) => context.names.use('type', index)
  }

  /** All instructions but the last `end`. */
  *lines({ bytes, offset }: Expression): Generator<Line, void, undefined> {
    const reader = this.#reader(bytes, offset)
    const nesting = new Nesting()
    const { hints } = this.#function
    for (;;) {
      const start = reader.position
      const instruction = readOpcode(reader)
      nesting.step(instruction, reader, start)
      if (nesting.ended) break
      const text = this.#text(instruction, reader)
      yield { text, instruction, hint: hints.size === 0 ? undefined : hints.get(start) }
    }
    if (!reader.atEnd) reader.fail('END opcode expected: found instructions after the last `end`')
  }

  /** Offsets in messages are those of the file. */
  #reader(bytes: Uint8Array, offset: number): ByteReader {
    const reader = new ByteReader(this.#context.bytes, offset, offset + bytes.length)
    reader.path.push('instructions')
    return reader
  }

  #text(instruction: Instruction, reader: ByteReader): string {
    const { name, immediates, block } = instruction
    if (block !== undefined) return this.#blockText(instruction, reader)
    if (immediates.length === 0) return name
    if (immediates.length === 1) {
      const kind = immediates[0]!
      const value = readImmediate(reader, kind)
      if (kind === 'memory' && value === 0) return name
      const text = this.#immediateText(instruction, 0, value, undefined)
      return text === '' ? name : `${name} ${text}`
    }
    const values = immediates.map((kind) => readImmediate(reader, kind))
    if (immediates[0] === 'type' && immediates[1] === 'table') return this.#indirectText(name, values)
    return this.#textOfSome(instruction, values)
  }

  /** Several immediates: tables and memories are left out where all are the first. */
  #textOfSome(instruction: Instruction, values: readonly Immediate[]): string {
    const { name, immediates } = instruction
    const short =
      immediates[0] !== 'ordering' && immediates.every((kind, i) => !isOptional(kind) || values[i] === 0)
    const words = [name]
    for (const i of textOrder(immediates)) {
      if (short && isOptional(immediates[i]!)) continue
      const text = this.#immediateText(instruction, i, values[i], values)
      if (text !== '') words.push(text)
    }
    return words.join(' ')
  }

  #indirectText(name: string, [type, table]: readonly Immediate[]): string {
    const target = table === 0 ? '' : ` ${this.#context.names.use('table', table as number)}`
    return `${name}${target} (type ${this.#use(type as number)})`
  }

  #immediateText(
    { immediates, alignment }: Instruction,
    i: number,
    value: Immediate,
    all: readonly Immediate[] | undefined,
  ): string {
    const kind = immediates[i]!
    const { names } = this.#context
    switch (kind) {
      case 'local':
        return this.#function.locals.get(value as number)?.id ?? String(value)
      case 'func':
      case 'table':
      case 'memory':
      case 'global':
      case 'tag':
      case 'type':
      case 'elem':
      case 'data':
        return names.use(kind, value as number)
      case 'field':
        return names.fields(all![i - 1] as number).get(value as number)?.id ?? String(value)
      case 'label':
        return this.#labelText(value as number)
      case 'labels':
        return (value as readonly number[]).map((label) => this.#labelText(label)).join(' ')
      case 'f32':
        return float32Text(value as number)
      case 'f64':
        return float64Text(value as bigint)
      case 'v128':
        return vectorText(value as Uint8Array)
      case 'lanes':
        return (value as Uint8Array).join(' ')
      case 'memarg':
        return this.#memoryArgumentText(value as MemoryArgument, alignment)
      case 'heap':
        return heapTypeText(value as string, this.#use)
      case 'ref':
      case 'ref null':
        return referenceType(heapTypeText(value as string, this.#use), kind === 'ref null')
      case 'cast':
        return this.#castText(value as Cast)
      case 'types':
        return `(result${(value as readonly string[]).map((type) => ` ${valueTypeText(type, this.#use)}`).join('')})`
      case 'handlers':
        return (value as readonly Handler[]).map((handler) => this.#handlerText(handler)).join(' ')
      case 'catches':
        return (value as readonly Catch[]).map((clause) => this.#catchText(clause)).join(' ')
      case 'ordering':
        return value === 0 ? 'seq_cst' : 'acq_rel'
      case 'zero':
        return ''
      case 'i32':
      case 'i64':
      case 'lane':
      case 'count':
      case 'block':
        return String(value)
    }
  }

  #memoryArgumentText({ align, memory, offset }: MemoryArgument, alignment: number): string {
    const words: string[] = []
    if (memory !== 0) words.push(this.#context.names.use('memory', memory))
    if (offset !== 0n) words.push(`offset=${offset}`)
    if (align !== alignment) words.push(`align=${1n << BigInt(align)}`)
    return words.join(' ')
  }

  #castText({ label, from, to }: Cast): string {
    return `${this.#labelText(label)} ${valueTypeText(from, this.#use)} ${valueTypeText(to, this.#use)}`
  }

  #handlerText({ tag, label }: Handler): string {
    const target = label === undefined ? 'switch' : this.#labelText(label)
    return `(on ${this.#context.names.use('tag', tag)} ${target})`
  }

  #catchText({ tag, ref, label }: Catch): string {
    const keyword = `catch${tag === undefined ? '_all' : ''}${ref ? '_ref' : ''}`
    const caught = tag === undefined ? '' : ` ${this.#context.names.use('tag', tag)}`
    return `(${keyword}${caught} ${this.#labelText(label)})`
  }

  /** The block's identifier; else its distance, and in a comment its depth. Nothing is said of the function itself. */
  #labelText(distance: number): string {
    if (distance >= this.#labels.depth) return String(distance)
    const id = this.#labels.at(distance)
    if (id === undefined) return `${distance} (;@${this.#labels.depth - distance};)`
    return this.#labels.distance(id) === distance ? id : String(distance)
  }

  #blockText(instruction: Instruction, reader: ByteReader): string {
    const { name, immediates, block } = instruction
    if (block === 'end') this.#labels.pop()
    if (block !== 'begin') {
      if (immediates.length === 0) return name
      return `${name} ${this.#immediateText(instruction, 0, readImmediate(reader, immediates[0]!), undefined)}`
    }
    const type = readImmediate(reader, 'block') as BlockType
    const clauses = immediates.length > 1 ? readImmediate(reader, immediates[1]!) : undefined
    const tail = clauses === undefined ? '' : this.#immediateText(instruction, 1, clauses, undefined)
    const label = this.#function.labels.get(this.#blockCount++)
    this.#labels.push(label?.id)
    const words = [name]
    if (label) words.push(`${label.id}${label.annotation}`)
    words.push(this.#blockTypeText(type), tail)
    if (!label) words.push(this.#onLines ? `;; label = @${this.#labels.depth}` : '')
    return words.filter((word) => word !== '').join(' ')
  }

  #blockTypeText(type: BlockType): string {
    if (type === undefined) return ''
    if (typeof type === 'string') return `(result ${valueTypeText(type, this.#use)})`
    const known = this.#context.types[type]
    const signature = known?.kind === 'func' ? signatureText(known.parameters, known.results, this.#use) : ''
    return `(type ${this.#use(type)})${signature}`
  }
}

/** Four integers: `i32x4 0x00000001 …` */
function vectorText(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16)
  const lanes = [0, 4, 8, 12].map((at) => `0x${view.getUint32(at, true).toString(16).padStart(8, '0')}`)
  return `i32x4 ${lanes.join(' ')}`
}
