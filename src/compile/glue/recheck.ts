/**
 * Between the check of an argument and the call, getters, iterators and proxies among the later arguments run: they may have
 * disposed a handle that was checked, passed it on, or taken the numbers of a list away.
 */
import { despecialize } from '../../abi/despecialize.ts'
import { memoize } from '../../abi/memoize.ts'
import { type NumberList, numberListClass } from '../../component/number-list.ts'
import type { ValueType } from '../../component/value-type.ts'
import type { RuntimeResource } from '../../runtime/resource.ts'
import { typedLength } from './numeric-list.ts'

export function changedNumbers(list: NumberList | undefined, length: number): string | undefined {
  // One that grew still has them.
  if (list === undefined || typedLength(list) >= length) return undefined
  return 'numbers that were taken away while the arguments were read'
}

/** Objects of the host's are what they are. */
export function changedOwn(resource: RuntimeResource, object: object | undefined): string | undefined {
  return object === undefined || resource.owner === undefined ? undefined : resource.claimOwn(object, 0)
}

export function changedBorrow(resource: RuntimeResource, object: object | undefined): string | undefined {
  return object === undefined || resource.owner === undefined ? undefined : resource.claimBorrow(object, 0)
}

/** Whether a value has parts that can be taken away. */
export const canChange: (type: ValueType) => boolean = memoize((type) => {
  const plain = despecialize(type)
  switch (plain.kind) {
    case 'own':
    case 'borrow':
      return true
    case 'list':
      return numberListClass(plain.element) !== undefined || canChange(plain.element)
    case 'record':
      return plain.fields.some((field) => canChange(field.type))
    case 'variant':
      return plain.cases.some((one) => one.type !== undefined && canChange(one.type))
    default:
      return false
  }
})

/** Whether reading a value may run code of the caller's. */
export function runsCode(type: ValueType): boolean {
  switch (type.kind) {
    case 'option':
      return type.type.kind === 'option' || runsCode(type.type)
    case 'list':
    case 'map':
    case 'record':
    case 'tuple':
    case 'variant':
    case 'result':
    case 'flags':
    case 'own':
    case 'borrow':
    case 'stream':
    case 'future':
    case 'error-context':
      return true
    default:
      return false
  }
}

/** Whether nothing runs between the checks of a value's parts. */
export function isReadAtOnce(type: ValueType): boolean {
  if (type.kind === 'list') return type.length === undefined && numberListClass(type.element) !== undefined
  return type.kind === 'own' || type.kind === 'borrow'
}
