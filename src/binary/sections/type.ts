import type {
  Declaration,
  FunctionTypeSyntax,
  TypeDefinition,
  TypeSyntax,
  ValueTypeReference,
} from '../../component/component.ts'
import type { CoreFuncIndex } from '../../component/indices.ts'
import { limits } from '../../component/limits.ts'
import type { ByteReader } from '../byte-reader.ts'
import { readAlias } from './alias.ts'
import { readCoreType, readCoreValueType } from './core-type.ts'
import { readExternName } from './extern-name.ts'
import { readExternType } from './extern-type.ts'
import { readDefinedType, readLabelledType, readValueType } from './value-type.ts'

export function readTypeDefinition(reader: ByteReader): TypeDefinition {
  return { kind: 'type', offset: reader.position, type: readType(reader, 0) }
}

/**
 *     deftype ::= 0x3f core:valtype core:funcidx?     (resource)
 *               | 0x40 paramlist resultlist           (func)
 *               | 0x43 paramlist resultlist           (func async)
 *               | 0x41 vec(componentdecl)             (component)
 *               | 0x42 vec(instancedecl)              (instance)
 *               | defvaltype
 */
function readType(reader: ByteReader, depth: number): TypeSyntax {
  const opcode = reader.byte()
  switch (opcode) {
    case 0x3f:
      return { kind: 'resource', rep: readCoreValueType(reader), destructor: readDestructor(reader) }
    case 0x40:
    case 0x43:
      return readFunctionType(reader, opcode === 0x43)
    case 0x41:
      return { kind: 'component', declarations: readDeclarations(reader, depth, true) }
    case 0x42:
      return { kind: 'instance', declarations: readDeclarations(reader, depth, false) }
    default:
      return { kind: 'value', type: readDefinedType(reader, opcode) }
  }
}

function readDestructor(reader: ByteReader): CoreFuncIndex | undefined {
  const byte = reader.byte()
  if (byte > 0x01) reader.invalidByte(byte, 'resource destructor', '0x00 (none) or 0x01')
  return byte === 0x01 ? (reader.u32() as CoreFuncIndex) : undefined
}

function readFunctionType(reader: ByteReader, async: boolean): FunctionTypeSyntax {
  return {
    kind: 'function',
    async,
    parameters: reader.vector('function parameters', limits.functionParameters, readLabelledType),
    result: readResultList(reader),
  }
}

/** `resultlist ::= 0x00 valtype | 0x01 0x00` */
export function readResultList(reader: ByteReader): ValueTypeReference | undefined {
  const byte = reader.byte()
  if (byte === 0x00) return readValueType(reader)
  if (byte !== 0x01)
    reader.invalidByte(byte, 'component function results', '0x00 (a type) or 0x01 0x00 (none)')
  const zero = reader.byte()
  if (zero !== 0x00) reader.invalidByte(zero, 'number of results', '0x00')
  return undefined
}

function readDeclarations(reader: ByteReader, depth: number, inComponent: boolean): readonly Declaration[] {
  // Deeper types come with the one that they are in.
  if (depth > 0 || !reader.repeatedTypes) return readNewDeclarations(reader, depth, inComponent)
  const start = reader.position - 1
  const repeated = reader.repeatedTypes.find(start, reader.end)
  if (repeated) {
    const shift = start - repeated.start
    reader.position = repeated.end + shift
    reader.longForms?.push(...repeated.longForms.map((number, i) => (i % 2 === 0 ? number + shift : number)))
    return repeated.declarations
  }
  const before = reader.longForms?.length ?? 0
  const declarations = readNewDeclarations(reader, depth, inComponent)
  const longForms = reader.longForms?.slice(before) ?? []
  reader.repeatedTypes.add({ start, end: reader.position, declarations, longForms })
  return declarations
}

function readNewDeclarations(reader: ByteReader, depth: number, inComponent: boolean): Declaration[] {
  if (depth === limits.typeDepth) {
    reader.exceeds('type nesting is too deep', limits.typeDepth)
  }
  const limit = inComponent ? limits.componentTypeDeclarations : limits.instanceTypeDeclarations
  const count = reader.count('type declarations', limit)
  const declarations: Declaration[] = []
  for (let i = 0; i < count; i++) declarations.push(readDeclaration(reader, depth + 1, inComponent))
  return declarations
}

/**
 *     instancedecl  ::= 0x00 core:type | 0x01 type | 0x02 alias | 0x04 exportdecl
 *     componentdecl ::= 0x03 importdecl | instancedecl
 */
function readDeclaration(reader: ByteReader, depth: number, inComponent: boolean): Declaration {
  const offset = reader.position
  const byte = reader.byte()
  switch (byte) {
    case 0x00:
      return { kind: 'core-type', offset, type: readCoreType(reader) }
    case 0x01:
      return { kind: 'type', offset, type: readType(reader, depth) }
    case 0x02:
      return readAlias(reader, offset)
    case 0x03:
      if (!inComponent) break
      return { kind: 'import', offset, name: readExternName(reader), type: readExternType(reader) }
    case 0x04:
      return { kind: 'export', offset, name: readExternName(reader), type: readExternType(reader) }
  }
  return reader.invalidByte(
    byte,
    'component or instance type declaration',
    inComponent ? '0x00 to 0x04' : '0x00, 0x01, 0x02 or 0x04',
  )
}
