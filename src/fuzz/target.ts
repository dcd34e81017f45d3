import { type CallableFunction, callableFunctions, fullName } from '../component/callable-function.ts'
import type { ComponentType, ExternType } from '../component/extern-type.ts'
import { resourcesIn } from '../component/handles-in.ts'
import { partsOf } from '../component/type-parts.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'

/** A function to be fuzzed, or one that makes handles for those. */
export interface Target {
  readonly function: CallableFunction
  /** How it is written in full: `add`, `ns:pkg/iface@1.0.0.fn`. */
  readonly name: string
  /** Numbers of the resources that its parameters may have handles of. */
  readonly consumes: readonly number[]
  /** Of its result. */
  readonly produces: readonly number[]
  /** Whether it was asked for; others are only called for what they produce. */
  readonly wanted: boolean
}

export interface Targets {
  readonly targets: readonly Target[]
  /** By number. */
  readonly resources: readonly NamedResource[]
  /** What cannot be called, and why. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[]
}

export interface NamedResource {
  readonly type: ResourceType
  readonly name: string
}

/**
 * What can be called of a component: all functions, or those that are `wanted` and what makes handles for them. Targets
 * and resources have the same numbers for the same component, in every thread.
 */
export function findTargets(
  component: ComponentType,
  isWanted: (callable: CallableFunction) => boolean,
): Targets {
  const numbers = new Map<ResourceType, number>()
  const numbered = (types: readonly ValueType[]) =>
    Array.from(new Set(types.flatMap((type) => [...resourcesIn(type)])), (resource) => {
      if (!numbers.has(resource)) numbers.set(resource, numbers.size)
      return numbers.get(resource)!
    })
  const all = callableFunctions(component).map((callable): Target => {
    const { parameters, result } = callable.type
    return {
      function: callable,
      name: fullName(callable),
      consumes: numbered(parameters.map(({ type }) => type)),
      produces: result ? numbered([result]) : [],
      wanted: isWanted(callable),
    }
  })
  const reasons = new Map(all.map((target) => [target, untypable(target)]))
  const made = producible(all.filter((target) => reasons.get(target) === undefined))
  const names = resourceNames(component)
  const resources = Array.from(numbers.keys(), (type) => ({
    type,
    name: names.get(type) ?? type.name ?? 'resource',
  }))
  for (const target of all) {
    const missing = target.consumes.find((resource) => !made.has(resource))
    if (missing === undefined || reasons.get(target) !== undefined) continue
    const { name } = resources[missing]!
    reasons.set(target, `needs a handle of ${name}, which no function that can be called returns`)
  }
  const callable = all.filter((target) => reasons.get(target) === undefined)
  const needed = neededFor(callable)
  return {
    targets: callable.filter((target) => target.wanted || target.produces.some((one) => needed.has(one))),
    resources,
    skipped: all.flatMap((target) => {
      const reason = reasons.get(target)
      return reason !== undefined && target.wanted ? [{ name: target.name, reason }] : []
    }),
  }
}

/** As they are exported; else as they were imported or defined. */
function resourceNames({
  exports,
  imports,
}: {
  readonly exports: ReadonlyMap<string, ExternType>
  readonly imports?: ReadonlyMap<string, ExternType>
}): ReadonlyMap<ResourceType, string> {
  const names = new Map<ResourceType, string>()
  for (const items of [exports, imports ?? []]) {
    for (const [name, item] of items) {
      if (item.kind === 'type' && item.type.kind === 'resource') {
        if (!names.has(item.type)) names.set(item.type, name)
      } else if (item.kind === 'instance') {
        for (const [type, inner] of resourceNames(item)) if (!names.has(type)) names.set(type, inner)
      }
    }
  }
  return names
}

/** Values of these types are never made. */
function untypable(target: Target): string | undefined {
  const pending = target.function.type.parameters.map(({ type }) => type)
  for (const type of pending) {
    if (type.kind === 'stream' || type.kind === 'future' || type.kind === 'error-context')
      return `takes a ${type.kind}`
    pending.push(...partsOf(type))
  }
  return undefined
}

/** The resources that handles can be had of, beginning with nothing. */
function producible(targets: readonly Target[]): ReadonlySet<number> {
  const made = new Set<number>()
  for (let before = -1; before < made.size; ) {
    before = made.size
    for (const { consumes, produces } of targets) {
      if (consumes.every((one) => made.has(one))) for (const one of produces) made.add(one)
    }
  }
  return made
}

/** The resources that wanted targets consume, and those that others need to produce these. */
function neededFor(targets: readonly Target[]): ReadonlySet<number> {
  const needed = new Set(targets.filter((one) => one.wanted).flatMap((one) => one.consumes))
  for (let before = -1; before < needed.size; ) {
    before = needed.size
    for (const { consumes, produces } of targets) {
      if (produces.some((one) => needed.has(one))) for (const one of consumes) needed.add(one)
    }
  }
  return needed
}
