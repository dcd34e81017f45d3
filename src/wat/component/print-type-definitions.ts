/** Definitions of types, and what types declare. */
import type {
  CoreModuleDeclaration,
  CoreRecType,
  CoreType,
  Declaration,
  Definition,
  TypeSyntax,
} from '../../component/component.ts'
import { subTypeText } from '../core/print-core-type.ts'
import { quoted } from '../core/print-name.ts'
import type { Printer } from '../printer.ts'
import { aliasText, externNameText, externTypeText, sortOfType } from './extern-text.ts'
import {
  coreExternTypeText,
  definedTypeText,
  functionTypeText,
  resourceTypeText,
  useCoreType,
} from './print-types.ts'
import { PrintedNames } from './printed-names.ts'

/** A type, core type or alias: of a component, or declared in a type. */
export function printShared(
  printer: Printer,
  names: PrintedNames,
  item: Extract<Definition, { kind: 'type' | 'core-type' | 'alias' }>,
): void {
  if (item.kind === 'type') printType(printer, names, item.type)
  else if (item.kind === 'core-type') printCoreType(printer, names, item.type)
  else printer.write(aliasText(names, item))
}

function printType(printer: Printer, names: PrintedNames, type: TypeSyntax): void {
  const id = names.nextId('type')
  if (type.kind !== 'component' && type.kind !== 'instance') {
    const text = typeText(names, type)
    printer.write(`(type ${names.define('type')} ${text})`)
    return
  }
  const inner = new PrintedNames(id, names)
  printer.open(`type `)
  // Its name counts only from the next definition on.
  const { declarations, kind } = type
  printer.write(names.peek('type')).line().open(kind)
  for (const declaration of declarations) {
    printer.line()
    printDeclaration(printer, inner, declaration)
  }
  printer.close().close()
  names.define('type')
}

function typeText(
  names: PrintedNames,
  type: Exclude<TypeSyntax, { kind: 'component' | 'instance' }>,
): string {
  switch (type.kind) {
    case 'value':
      return definedTypeText(names, type.type)
    case 'function':
      return functionTypeText(names, type)
    case 'resource':
      return resourceTypeText(names, type)
  }
}

function printDeclaration(printer: Printer, names: PrintedNames, declaration: Declaration): void {
  if (declaration.kind === 'import') {
    printer.write(
      `(import ${externNameText(declaration.name)} ${externTypeText(names, declaration.type, true)})`,
    )
  } else if (declaration.kind === 'export') {
    const text = externTypeText(names, declaration.type, false)
    const id = names.define(sortOfType[declaration.type.kind])
    printer.write(`(export ${id} ${externNameText(declaration.name)} ${text})`)
  } else printShared(printer, names, declaration)
}

function printCoreType(printer: Printer, names: PrintedNames, type: CoreType): void {
  if (type.kind === 'module') {
    printer
      .open(`core type ${names.peek('core type')}`)
      .line()
      .open('module')
    const inner = new PrintedNames(names.nextId('core type'), names)
    for (const declaration of type.declarations) {
      printer.line()
      printModuleDeclaration(printer, inner, declaration)
    }
    printer.close().close()
    names.define('core type')
    return
  }
  printRecType(printer, names, type, 'core ')
}

function printRecType(
  printer: Printer,
  names: PrintedNames,
  { types, explicit }: CoreRecType,
  prefix: string,
): void {
  // Types of a group may name each other.
  const ids = types.map(() => names.define('core type'))
  if (explicit) printer.open(`${prefix}rec`)
  for (const [i, type] of types.entries()) {
    if (explicit) printer.line()
    printer.write(`(${explicit ? '' : prefix}type ${ids[i]} ${subTypeText(type, useCoreType(names))})`)
  }
  if (explicit) printer.close()
}

function printModuleDeclaration(
  printer: Printer,
  names: PrintedNames,
  declaration: CoreModuleDeclaration,
): void {
  switch (declaration.kind) {
    case 'type':
      printRecType(printer, names, declaration.type, '')
      return
    case 'alias': {
      const target = names.useOuter(declaration.count, 'core type', declaration.index)
      printer.write(`(alias outer ${target} (type ${names.define('core type')}))`)
      return
    }
    case 'import': {
      const type = coreExternTypeText(names, declaration.type)
      printer.write(`(import ${quoted(declaration.module)} ${quoted(declaration.name)} ${type})`)
      return
    }
    case 'export':
      printer.write(`(export ${quoted(declaration.name)} ${coreExternTypeText(names, declaration.type)})`)
  }
}
