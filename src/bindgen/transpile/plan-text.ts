/** The steps of a Plan as straight-line code: one function that instantiates one component. */
import { passesAsyncValues } from '../../abi/async-value.ts'
import { flattenFunction } from '../../abi/flatten.ts'
import type { Entry } from '../../compile/glue/bind.ts'
import type {
  ComponentItem,
  CoreArgument,
  CoreItem,
  FunctionItem,
  Item,
  MakeBuiltins,
  ModuleItem,
  Plan,
  PlanBuiltin,
  PlanExport,
  PlanImport,
  PlanLift,
  PlanLower,
  Step,
} from '../../compile/plan.ts'
import { pascalCase } from '../../component/js-name.ts'
import type { FunctionType } from '../../component/extern-type.ts'
import { TenonError } from '../../errors.ts'
import { synchronousSignature } from '../../runtime/async/synchronous-task.ts'
import type { Signature } from '../../runtime/back-end.ts'
import { encodePortableDrop } from '../../runtime/drop-module.ts'
import {
  type ExportEntry,
  type ExportShape,
  exportShape,
  type FunctionEntry,
} from '../../runtime/export-shape.ts'
import { type PlanReach, reachOf } from '../../runtime/may-block.ts'
import { reenterableInstances } from '../../runtime/reentry.ts'
import { coreTypeKey, encodeSwitches } from '../../runtime/switch.ts'
import { encodeTrampoline } from '../../runtime/trampoline.ts'
import { unreachableModule } from '../../runtime/trap.ts'
import { encodeThreadCore } from '../../runtime/async/thread-core.ts'
import { Adapters } from './adapter-text.ts'
import { blockingType } from './blocking-builtin.ts'
import type { CoreModules } from './core-modules.ts'
import { type LiftVariants, liftText, lowerText } from './glue-text.ts'
import { commentText, keyText, memberText } from './literal-text.ts'
import type { ModuleText } from './module-text.ts'

type CoreType = Parameters<typeof coreTypeKey>[0]

/** What is written of a lift, by what is done with it. */
interface LiftUse {
  /** The host calls it. */
  exported: boolean
  /** Other components do. */
  passed: boolean
}

export class PlanText {
  readonly #module: ModuleText
  readonly #plan: Plan
  readonly #sub: boolean
  readonly #core: CoreModules
  readonly #reach: PlanReach
  /** A call of some function may be suspended, as far as can be told without knowing what it imports. */
  readonly #suspends: boolean
  /** Its functions are tasks, or pass what only tasks can. */
  readonly #tasks: boolean
  /** It imports nothing, has no instances in it and no resources. */
  readonly #closed: boolean
  readonly #uses: readonly LiftUse[]
  readonly #adapters: Adapters
  readonly #codes = new Map<string, string>()
  readonly #functions = new Map<number, string>()
  readonly #instanceItems = new Map<number, string>()
  readonly #externInstances = new Map<number, string>()
  readonly #exportedFunctions = new Map<string, string>()
  #steps: string[] = []
  /** Something of it waits. */
  #waits = false

  /** @param sub it is a component that is handed on: whoever instantiates it says what it imports and captures */
  constructor(module: ModuleText, plan: Plan, core: CoreModules, sub = false) {
    this.#module = module
    this.#plan = plan
    this.#sub = sub
    this.#core = core
    module.knowResources(plan.resources)
    this.#reach = reachOf(plan)
    const asynchronous = plan.instances.some(({ async }) => async)
    this.#suspends =
      asynchronous || this.#reach.some(({ functions, resources }) => functions.size + resources.size > 0)
    this.#tasks = asynchronous || plan.signatures.some(({ type }) => type.async || passesAsyncValues(type))
    this.#adapters = new Adapters(plan, this.#reach, (item) => this.#item(item))
    this.#uses = plan.lifts.map(() => ({ exported: false, passed: false }))
    for (const { function: item } of exportedFunctions(exportShape(plan.exports).entries))
      if (item.from === 'lift') this.#uses[item.lift]!.exported = true
    for (const lift of passedLifts(plan, sub)) this.#uses[lift]!.passed = true
    this.#closed =
      !sub &&
      !this.#tasks &&
      plan.imports.length + plan.resources.length === 0 &&
      plan.instances.length === 1 &&
      plan.steps.every((step) => step.kind === 'instantiate-core-module') &&
      // Interpreted functions want to know more of their instance.
      plan.lifts.every((lift, i) => {
        const signature = plan.signatures[lift.signature]!
        return !this.#uses[i]!.exported || this.#liftCode(signature, this.#variants(i)) !== undefined
      })
  }

  /** The function; returns its name. */
  declare(): string {
    const { instances, imports, exports } = this.#plan
    this.#refuse()
    const shape = exportShape(exports)
    const made = instances.map((_, i) => this.#makeInstance(i))
    for (const step of this.#plan.steps) this.#step(step)
    this.#adapters.end()
    const view = this.#exports(shape)
    if (this.#sub) {
      const all = instances.map((_, i) => `instance${i}`).join(', ')
      const externs = this.#externs(exports)
      this.#line(`return new ${this.#use('Live')}([${all}], ${view}, ${externs})`)
    } else this.#line(`return new ${this.#use('Instance')}(instance0, ${view})`)
    const body = this.#steps.join('\n')
    const head: string[] = []
    if (!this.#sub && imports.length > 0) {
      const names = this.#module.declare('imports', this.#module.data(imports), 'What it imports.')
      const options = `{ ...options, describe: ${this.#use('describeImport')}${this.#componentImports()} }`
      head.push(`const link = ${this.#use('linkImports')}(${names}, imports, ${options})`)
    }
    head.push(...made)
    if (this.#sub || this.#suspends || imports.length > 0 || /\bgiven\./.test(body))
      head.push('const given = { functions: [], modules: [], components: [], resources: [] }')
    if (this.#sub) head.push('capture(given)', 'bind(given)')
    else if (imports.length > 0) head.push('link(given)')
    const mark = this.#markBlocking()
    if (mark !== undefined) head.push(mark)
    if (/\bresource\b/.test(body) && this.#plan.resources.length > 0) {
      const types = this.#plan.resources.map((type) => this.#module.resourceType(type))
      head.push(`const types = [${types.join(', ')}]`)
      head.push('const resource = (type) => given.resources[types.indexOf(type)]')
    }
    const run = this.#waits
      ? `return ${this.#use('executeSteps')}(instance0, function* () {`
      : `return ${this.#use('execute')}(instance0, () => {`
    const lines = [...head, run, ...indented(this.#steps), '})']
    return this.#module.declare(
      'instantiate',
      [
        `(modules, ${this.#sub ? '{ name, bind, parent }, capture' : 'imports, options'}) => {`,
        ...indented(lines),
        '}',
      ].join('\n'),
    )
  }

  #refuse(): void {
    const { steps } = this.#plan
    const what = steps.flatMap((step) => (step.kind === 'unsupported' ? [`\`${step.what}\``] : []))
    if (what.length > 0) {
      const names = [...new Set(what)].join(', ')
      throw new TenonError(
        'unsupported',
        `the component uses ${names}, which this version of Tenon cannot run`,
      )
    }
  }

  #use(name: string): string {
    return this.#module.use(name)
  }

  #line(text: string): void {
    this.#steps.push(...text.split('\n'))
  }

  /* Component instances */

  #makeInstance(index: number): string {
    const { parent, label, async } = this.#plan.instances[index]!
    const name = `instance${index}`
    const ownName = `options.name ?? ${this.#module.data(this.#core.name)}`
    if (this.#closed) return `const ${name} = new ${this.#use('ClosedInstance')}(${ownName})`
    const make = `new ${this.#use('ComponentInstance')}`
    const lines =
      parent === undefined
        ? [`const ${name} = ${make}(${this.#sub ? 'parent, name' : `undefined, ${ownName}`})`]
        : [
            `const ${name} = ${make}(instance${parent}, \`\${instance0.name} \${${this.#module.data(`(${label})`)}}\`)`,
          ]
    if (async) lines.push(`${name}.async = new ${this.#use('AsyncState')}(${name})`)
    if (this.#plan.instances.length > 1 && !reenterableInstances(this.#plan, this.#reach)[index])
      lines.push(`${name}.reenterable = false`)
    return lines.join('\n')
  }

  #markBlocking(): string | undefined {
    if (!this.#suspends) return undefined
    const reach = this.#reach.map(({ instances, functions, resources }) => {
      const sets = { instances, functions, resources }
      const entries = Object.entries(sets).map(
        ([key, set]) => `${key}: new Set(${this.#module.data([...set])})`,
      )
      return `{ ${entries.join(', ')} }`
    })
    const instances = this.#plan.instances.map((_, i) => `instance${i}`)
    return `${this.#use('markBlocking')}([${reach.join(', ')}], { instances: [${instances.join(', ')}], ...given })`
  }

  /* Steps */

  #step(step: Step): void {
    switch (step.kind) {
      case 'instantiate-core-module':
        this.#instantiate(step.module, step.arguments, step.instance, step.to)
        break
      case 'lower':
        this.#lowers(step.lowers)
        break
      case 'define-resource': {
        const name = this.#plan.resources[step.resource]!.name ?? `resource-${step.resource}`
        const destructor = step.destructor && this.#item(step.destructor)
        const args = [
          this.#module.data(name),
          this.#module.data(pascalCase(name)),
          `instance${step.instance}`,
          destructor,
        ]
        this.#line(
          `given.resources[${step.resource}] = new ${this.#use('GuestResource')}(${args.join(', ')})`,
        )
        break
      }
      case 'resource.new':
      case 'resource.rep':
      case 'resource.drop': {
        const make = {
          'resource.new': 'resourceNew',
          'resource.rep': 'resourceRep',
          'resource.drop': 'resourceDrop',
        }
        this.#provideTrap()
        if (step.kind === 'resource.drop') this.#module.provide('drop', '', encodePortableDrop)
        const made = `${this.#use(make[step.kind])}(instance${step.instance}, given.resources[${step.resource}])`
        this.#line(`const function${step.to} = ${made}`)
        break
      }
      case 'builtins':
        this.#builtins(step)
        break
      case 'instantiate-component': {
        this.#waits = true
        const args = [
          this.#component(step.component),
          `instance${step.parent}`,
          this.#externs(step.arguments),
          this.#module.declare('exports', this.#module.data(step.exports)),
          'given',
        ]
        this.#line(`yield ${this.#use('instantiateComponent')}(${args.join(', ')})`)
        break
      }
      case 'unsupported':
        // A Plan with such steps is refused as a whole.
        break
    }
  }

  #instantiate(item: ModuleItem, args: readonly CoreArgument[], instance: number, to: number): void {
    const async = this.#plan.instances[instance]!.async
    const imports = args.length === 0 ? '' : `, ${this.#coreImports(args)}`
    if (item.from === 'register') {
      const bind = this.#bindStart()
      this.#waits = true
      const made = `${this.#use('instantiateModule')}(given.modules[${item.module}], ${this.#coreImports(args)}, instance${instance}, ${bind})`
      this.#line(`const core${to} = yield ${made}`)
      return
    }
    const { place, start } = this.#core.instantiable(item.module, this.#suspends)
    const make = `new WebAssembly.Instance(modules[${place}]${imports})`
    const made = async ? `${this.#use('runIn')}(instance${instance}, () => ${make})` : make
    this.#line(`const core${to} = ${made}.exports`)
    if (start === undefined) return
    const bind = this.#bindStart()
    this.#waits = true
    this.#line(
      `yield ${this.#use('startIn')}(instance${instance}, ${memberText(`core${to}`, start)}, ${bind})`,
    )
  }

  #bindStart(): string {
    return this.#bindLift(synchronousSignature('start'), {
      entries: new Set(['alone', 'together']),
      suspendable: true,
    })
  }

  #coreImports(args: readonly CoreArgument[]): string {
    if (args.length === 0) return '{}'
    const lines = args.map((argument) => {
      if (argument.from === 'core-instance') return `  ${keyText(argument.name)}: core${argument.instance},`
      const items = argument.items.map(({ name, item }) => `${keyText(name)}: ${this.#item(item)}`)
      return `  ${keyText(argument.name)}: { ${items.join(', ')} },`
    })
    return ['{', ...lines, '}'].join('\n')
  }

  #item(item: CoreItem): string {
    return item.from === 'core-function'
      ? `function${item.index}`
      : memberText(`core${item.instance}`, item.name)
  }

  #lowers(lowers: readonly PlanLower[]): void {
    const fused = new Set<number>()
    for (const { bytes, places, parts } of this.#adapters.modules(lowers)) {
      const calls = places.map((place) => {
        fused.add(place)
        return this.#adapterCall(lowers[place]!)
      })
      const functions = places.map((place) => `function${lowers[place]!.to}`).join(', ')
      const lists = Object.entries({ ...parts, calls }).map(([key, texts]) =>
        texts.length === 0
          ? `  ${key}: [],`
          : [`  ${key}: [`, ...indented(texts.map((one) => `  ${one},`)), '  ],'].join('\n'),
      )
      const module = `modules[${this.#module.file(bytes, 'adapters')}]`
      this.#line([`const [${functions}] = ${this.#use('adapters')}(${module}, {`, ...lists, '})'].join('\n'))
    }
    lowers.forEach((lower, i) => {
      if (!fused.has(i))
        this.#line(`const function${lower.to} = ${this.#use('bound')}(${this.#lowered(lower)})`)
    })
  }

  #adapterCall(lower: PlanLower): string {
    if (lower.function.from !== 'lift') throw new TypeError('only what another component lifts is fused')
    const { type, options } = this.#plan.signatures[lower.signature]!
    const { callee, postReturn } = this.#plan.lifts[lower.function.lift]!
    const parts = [
      `callee: ${this.#item(callee)}`,
      ...(postReturn ? [`postReturn: ${this.#item(postReturn)}`] : []),
      `parameters: ${flattenFunction(type, options, 'lower').parameters.length}`,
      `lower: () => ${this.#lowered(lower)}`,
    ]
    return `{ ${parts.join(', ')} }`
  }

  /** An expression for the lowered function. */
  #lowered(lower: PlanLower): string {
    const signature = this.#plan.signatures[lower.signature]!
    const instance = `instance${lower.instance}`
    this.#provideTrap()
    const flat = flattenFunction(signature.type, signature.options, 'lower')
    if (this.#suspends) this.#provideSwitch(flat)
    const context = [
      `...${this.#use('calleeOf')}(${this.#function(lower.function)}, ${instance})`,
      `instance: ${instance}`,
      ...this.#canonicalItems(lower),
    ]
    return this.#bindLower(signature, `{ ${context.join(', ')} }`)
  }

  #canonicalItems(items: Pick<PlanLift, 'memory' | 'realloc'>): string[] {
    const found = []
    if (items.memory) found.push(`memory: ${this.#item(items.memory)}`)
    if (items.realloc) found.push(`realloc: ${this.#item(items.realloc)}`)
    if (this.#plan.resources.length > 0) found.push('resource')
    return found
  }

  #builtins({ builtins }: MakeBuiltins): void {
    for (const one of builtins) this.#builtin(one)
  }

  #builtin({ builtin, instance, to }: PlanBuiltin): void {
    const { memory, realloc, table, ...data } = builtin as PlanBuiltin['builtin'] & {
      readonly [K in 'memory' | 'realloc' | 'table']?: CoreItem | undefined
    }
    this.#provideTrap()
    const blocking = blockingType(builtin)
    if (blocking) this.#provideSwitch(blocking)
    if ('closure' in builtin) this.#provideThread({ parameters: [builtin.closure], results: [] })
    const owner = `instance${instance}`
    const context = [`instance: ${owner}`]
    if (memory) context.push(`memory: ${this.#item(memory)}`)
    if (realloc) context.push(`realloc: ${this.#use('reallocIn')}(${owner}, ${this.#item(realloc)})`)
    if (table) context.push(`table: ${this.#item(table)}`)
    if (this.#plan.resources.length > 0) context.push('resource')
    const made = `${this.#use('makeBuiltin')}(${this.#module.data(data)}, { ${context.join(', ')} })`
    this.#line(`const function${to} = ${this.#use('bound')}(${made})`)
  }

  #provideTrap(): void {
    this.#module.provide('trap', '', () => unreachableModule)
  }

  #provideSwitch(type: CoreType): void {
    this.#module.provide('switch', coreTypeKey(type), () => encodeSwitches([type]))
  }

  #provideThread(type: CoreType): void {
    this.#module.provide('thread', coreTypeKey(type), () => encodeThreadCore(type))
  }

  /* Functions */

  /** A component function as a value. */
  #function(item: FunctionItem): string {
    if (item.from === 'register') return `given.functions[${item.function}]`
    const known = this.#functions.get(item.lift)
    if (known !== undefined) return known
    const lift = this.#plan.lifts[item.lift]!
    const signature = this.#plan.signatures[lift.signature]!
    const name = `lifted${item.lift}`
    this.#functions.set(item.lift, name)
    const bind = this.#bindLift(signature, this.#variants(item.lift))
    const args = [
      `instance${lift.instance}`,
      this.#signature(signature),
      bind,
      `() => ({ ${this.#liftItems(lift).join(', ')} })`,
    ]
    this.#line(`const ${name} = ${this.#use('lifted')}(${args.join(', ')})`)
    return name
  }

  /** A component function that users get. */
  #exported({ function: item, type }: FunctionEntry): string {
    if (item.from === 'register')
      return `${this.#use('exportedAgain')}(given.functions[${item.function}], instance0)`
    const lift = this.#plan.lifts[item.lift]!
    const signature = this.#plan.signatures[lift.signature]!
    const instance = `instance${lift.instance}`
    const context = `{ ${[`instance: ${instance}`, ...this.#liftItems(lift)].join(', ')} }`
    const code = this.#closed ? this.#liftCode(signature, this.#variants(item.lift)) : undefined
    if (code !== undefined)
      return `${this.#use('exportedClosed')}(${code}, ${context}, ${this.#functionType(type)})`
    const made = this.#applyLift(signature, this.#variants(item.lift), context)
    return `${this.#use('exported')}(${made}, ${this.#functionType(type)}, ${instance})`
  }

  #liftItems(lift: PlanLift): string[] {
    const { callee, postReturn, callback } = lift
    const items = [`callee: ${this.#item(callee)}`, ...this.#canonicalItems(lift)]
    if (postReturn) items.push(`postReturn: ${this.#item(postReturn)}`)
    if (callback) items.push(`callback: ${this.#item(callback)}`)
    return items
  }

  #variants(lift: number): LiftVariants {
    const { exported, passed } = this.#uses[lift]!
    const alone = exported && this.#plan.lifts[lift]!.instance === 0
    const entries = new Set<Entry>()
    if (alone) entries.add('alone')
    if (passed || !alone || this.#sub) entries.add('together')
    return { entries, suspendable: this.#suspends }
  }

  /** An expression that makes a lifted function of its context. */
  #bindLift(signature: Signature, variants: LiftVariants): string {
    if (this.#tasks) return `${this.#use('tasks')}.lift(${this.#signature(signature, variants)})`
    const code = this.#liftCode(signature, variants)
    if (code === undefined) return `${this.#use('tasks')}.lift(${this.#signature(signature)})`
    return `(context) => ${this.#use(this.#suspends ? 'bindLift' : 'liftUnsuspended')}(${code}, context)`
  }

  #applyLift(signature: Signature, variants: LiftVariants, context: string): string {
    const code = this.#tasks ? undefined : this.#liftCode(signature, variants)
    if (code === undefined) return `${this.#bindLift(signature, variants)}(${context})`
    return `${this.#use(this.#suspends ? 'bindLift' : 'liftUnsuspended')}(${code}, ${context})`
  }

  #bindLower(signature: Signature, context: string): string {
    const code = this.#tasks ? undefined : this.#lowerCode(signature)
    if (code === undefined) return `${this.#use('tasks')}.lower(${this.#signature(signature)})(${context})`
    return `${this.#use('bindLower')}(${code}, ${context})`
  }

  #liftCode(signature: Signature, variants: LiftVariants): string | undefined {
    if (signature.type.async || passesAsyncValues(signature.type)) return undefined
    const key = `lift ${[...variants.entries].sort().join()} ${this.#key(signature)}`
    return this.#once(key, () => liftText(this.#module, signature, variants))
  }

  #lowerCode(signature: Signature): string | undefined {
    if (signature.type.async || signature.options.async || passesAsyncValues(signature.type)) return undefined
    return this.#once(`lower ${this.#key(signature)}`, () =>
      lowerText(this.#module, signature, this.#suspends),
    )
  }

  #once(key: string, make: () => string | undefined): string | undefined {
    const known = this.#codes.get(key)
    if (known !== undefined) return known
    const made = make()
    if (made !== undefined) this.#codes.set(key, made)
    return made
  }

  #key({ name, type, options }: Signature): string {
    return this.#module.data({ name, type, options })
  }

  /** The signature as data: for tasks, with what code there is. */
  #signature(signature: Signature, variants?: LiftVariants): string {
    const { name, type, options } = signature
    const lift = this.#tasks && variants ? this.#liftCode(signature, variants) : undefined
    const lower = this.#tasks && !variants ? this.#lowerCode(signature) : undefined
    if (this.#tasks && variants) {
      this.#provideThread(flattenFunction(type, options, 'lift'))
      if (options.callback) this.#provideThread({ parameters: ['i32', 'i32', 'i32'], results: ['i32'] })
    }
    if (this.#suspends && variants) {
      const flat = flattenFunction(type, options, 'lift')
      this.#module.provide('trampoline', coreTypeKey(flat), () => encodeTrampoline(flat))
    }
    const parts = [
      `name: ${this.#module.data(name)}`,
      `type: ${this.#functionType(type)}`,
      `options: ${this.#module.data(options)}`,
    ]
    if (lift) parts.push(`lift: ${lift}`)
    if (lower) parts.push(`lower: ${lower}`)
    return this.#module.declareOnce('signature', `{ ${parts.join(', ')} }`)
  }

  #functionType(type: FunctionType): string {
    return this.#module.declareOnce('type', this.#module.data(type))
  }

  /* What goes to other components, and comes from them */

  /** What a component is given, or exports, by name. */
  #externs(exports: readonly PlanExport[]): string {
    const entries = exports.map(({ name, item }) => `  [${this.#module.data(name)}, ${this.#extern(item)}],`)
    return entries.length === 0 ? 'new Map()' : ['new Map([', ...entries, '])'].join('\n')
  }

  #extern(item: Item): string {
    switch (item.kind) {
      case 'function':
        return `{ kind: 'function', function: ${this.#function(item.function)} }`
      case 'instance': {
        let name = this.#externInstances.get(item.id)
        if (name === undefined) {
          const exports = this.#externs(item.exports)
          name = this.#module.name('instanceItem')
          this.#externInstances.set(item.id, name)
          this.#line(`const ${name} = { kind: 'instance', exports: ${exports} }`)
        }
        return name
      }
      case 'resource':
        return `{ kind: 'resource', resource: given.resources[${item.resource}] }`
      case 'type':
        return `{ kind: 'type' }`
      case 'core-module':
        return `{ kind: 'core-module', module: ${this.#coreModule(item.module)} }`
      case 'component':
        return `{ kind: 'component', component: ${this.#component(item.component)} }`
    }
  }

  #coreModule(item: ModuleItem): string {
    if (item.from === 'register') return `given.modules[${item.module}]`
    return `${this.#use('compiledModule')}(modules[${this.#core.original(item.module)}], 'core module ${item.module}')`
  }

  #component(item: ComponentItem): string {
    if (item.from === 'register') return `given.components[${item.component}]`
    const { plan } = item
    const instantiate = new PlanText(this.#module, plan, this.#core, true).declare()
    const exports = plan.exports.map(({ name, item: { kind } }) => ({ name, item: { kind } }))
    const surface = this.#module.declare('surface', this.#module.data({ imports: plan.imports, exports }))
    const captured = [
      ...item.modules.map((one) => `inner.modules[${one.to}] = ${this.#coreModule(one.item)}`),
      ...item.components.map((one) => `inner.components[${one.to}] = ${this.#component(one.item)}`),
    ]
    const capture = captured.length === 0 ? '() => {}' : `(inner) => { ${captured.join('; ')} }`
    return `${this.#use('component')}(${surface}, (options) => ${instantiate}(modules, options, ${capture}))`
  }

  /** Users may give components, where any are imported. */
  #componentImports(): string {
    return importsComponents(this.#plan.imports) ? `, componentOf: ${this.#use('componentOf')}` : ''
  }

  /* Exports */

  /** A function from a view to the exports in it, as an expression. */
  #exports(shape: ExportShape): string {
    const statements: string[] = []
    const exports = this.#exportsObject(shape, statements)
    if (statements.length === 0) return `(view) => ${exports}`
    return ['(view) => {', ...indented([...statements, `return ${exports}`]), '}'].join('\n')
  }

  /** `statements` make what more than one name stands for. */
  #exportsObject({ entries }: ExportShape, statements: string[]): string {
    const exact: string[] = []
    const properties = entries.flatMap((entry) => {
      const value = this.#exportValue(entry, statements, exact)
      return entry.keys.map((key) => `${keyText(key)}: ${value},`)
    })
    const object = [`${this.#use('bare')}({`, ...indented(properties), '})'].join('\n')
    return exact.reduce(
      (inner, members) => `${this.#use('withExactNames')}(${inner}, ${members}, view)`,
      object,
    )
  }

  #exportValue(entry: ExportEntry, statements: string[], exact: string[]): string {
    switch (entry.kind) {
      case 'function':
        return `view(${this.#exportedFunction(entry, entry.keys[0]!)})`
      case 'instance': {
        const known = this.#instanceItems.get(entry.id)
        if (known !== undefined) return known
        const object = this.#exportsObject(entry.shape, statements)
        const name = this.#module.name('interface')
        this.#instanceItems.set(entry.id, name)
        statements.push(`// ${commentText(entry.keys[0]!)}`, `const ${name} = ${object}`)
        return name
      }
      case 'class': {
        const members = entry.members.map((member) => {
          const lifted = this.#exportedFunction(member, member.exact)
          const { role, keys } = member
          return `  { role: ${this.#module.data(role)}, exact: ${this.#module.data(member.exact)}, keys: ${this.#module.data(keys)}, lifted: ${lifted} },`
        })
        const list = this.#module.name('members')
        this.#line([`const ${list} = [`, ...members, ']'].join('\n'))
        if (members.length > 0) exact.push(list)
        const name = this.#module.name('class')
        const args = `given.resources[${entry.resource}], ${list}, view, instance0`
        statements.push(
          `// ${commentText(entry.keys[0]!)}`,
          `const ${name} = ${this.#use('exportedClass')}(${args})`,
        )
        return name
      }
      case 'core-module':
        return entry.module.from === 'file'
          ? `modules[${this.#core.original(entry.module.module)}]`
          : `given.modules[${entry.module.module}].original`
      case 'component': {
        const name = this.#module.name('component')
        const args = `${this.#component(entry.component)}, ${this.#module.data(entry.path.join('#'))}`
        this.#line(`const ${name} = ${this.#use('exportedComponent')}(${args})`)
        return name
      }
    }
  }

  /** Declares a function that users get; returns its name. */
  #exportedFunction(entry: FunctionEntry, name: string): string {
    const key = this.#module.data(entry.function)
    const known = this.#exportedFunctions.get(key)
    if (known !== undefined) return known
    const local = this.#module.name('export')
    this.#exportedFunctions.set(key, local)
    this.#line(`// ${commentText(name)}`)
    this.#line(`const ${local} = ${this.#exported(entry)}`)
    return local
  }
}

/** Lifts that other components call, or may call. */
function passedLifts(plan: Plan, sub: boolean): ReadonlySet<number> {
  const lifts = new Set<number>()
  const add = (item: FunctionItem): void => {
    if (item.from === 'lift') lifts.add(item.lift)
  }
  const pass = (exports: readonly PlanExport[]): void => {
    for (const { item } of exports) {
      if (item.kind === 'function') add(item.function)
      if (item.kind === 'instance') pass(item.exports)
    }
  }
  if (sub) pass(plan.exports)
  for (const step of plan.steps) {
    if (step.kind === 'lower') for (const lower of step.lowers) add(lower.function)
    if (step.kind === 'instantiate-component') pass(step.arguments)
  }
  return lifts
}

function importsComponents(imports: readonly PlanImport[]): boolean {
  return imports.some(
    ({ item }) => item.kind === 'component' || (item.kind === 'instance' && importsComponents(item.exports)),
  )
}

function exportedFunctions(entries: readonly ExportEntry[]): readonly FunctionEntry[] {
  return entries.flatMap((entry) => {
    if (entry.kind === 'function') return [entry]
    if (entry.kind === 'instance') return exportedFunctions(entry.shape.entries)
    return entry.kind === 'class' ? entry.members : []
  })
}

function indented(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split('\n')).map((line) => (line === '' ? line : `  ${line}`))
}
