import { propertyNames } from '../component/js-name.ts'
import { isTaggedOption } from '../component/option-shape.ts'
import type { ValueType } from '../component/value-type.ts'
import type { ScriptValue } from './script-value.ts'

type Literal<Kind extends ScriptValue['kind']> = ScriptValue & { readonly kind: Kind }

/** The JavaScript value that a script's literal means for a type; throws a TypeError where it does not fit. */
export function toValue(literal: ScriptValue, type: ValueType): unknown {
  switch (type.kind) {
    case 'bool':
    case 'char':
    case 'string':
    case 'f32':
    case 'f64':
    case 's64':
    case 'u64':
      return of(literal, type.kind).value
    case 's8':
    case 'u8':
    case 's16':
    case 'u16':
    case 's32':
    case 'u32':
      return Number(of(literal, type.kind).value)
    case 'list':
      return of(literal, 'list').values.map((value) => toValue(value, type.element))
    case 'map': {
      const pair: ValueType = { kind: 'tuple', types: [type.key, type.value] }
      return new Map(of(literal, 'list').values.map((value) => toValue(value, pair) as [unknown, unknown]))
    }
    case 'tuple': {
      const { values } = of(literal, 'tuple')
      if (values.length !== type.types.length)
        misfit(`a tuple of ${values.length}`, `one of ${type.types.length}`)
      return values.map((value, index) => toValue(value, type.types[index]!))
    }
    case 'record': {
      const { fields } = of(literal, 'record')
      const names = type.fields.map(({ name }) => name)
      if (String(fields.map(({ name }) => name)) !== String(names)) misfit('other fields', String(names))
      const properties = propertyNames(names)
      return Object.fromEntries(
        fields.map(({ value }, index) => [properties[index], toValue(value, type.fields[index]!.type)]),
      )
    }
    case 'variant': {
      const { name, value } = of(literal, 'variant')
      const found =
        type.cases.find((candidate) => candidate.name === name) ?? misfit(name, 'a case of the variant')
      return { tag: name, val: payload(value, found.type) }
    }
    case 'enum': {
      const { name } = of(literal, 'enum')
      return type.names.includes(name) ? name : misfit(name, 'a case of the enum')
    }
    case 'flags': {
      const { names } = of(literal, 'flags')
      const unknown = names.find((name) => !type.names.includes(name))
      if (unknown !== undefined) misfit(unknown, 'a flag')
      const properties = propertyNames(type.names)
      return Object.fromEntries(type.names.map((name, index) => [properties[index], names.includes(name)]))
    }
    case 'option': {
      const { value } = of(literal, 'option')
      const val = value && toValue(value, type.type)
      return isTaggedOption(type) ? { tag: value ? 'some' : 'none', val } : val
    }
    case 'result':
      if (literal.kind === 'ok') return { tag: 'ok', val: payload(literal.value, type.ok) }
      return { tag: 'err', val: payload(of(literal, 'err').value, type.error) }
    case 'own':
    case 'borrow':
    case 'stream':
    case 'future':
    case 'error-context':
      return misfit(literal.kind, `${type.kind}, which scripts cannot write`)
  }
}

function of<Kind extends ScriptValue['kind']>(literal: ScriptValue, kind: Kind): Literal<Kind> {
  return literal.kind === kind ? (literal as Literal<Kind>) : misfit(literal.kind, kind)
}

function payload(literal: ScriptValue | undefined, type: ValueType | undefined): unknown {
  if (!literal !== !type) misfit(literal ? 'a payload' : 'no payload', type ? `one of ${type.kind}` : 'none')
  return literal && type && toValue(literal, type)
}

function misfit(found: string, wanted: string): never {
  throw new TypeError(`the script's value does not fit: found ${found}, wanted ${wanted}`)
}
