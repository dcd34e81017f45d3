/** The source that lifts handles. */
import type { BorrowType, OwnType } from '../../component/value-type.ts'
import type { Source } from './source.ts'

/** Borrows that a host function is lent. */
export interface Lending {
  /** Statements that give them back when the call is over. */
  readonly end: string[]
  /** The locals that these name. */
  readonly locals: string[]
}

/** @param inList more than one may come: they are kept in `loans` */
export function liftHandle(
  source: Source,
  type: OwnType | BorrowType,
  index: string,
  lending: Lending,
  inList = false,
): string {
  const resource = source.shared.resource(type.resource)
  if (type.kind === 'own') return source.constant('h', `liftOwn(instance, ${resource}, ${index}, transient)`)
  if (inList) {
    source.needs('loans')
    return source.constant('h', `loans.lift(instance, ${index}, ${resource})`)
  }
  const handle = source.variable('h', 'undefined')
  const object = source.variable('o', 'undefined')
  source.line(`${handle} = lendHandle(instance, ${resource}, ${index})`)
  source.line(`${object} = ${resource}.liftBorrow(${handle}.rep)`)
  lending.locals.push(handle, object)
  lending.end.push(
    `if (${handle} !== undefined) ${handle}.lends--`,
    `if (${object} !== undefined) ${resource}.endBorrow(${object})`,
  )
  return object
}
