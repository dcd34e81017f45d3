/** Component functions of a Plan as they are written: lifted, lowered, and what they need of the runtime. */
import { flattenFunction } from '../../abi/flatten.ts'
import type { Entry } from '../../compile/glue/bind.ts'
import type { FunctionItem, PlanBuiltin, PlanLift, PlanLower } from '../../compile/plan.ts'
import type { FunctionType } from '../../component/extern-type.ts'
import { numberListClass } from '../../component/number-list.ts'
import { synchronousSignature } from '../../runtime/async/synchronous-task.ts'
import { encodeThreadCore } from '../../runtime/async/thread-core.ts'
import type { Signature } from '../../runtime/back-end.ts'
import { isConfinedCall } from '../../runtime/confined.ts'
import type { FunctionEntry } from '../../runtime/export-shape.ts'
import { coreTypeKey, encodeSwitches } from '../../runtime/switch.ts'
import { encodeTrampoline } from '../../runtime/trampoline.ts'
import { unreachableModule } from '../../runtime/trap.ts'
import {
  elementsText,
  type LiftVariants,
  liftText,
  lowerText,
  taskLiftText,
  taskLowerText,
} from './glue-text.ts'
import { exportedLifts, passedLifts } from './lift-uses.ts'
import type { PlanScope } from './plan-scope.ts'

type CoreType = Parameters<typeof coreTypeKey>[0]

export class FunctionText {
  /** The component imports nothing, has no instances in it and no resources: see `ClosedInstance`. */
  readonly closed: boolean
  readonly #scope: PlanScope
  readonly #exported: ReadonlySet<number>
  readonly #passed: ReadonlySet<number>
  /** Names of code by what it is of; undefined where it would be too large. */
  readonly #codes = new Map<string, string | undefined>()
  readonly #values = new Map<number, string>()

  constructor(scope: PlanScope) {
    this.#scope = scope
    const { plan, sub } = scope
    this.#exported = exportedLifts(plan)
    this.#passed = passedLifts(plan, sub)
    this.closed =
      !sub &&
      !scope.tasks &&
      plan.imports.length + plan.resources.length === 0 &&
      plan.instances.length === 1 &&
      plan.steps.every((step) => step.kind === 'instantiate-core-module') &&
      // Interpreted functions want to know more of their instance.
      [...this.#exported].every(
        (lift) => this.#liftCode(this.#signatureOf(lift), this.#variants(lift)) !== undefined,
      )
  }

  #signatureOf(lift: number): Signature {
    return this.#scope.plan.signatures[this.#scope.plan.lifts[lift]!.signature]!
  }

  /** A component function as a value. */
  value(item: FunctionItem): string {
    if (item.from === 'register') return `given.functions[${item.function}]`
    const known = this.#values.get(item.lift)
    if (known !== undefined) return known
    const scope = this.#scope
    const lift = scope.plan.lifts[item.lift]!
    const signature = this.#signatureOf(item.lift)
    const name = `lifted${item.lift}`
    this.#values.set(item.lift, name)
    const args = [
      `instance${lift.instance}`,
      this.#signature(signature),
      this.#bindLift(signature, this.#variants(item.lift)),
      `() => ({ ${this.#liftItems(lift).join(', ')} })`,
    ]
    scope.line(`const ${name} = ${scope.use('lifted')}(${args.join(', ')})`)
    return name
  }

  /** A component function that users get, as an expression. */
  exported({ function: item, type }: FunctionEntry): string {
    const scope = this.#scope
    if (item.from === 'register')
      return `${scope.use('exportedAgain')}(given.functions[${item.function}], instance0)`
    const lift = scope.plan.lifts[item.lift]!
    const signature = this.#signatureOf(item.lift)
    const variants = this.#variants(item.lift)
    const instance = `instance${lift.instance}`
    const context = `{ ${[`instance: ${instance}`, ...this.#liftItems(lift)].join(', ')} }`
    const code = scope.tasks ? undefined : this.#liftCode(signature, variants)
    const declared = this.#type(type)
    if (code !== undefined && this.closed)
      return `${scope.use('exportedClosed')}(${code}, ${context}, ${declared})`
    const made =
      code === undefined
        ? `${this.#bindLift(signature, variants)}(${context})`
        : `${scope.use(this.#binder)}(${code}, ${context})`
    return `${scope.use('exported')}(${made}, ${declared}, ${instance})`
  }

  get #binder(): string {
    return this.#scope.suspends ? 'bindLift' : 'liftUnsuspended'
  }

  #liftItems(lift: PlanLift): string[] {
    const { callee, postReturn, callback } = lift
    const items = [`callee: ${this.#scope.function(callee)}`, ...this.canonicalItems(lift)]
    if (postReturn) items.push(`postReturn: ${this.#scope.function(postReturn)}`)
    if (callback) items.push(`callback: ${this.#scope.function(callback)}`)
    return items
  }

  /** Properties of the context of a lift or lower. */
  canonicalItems(items: Pick<PlanLift, 'memory' | 'realloc'> & Partial<PlanLift>): string[] {
    const { memory, realloc } = items
    const confined = Object.entries(this.#scope.confinement.of(items)).filter(([, is]) => is)
    const found = confined.map(([name]) => `${name}: true`)
    if (memory) found.push(`memory: ${this.#scope.item(memory)}`)
    if (realloc) found.push(`realloc: ${this.#scope.function(realloc)}`)
    if (this.#scope.plan.resources.length > 0) found.push('resource')
    return found
  }

  #variants(lift: number): LiftVariants {
    const { plan, sub, suspends } = this.#scope
    const items = plan.lifts[lift]!
    const alone = this.#exported.has(lift) && items.instance === 0
    const entries = new Set<Entry>()
    if (alone) entries.add(this.#isConfined(items) ? 'confined' : 'alone')
    if (this.#passed.has(lift) || !alone || sub) entries.add('together')
    const { async } = plan.instances[items.instance]!
    return { entries, suspendable: suspends && !async, task: async }
  }

  #isConfined(lift: PlanLift): boolean {
    const { plan, confinement } = this.#scope
    return isConfinedCall({ ...lift, ...confinement.of(lift) }) && !plan.instances[lift.instance]!.async
  }

  /** An expression that makes a lifted function of its context. */
  #bindLift(signature: Signature, variants: LiftVariants): string {
    const scope = this.#scope
    const code = scope.tasks ? undefined : this.#liftCode(signature, variants)
    if (code !== undefined) return `(context) => ${scope.use(this.#binder)}(${code}, context)`
    return `${scope.use('tasks')}.lift(${this.#signature(signature, variants)})`
  }

  /** The same for start functions of core modules. */
  bindStart(): string {
    const entries = new Set<Entry>(['alone', 'together'])
    return this.#bindLift(synchronousSignature('start'), { entries, suspendable: true, task: false })
  }

  /** An expression for a lowered function. */
  lowered(lower: PlanLower): string {
    const scope = this.#scope
    const signature = scope.plan.signatures[lower.signature]!
    const instance = `instance${lower.instance}`
    this.provideTrap()
    const callee = `...${scope.use('calleeOf')}(${this.value(lower.function)}, ${instance})`
    const context = `{ ${[callee, `instance: ${instance}`, ...this.canonicalItems(lower)].join(', ')} }`
    const code = scope.tasks ? undefined : this.#lowerCode(signature)
    return code === undefined
      ? `${scope.use('tasks')}.lower(${this.#signature(signature, 'lower')})(${context})`
      : `${scope.use('bindLower')}(${code}, ${context})`
  }

  #liftCode(signature: Signature, variants: LiftVariants): string | undefined {
    if (signature.type.async) return undefined
    const key = `lift ${[...variants.entries].sort().join()} ${this.#key(signature)}`
    return this.#once(key, () => liftText(this.#scope.module, signature, variants))
  }

  #lowerCode(signature: Signature): string | undefined {
    const { type, options } = signature
    if (type.async || options.async) return undefined
    const { module, suspends } = this.#scope
    return this.#once(`lower ${this.#key(signature)}`, () => lowerText(module, signature, suspends))
  }

  #taskLiftCode(signature: Signature): string | undefined {
    return this.#once(`task lift ${this.#key(signature)}`, () => taskLiftText(this.#scope.module, signature))
  }

  #taskLowerCode(signature: Signature): string | undefined {
    return this.#once(`task lower ${this.#key(signature)}`, () =>
      taskLowerText(this.#scope.module, signature),
    )
  }

  /** An expression for what moves the elements of a built-in; undefined where nothing is written for them. */
  elements(builtin: PlanBuiltin['builtin']): string | undefined {
    if (!('element' in builtin && 'options' in builtin)) return undefined
    const { kind, element, options } = builtin
    if (element === undefined || numberListClass(element) !== undefined) return undefined
    const { module } = this.#scope
    const way = kind.endsWith('.write') ? 'load' : 'store'
    const key = `${way} ${module.data({ element, options })}`
    const code = this.#once(key, () => elementsText(module, element, options, way))
    return code && `${this.#scope.use('writtenElements')}(${code})`
  }

  #once(key: string, make: () => string | undefined): string | undefined {
    if (!this.#codes.has(key)) this.#codes.set(key, make())
    return this.#codes.get(key)
  }

  #key({ name, type, options }: Signature): string {
    return this.#scope.data({ name, type, options })
  }

  /**
   * The signature as data: for tasks, with what code there is.
   *
   * @param use the variants of a lift; undefined where it is neither lifted nor lowered here
   */
  #signature(signature: Signature, use?: LiftVariants | 'lower'): string {
    const { tasks, suspends, module } = this.#scope
    const { name, type, options } = signature
    const variants = use === 'lower' ? undefined : use
    if (variants) {
      const flat = flattenFunction(type, options, 'lift')
      if (tasks) this.provideThread(flat)
      if (options.callback) this.provideThread({ parameters: ['i32', 'i32', 'i32'], results: ['i32'] })
      if (suspends) module.provide('trampoline', coreTypeKey(flat), () => encodeTrampoline(flat))
    }
    const lowered = tasks && use === 'lower'
    const codes = {
      lift: tasks && variants ? this.#liftCode(signature, variants) : undefined,
      lower: lowered ? this.#lowerCode(signature) : undefined,
      taskLift: variants?.task ? this.#taskLiftCode(signature) : undefined,
      taskLower: lowered && type.async ? this.#taskLowerCode(signature) : undefined,
    }
    const parts = [
      `name: ${module.data(name)}`,
      `type: ${this.#type(type)}`,
      `options: ${module.data(options)}`,
      ...Object.entries(codes).flatMap(([key, code]) => (code ? [`${key}: ${code}`] : [])),
    ]
    return module.declareOnce('signature', `{ ${parts.join(', ')} }`)
  }

  #type(type: FunctionType): string {
    return this.#scope.module.declareOnce('type', this.#scope.data(type))
  }

  /* Modules that the runtime would make for itself */

  provideTrap(): void {
    this.#scope.module.provide('trap', '', () => unreachableModule)
  }

  /** For a drop that is a task. */
  provideDropSwitch(): void {
    const type: CoreType = { parameters: ['i32'], results: [] }
    this.#scope.module.provide('switch', coreTypeKey(type), () => encodeSwitches([type]))
  }

  provideThread(type: CoreType): void {
    this.#scope.module.provide('thread', coreTypeKey(type), () => encodeThreadCore(type))
  }
}
