/**
 * What `tenon compile` writes and a cache keeps: a Plan as data, with what else a component is known by.
 *
 *     magic      00 't' 'e' 'n' 'o' 'n' 0d 0a    the line end shows damage by transfer as text
 *     version    name                            of the Tenon that wrote it
 *     size       u32                             of the payload
 *     checksum   32 bytes                        SHA-256 of the payload
 *     payload    name, ranges of core modules, Plan, type
 *     component  the file that it was made from, to the end; nothing in a cache
 *
 * Byte ranges in the Plan are offsets into the component. What stands before the payload never changes, so that any Tenon can
 * say which one wrote a file, and take the component out of it.
 */
import { ByteReader } from '../binary/byte-reader.ts'
import { ByteWriter } from '../binary/byte-writer.ts'
import type { Plan } from '../compile/plan.ts'
import type { ByteRange } from '../component/component.ts'
import type { ComponentType } from '../component/extern-type.ts'
import { TenonError } from '../errors.ts'
import { checkAgreement } from './check-agreement.ts'
import { checkCoreModules, checkPlan } from './check-plan.ts'
import { optional, PlanReader, PlanWriter, text } from './codec.ts'
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

/** Whether it begins like a file that `encodePlanFile` made. */
export function isPlanFile(bytes: Uint8Array): boolean {
  return bytes.length >= magic.length && magic.every((byte, i) => bytes[i] === byte)
}

/**
 * @param version of this Tenon
 * @throws {TenonError} limit: it nests too deeply to be written
 */
export function encodePlanFile(
  { name, plan, type }: CompiledComponent,
  version: string,
  component: Uint8Array = new Uint8Array(),
): Uint8Array<ArrayBuffer> {
  const payload = new PlanWriter()
  try {
    optional(text).write(payload, name)
    coreModules.write(payload, plan.modules)
    planCodec.write(payload, plan)
    componentType.write(payload, type)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new TenonError('limit', 'the component nests too deeply to be written', { cause: error })
  }
  const contents = payload.bytes.view()
  const head = new ByteWriter().bytes(magic).name(version).u32(contents.length)
  head.bytes(new Sha256().update(contents).digest())
  const file = new Uint8Array(head.length + contents.length + component.length)
  file.set(head.view())
  file.set(contents, head.length)
  file.set(component, head.length + contents.length)
  return file
}

/** What any version can read of such a file. */
export interface PlanFileHead {
  /** Of the Tenon that wrote it. */
  readonly version: string
  readonly checksum: Uint8Array
  readonly payload: Uint8Array
  readonly component: Uint8Array
}

/** @throws {DecodeError} cut off */
export function readPlanFileHead(bytes: Uint8Array): PlanFileHead {
  const reader = new ByteReader(bytes)
  reader.skip(magic.length)
  const version = reader.name()
  const size = reader.u32()
  const at = reader.position
  reader.skip(checksumSize + size)
  const start = at + checksumSize
  return {
    version,
    checksum: bytes.subarray(at, start),
    payload: bytes.subarray(start, start + size),
    component: bytes.subarray(start + size),
  }
}

/**
 * Reads what `encodePlanFile` wrote, or what somebody made to look like it: every index, name, kind and count is checked. Of
 * `type` this is done when it is first asked for: who only runs a component does not need it.
 *
 * @param component the component's file, where it is not in this one
 * @param begin called with the core modules' ranges before anything else is read
 * @throws {TenonError} decode, limit, unsupported: written by another version
 */
export function decodePlanFile(
  bytes: Uint8Array,
  version: string,
  component?: Uint8Array,
  begin?: (modules: readonly ByteRange[]) => void,
): CompiledComponent {
  const head = readPlanFileHead(bytes)
  if (head.version !== version) {
    throw new TenonError(
      'unsupported',
      `the file was compiled by Tenon ${head.version}, and this is ${version}; to compile it anew: tenon compile FILE -o FILE`,
    )
  }
  const sum = new Sha256().update(head.payload).digest()
  if (sum.some((byte, i) => byte !== head.checksum[i]))
    throw new TenonError('decode', 'the compiled component is damaged: its checksum is another')
  const start = head.payload.byteOffset - bytes.byteOffset
  const reader = new PlanReader(new ByteReader(bytes, start, start + head.payload.length))
  let type: ComponentType | undefined
  return bounded(() => {
    const name = optional(text).read(reader)
    const file = component ?? head.component
    const modules = coreModules.read(reader)
    checkCoreModules(modules, file)
    begin?.(modules)
    const plan = planCodec.read(reader)
    checkPlan(plan, file)
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
