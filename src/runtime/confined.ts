/** Which core functions of a Plan are confined (`binary/confined-functions.ts`), so that nobody could see a mark while they run. */
import type { CoreItem, ModuleItem, Plan, PlanLift } from '../compile/plan.ts'

/** Of one lift or lower. What is left out may call anything. */
export interface ConfinedItems {
  readonly confinedCallee?: boolean
  readonly confinedRealloc?: boolean
  readonly confinedPostReturn?: boolean
}

type CoreItems = { readonly [K in 'callee' | 'realloc' | 'postReturn']?: unknown }

/** Whether all code of the guest that a call runs is confined. */
export function isConfinedCall(items: CoreItems & ConfinedItems): boolean {
  return (
    items.confinedCallee === true &&
    (items.realloc === undefined || items.confinedRealloc === true) &&
    (items.postReturn === undefined || items.confinedPostReturn === true)
  )
}

export class Confinement {
  readonly #plan: Plan
  readonly #isConfined: (module: number, name: string) => boolean
  /** By instance: see `needsLeaveCheck`. */
  readonly #leaveChecks: boolean[] = []
  /** By register of core instances: what each is an instance of. */
  readonly #modules: (ModuleItem | undefined)[] = []

  /** @param isConfined whether the function that a module of the file exports is */
  constructor(plan: Plan, isConfined: (module: number, name: string) => boolean) {
    this.#plan = plan
    this.#isConfined = isConfined
    for (const step of plan.steps) {
      if (step.kind === 'instantiate-core-module') this.#modules[step.to] = step.module
    }
  }

  of({ callee, realloc, postReturn }: Partial<Pick<PlanLift, keyof CoreItems>>): ConfinedItems {
    return {
      confinedCallee: this.#has(callee),
      confinedRealloc: this.#has(realloc),
      confinedPostReturn: this.#has(postReturn),
    }
  }

  /** Whether anything that an instance runs while `may_leave` is false can call out: then a call that leaves it has to check. */
  needsLeaveCheck(instance: number): boolean {
    this.#leaveChecks[instance] ??= reallocsAndPostReturns(this.#plan, instance).some(
      (item) => item && !this.#has(item),
    )
    return this.#leaveChecks[instance]
  }

  #has(item: CoreItem | undefined): boolean {
    if (item?.from !== 'core-instance') return false
    const module = this.#modules[item.instance]
    return module?.from === 'file' && this.#isConfined(module.module, item.name)
  }
}

/** What an instance runs while `may_leave` is false: the `realloc` and post-return of all its functions and built-ins. */
function reallocsAndPostReturns({ lifts, steps }: Plan, instance: number): readonly (CoreItem | undefined)[] {
  const own = <T extends { readonly instance: number }>(all: readonly T[]): readonly T[] =>
    all.filter((one) => one.instance === instance)
  return [
    ...own(lifts).flatMap(({ realloc, postReturn }) => [realloc, postReturn]),
    ...steps.flatMap((step) => {
      if (step.kind === 'lower') return own(step.lowers).map(({ realloc }) => realloc)
      if (step.kind !== 'builtins') return []
      return own(step.builtins).map(({ builtin }) => ('realloc' in builtin ? builtin.realloc : undefined))
    }),
  ]
}
