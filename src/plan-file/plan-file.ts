/**
 * What `tenon compile` writes and a cache keeps: a Plan as data, with what else a component is known by.
 *
 *     magic      00 't' 'e' 'n' 'o' 'n' 0d 0a    the line end shows damage by transfer as text
 *     version    name                            of the Tenon that wrote it
 *     edits      vec(edit)                       what makes the component of the file at the end
 *     size       u32                             of the payload
 *     checksum   32 bytes                        SHA-256 of the edits and the payload
 *     payload    name, ranges of core modules, the same in the file at the end, Plan, type
 *     file       to the end: the component, with core modules in the form in which they are instantiated; nothing
 *                in a cache
 *
 * What stands before the payload never changes, so that any Tenon can say which one wrote a file, and take the component
 * out of it.
 */
import { ByteReader } from '../binary/byte-reader.ts'
import { ByteWriter } from '../binary/byte-writer.ts'
import type { Plan } from '../compile/plan.ts'
import type { ByteRange } from '../component/component.ts'
import type { ComponentType } from '../component/extern-type.ts'
import { TenonError } from '../errors.ts'
import { checkAgreement } from './check-agreement.ts'
import { checkCoreModules } from './check-core-modules.ts'
import { checkPlan } from './check-plan.ts'
import { optional, PlanReader, PlanWriter, text } from './codec.ts'
import { ReadModule } from './core-facts.ts'
import { concatenated, type Edit, equal, readEdits, undo, writeEdits } from './edits.ts'
import { checkForm, linkableModules } from './linkable-codec.ts'
import { type LinkableFile, linkableFile, type RewrittenForm } from './linkable-modules.ts'
import { refuse } from './malformed-plan.ts'
import { coreModules, plan as planCodec } from './plan-codec.ts'
import { Sha256 } from './sha256.ts'
import { componentType } from './type-codec.ts'

/** A compiled component without its bytes. */
export interface CompiledComponent {
  /** What it calls itself. */
  readonly name: string | undefined
  readonly plan: Plan
  readonly type: ComponentType
}

const magic = Uint8Array.of(0x00, 0x74, 0x65, 0x6e, 0x6f, 0x6e, 0x0d, 0x0a)
const checksumSize = 32
const nothing: LinkableFile = { bytes: new Uint8Array(), modules: [], edits: [] }

/** Whether it begins like a file that `encodePlanFile` made. */
export function isPlanFile(bytes: Uint8Array): boolean {
  return bytes.length >= magic.length && magic.every((byte, i) => bytes[i] === byte)
}

/**
 * @param version of this Tenon
 * @param component to be in the file
 * @throws {TenonError} limit: it nests too deeply to be written
 */
export function encodePlanFile(
  { name, plan, type }: CompiledComponent,
  version: string,
  component?: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const file = component ? linkableFile(component, plan.modules) : nothing
  const payload = new PlanWriter()
  try {
    optional(text).write(payload, name)
    coreModules.write(payload, plan.modules)
    linkableModules.write(payload, file.modules)
    planCodec.write(payload, plan)
    componentType.write(payload, type)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new TenonError('limit', 'the component nests too deeply to be written', { cause: error })
  }
  const contents = payload.bytes.view()
  const edits = new ByteWriter()
  writeEdits(edits, file.edits)
  const checksum = new Sha256().update(edits.view()).update(contents).digest()
  const head = new ByteWriter().bytes(magic).name(version).bytes(edits.view())
  head.u32(contents.length).bytes(checksum)
  return concatenated([head.view(), contents, file.bytes])
}

/** What any version can read of such a file. */
export interface PlanFileHead {
  /** Of the Tenon that wrote it. */
  readonly version: string
  readonly edits: readonly Edit[]
  readonly encodedEdits: Uint8Array
  readonly checksum: Uint8Array
  readonly payload: Uint8Array
  /** What stands at the end. */
  readonly file: Uint8Array
}

/** @throws {DecodeError} cut off */
export function readPlanFileHead(bytes: Uint8Array): PlanFileHead {
  const reader = new ByteReader(bytes)
  reader.skip(magic.length)
  const version = reader.name()
  const startOfEdits = reader.position
  const edits = readEdits(reader)
  const encodedEdits = bytes.subarray(startOfEdits, reader.position)
  const size = reader.u32()
  const at = reader.position
  reader.skip(checksumSize + size)
  const start = at + checksumSize
  return {
    version,
    edits,
    encodedEdits,
    checksum: bytes.subarray(at, start),
    payload: bytes.subarray(start, start + size),
    file: bytes.subarray(start + size),
  }
}

/** The component that a file was made from. */
export function componentOf({ file, edits }: PlanFileHead): Uint8Array {
  return edits.length > 0 ? undo(file, edits) : file
}

/** Called with the core modules before anything else is read; `linked` where they lie in this file. */
export type Begin = (modules: readonly ByteRange[], linked?: readonly RewrittenBytes[]) => void

/** A core module in the form in which it is instantiated. */
export interface RewrittenBytes {
  readonly bytes: Uint8Array
  readonly form: RewrittenForm | undefined
}

/**
 * Reads what `encodePlanFile` wrote, or what somebody made to look like it: every index, name, kind and count is checked. Of
 * `type` this is done when it is first asked for: who only runs a component does not need it.
 *
 * @param component the component's file, where it is not in this one
 * @throws {TenonError} decode, limit, unsupported: written by another version
 */
export function decodePlanFile(
  bytes: Uint8Array,
  version: string,
  component?: Uint8Array,
  begin?: Begin,
): CompiledComponent {
  const head = readPlanFileHead(bytes)
  if (head.version !== version) {
    throw new TenonError(
      'unsupported',
      `the file was compiled by Tenon ${head.version}, and this is ${version}; to compile it anew: tenon compile FILE -o FILE`,
    )
  }
  if (!equal(new Sha256().update(head.encodedEdits).update(head.payload).digest(), head.checksum))
    throw new TenonError(
      'decode',
      'the compiled component is damaged: its checksum is another; to compile it anew: tenon compile FILE -o FILE',
    )
  const start = head.payload.byteOffset - bytes.byteOffset
  const reader = new PlanReader(new ByteReader(bytes, start, start + head.payload.length))
  let type: ComponentType | undefined
  return bounded(() => {
    const name = optional(text).read(reader)
    const facts = readModules(reader, component, head.file, begin)
    const plan = planCodec.read(reader)
    checkPlan(plan, facts)
    return {
      name,
      plan,
      get type() {
        type ??= bounded(() => readType(reader, plan))
        return type
      },
    }
  })
}

/** The core modules: of the component's file, or, where there is none, of the one at the end. */
function readModules(
  reader: PlanReader,
  component: Uint8Array | undefined,
  file: Uint8Array,
  begin: Begin | undefined,
): readonly ReadModule[] {
  const ranges = coreModules.read(reader)
  const linked = linkableModules.read(reader)
  if (component) {
    checkCoreModules(ranges, component)
    begin?.(ranges)
    return ranges.map((range) => new ReadModule(component, range))
  }
  if (linked.length !== ranges.length) refuse(`${linked.length} core modules for ${ranges.length}`)
  checkCoreModules(
    linked.map(({ range }) => range),
    file,
  )
  begin?.(
    ranges,
    linked.map(({ range, form }) => ({ bytes: file.subarray(range.start, range.end), form })),
  )
  return linked.map(({ range, form }) => {
    const facts = new ReadModule(file, range)
    if (form) checkForm(form, facts)
    return facts
  })
}

function readType(reader: PlanReader, plan: Plan): ComponentType {
  const type = componentType.read(reader)
  if (!reader.bytes.atEnd) reader.bytes.fail('unexpected bytes after the Plan')
  checkAgreement(type, plan)
  return type
}

function bounded<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new TenonError('limit', 'the Plan nests too deeply', { cause: error })
  }
}
