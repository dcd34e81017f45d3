/** Names, types and aliases of what is imported and exported, on one line. */
import type {
  AliasDefinition,
  ExternName,
  ExternTypeSyntax,
  NameAttribute,
  Sort,
  SortIndex,
} from '../../component/component.ts'
import { quoted } from '../core/print-name.ts'
import type { PrintedNames } from './printed-names.ts'

export const sortOfType = {
  'core-module': 'core module',
  function: 'func',
  value: 'value',
  type: 'type',
  component: 'component',
  instance: 'instance',
} as const satisfies Record<ExternTypeSyntax['kind'], Sort>

/** `(alias …)`, and its definition. */
export function aliasText(
  names: PrintedNames,
  { sort, target }: Pick<AliasDefinition, 'sort' | 'target'>,
): string {
  switch (target.kind) {
    case 'export': {
      const instance = names.use('instance', target.instance)
      return `(alias export ${instance} ${quoted(target.name)} (${sort} ${names.define(sort)}))`
    }
    case 'core-export': {
      const instance = names.use('core instance', target.instance)
      return `(alias core export ${instance} ${quoted(target.name)} (${sort} ${names.define(sort)}))`
    }
    case 'outer': {
      const outer = names.useOuter(target.count, sort, target.index)
      return `(alias outer ${outer} (${sort} ${names.define(sort)}))`
    }
  }
}

/** A name and its attributes. */
export function externNameText({ name, attributes }: ExternName): string {
  return [quoted(name), ...attributes.map(attributeText)].join(' ')
}

function attributeText(attribute: NameAttribute): string {
  switch (attribute.kind) {
    case 'implements':
      return `(implements ${quoted(attribute.interface)})`
    case 'version-suffix':
      return `(versionsuffix ${quoted(attribute.suffix)})`
    case 'external-id':
      return `(external-id ${quoted(attribute.id)})`
  }
}

/** `(func $f)` */
export function itemText(names: PrintedNames, { sort, index }: SortIndex): string {
  return `(${sort} ${names.use(sort, index)})`
}

/** `(func $f (;0;) (type 1))`; `defines`: whether it is an import, whose name stands within. */
export function externTypeText(names: PrintedNames, type: ExternTypeSyntax, defines: boolean): string {
  const sort = sortOfType[type.kind]
  const text = boundText(names, type)
  return defines ? `(${sort} ${names.define(sort)} ${text})` : `(${sort} ${text})`
}

function boundText(names: PrintedNames, type: ExternTypeSyntax): string {
  switch (type.kind) {
    case 'core-module':
      return `(type ${names.use('core type', type.type)})`
    case 'function':
    case 'component':
    case 'instance':
      return `(type ${names.use('type', type.type)})`
    case 'value': {
      const { bound } = type
      if (bound.kind === 'eq') return `(eq ${names.use('value', bound.index)})`
      return typeof bound.type === 'string' ? bound.type : `(type ${names.use('type', bound.type)})`
    }
    case 'type':
      return type.bound.kind === 'eq' ? `(eq ${names.use('type', type.bound.index)})` : '(sub resource)'
  }
}
