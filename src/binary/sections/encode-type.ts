import type { Declaration, TypeSyntax, ValueTypeReference } from '../../component/component.ts'
import type { LayoutWriter } from '../layout-writer.ts'
import { writeAlias } from './encode-alias.ts'
import { writeCoreType, writeCoreValueType } from './encode-core-type.ts'
import { writeExternName } from './encode-extern-name.ts'
import { writeExternType } from './encode-extern-type.ts'
import { writeDefinedType, writeLabelledType, writeValueType } from './encode-value-type.ts'

/**
 *     deftype ::= 0x3f core:valtype core:funcidx?     (resource)
 *               | 0x40 paramlist resultlist           (func)
 *               | 0x43 paramlist resultlist           (func async)
 *               | 0x41 vec(componentdecl)             (component)
 *               | 0x42 vec(instancedecl)              (instance)
 *               | defvaltype
 */
export function writeType(writer: LayoutWriter, type: TypeSyntax): void {
  switch (type.kind) {
    case 'resource':
      writeCoreValueType(writer.byte(0x3f), type.rep)
      if (type.destructor === undefined) writer.byte(0x00)
      else writer.byte(0x01).u32(type.destructor)
      return
    case 'function':
      writer.byte(type.async ? 0x43 : 0x40).vector(type.parameters, writeLabelledType)
      writeResultList(writer, type.result)
      return
    case 'component':
      writer.byte(0x41).vector(type.declarations, writeDeclaration)
      return
    case 'instance':
      writer.byte(0x42).vector(type.declarations, writeDeclaration)
      return
    case 'value':
      writeDefinedType(writer, type.type)
  }
}

/** `resultlist ::= 0x00 valtype | 0x01 0x00` */
export function writeResultList(writer: LayoutWriter, result: ValueTypeReference | undefined): void {
  if (result === undefined) writer.byte(0x01).byte(0x00)
  else writeValueType(writer.byte(0x00), result)
}

/**
 *     instancedecl  ::= 0x00 core:type | 0x01 type | 0x02 alias | 0x04 exportdecl
 *     componentdecl ::= 0x03 importdecl | instancedecl
 */
function writeDeclaration(declaration: Declaration, writer: LayoutWriter): void {
  switch (declaration.kind) {
    case 'core-type':
      writeCoreType(writer.byte(0x00), declaration.type)
      return
    case 'type':
      writeType(writer.byte(0x01), declaration.type)
      return
    case 'alias':
      writeAlias(writer.byte(0x02), declaration)
      return
    case 'import':
    case 'export':
      writeExternName(writer.byte(declaration.kind === 'import' ? 0x03 : 0x04), declaration.name)
      writeExternType(writer, declaration.type)
  }
}
