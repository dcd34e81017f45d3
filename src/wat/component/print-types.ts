/** Types on one line. */
import type {
  CaseSyntax,
  CoreExternSyntax,
  FunctionTypeSyntax,
  LabelledType,
  TypeSyntax,
  ValueTypeReference,
  ValueTypeSyntax,
} from '../../component/component.ts'
import {
  globalTypeText,
  memoryTypeText,
  tableTypeText,
  type UseType,
  valueTypeText as coreValueTypeText,
} from '../core/print-core-type.ts'
import { quoted } from '../core/print-name.ts'
import type { PrintedNames } from './printed-names.ts'

/** `(head parts…)`; parts that are undefined are left out. */
function list(head: string, ...parts: (string | undefined)[]): string {
  const present = parts.filter((part) => part !== undefined)
  return `(${[head, ...present].join(' ')})`
}

export function valueTypeText(names: PrintedNames, type: ValueTypeReference): string {
  return typeof type === 'string' ? type : names.use('type', type)
}

function optional(names: PrintedNames, type: ValueTypeReference | undefined): string | undefined {
  return type === undefined ? undefined : valueTypeText(names, type)
}

export function definedTypeText(names: PrintedNames, type: ValueTypeSyntax): string {
  const text = (reference: ValueTypeReference): string => valueTypeText(names, reference)
  switch (type.kind) {
    case 'primitive':
      return type.type
    case 'record':
      return list('record', ...type.fields.map((field) => labelled('field', names, field)))
    case 'variant':
      return list('variant', ...type.cases.map((one) => caseText(names, one)))
    case 'list':
      return list('list', text(type.element), type.length?.toString())
    case 'tuple':
      return list('tuple', ...type.types.map(text))
    case 'flags':
    case 'enum':
      return list(type.kind, ...type.names.map(quoted))
    case 'option':
      return list('option', text(type.type))
    case 'result': {
      const error = type.error === undefined ? undefined : list('error', text(type.error))
      return list('result', optional(names, type.ok), error)
    }
    case 'own':
    case 'borrow':
      return list(type.kind, names.use('type', type.type))
    case 'stream':
    case 'future':
      return list(type.kind, optional(names, type.element))
    case 'map':
      return list('map', text(type.key), text(type.value))
  }
}

function labelled(head: string, names: PrintedNames, { name, type }: LabelledType): string {
  return list(head, quoted(name), valueTypeText(names, type))
}

function caseText(names: PrintedNames, { name, type }: CaseSyntax): string {
  return list('case', quoted(name), optional(names, type))
}

export function functionTypeText(
  names: PrintedNames,
  { async, parameters, result }: FunctionTypeSyntax,
): string {
  return list(
    'func',
    async ? 'async' : undefined,
    ...parameters.map((parameter) => labelled('param', names, parameter)),
    result === undefined ? undefined : list('result', valueTypeText(names, result)),
  )
}

export function resourceTypeText(
  names: PrintedNames,
  { rep, destructor }: Extract<TypeSyntax, { kind: 'resource' }>,
): string {
  const option = destructor === undefined ? undefined : list('dtor', names.use('core func', destructor))
  return list('resource', list('rep', coreValueTypeText(rep, useCoreType(names))), option)
}

/** `(func (type 0))`, `(memory 1 2)` … */
export function coreExternTypeText(names: PrintedNames, type: CoreExternSyntax): string {
  const use = useCoreType(names)
  switch (type.kind) {
    case 'func':
    case 'tag':
      return list(type.kind, list('type', use(type.type)))
    case 'table':
      return list('table', tableTypeText(type, use))
    case 'memory':
      return list('memory', memoryTypeText(type))
    case 'global':
      return list('global', globalTypeText(type, use))
  }
}

export function useCoreType(names: PrintedNames): UseType {
  return (index) => names.use('core type', index)
}
