/** The steps of a Plan as statements. */
import { type FlatFunction, flattenFunction } from '../../abi/flatten.ts'
import type { MemoryImports } from '../../binary/rewrite-core-module.ts'
import type {
  CoreArgument,
  CoreItem,
  DefineResource,
  InstantiateComponent,
  InstantiateCoreModule,
  MakeResourceBuiltin,
  PlanBuiltin,
  PlanLower,
  Step,
} from '../../compile/plan.ts'
import { pascalCase } from '../../component/js-name.ts'
import { encodePortableDrop } from '../../runtime/drop-module.ts'
import { encodeMemoryWiper } from '../../runtime/memory-wiper-module.ts'
import type { Adapters } from './adapter-text.ts'
import { blockingType } from './blocking-builtin.ts'
import type { ExternText } from './extern-text.ts'
import type { FunctionText } from './function-text.ts'
import { keyText, memberText } from './literal-text.ts'
import { indented, type PlanScope } from './plan-scope.ts'

type CoreType = Pick<FlatFunction, 'parameters' | 'results'>

const resourceBuiltins = {
  'resource.new': 'resourceNew',
  'resource.rep': 'resourceRep',
  'resource.drop': 'resourceDrop',
} as const

export class StepText {
  readonly #scope: PlanScope
  readonly #functions: FunctionText
  readonly #externs: ExternText
  readonly #adapters: Adapters

  constructor(scope: PlanScope, functions: FunctionText, externs: ExternText, adapters: Adapters) {
    this.#scope = scope
    this.#functions = functions
    this.#externs = externs
    this.#adapters = adapters
  }

  write(step: Step): void {
    switch (step.kind) {
      case 'instantiate-core-module':
        this.#instantiateCoreModule(step)
        break
      case 'lower':
        this.#lowers(step.lowers)
        break
      case 'define-resource':
        this.#defineResource(step)
        break
      case 'resource.new':
      case 'resource.rep':
      case 'resource.drop':
        this.#resourceBuiltin(step)
        break
      case 'builtins':
        this.#builtins(step.builtins)
        break
      case 'instantiate-component':
        this.#instantiateComponent(step)
        break
      case 'unsupported':
        // A Plan with such steps is refused as a whole.
        break
    }
  }

  #instantiateCoreModule({
    module: item,
    arguments: args,
    instance: index,
    to,
  }: InstantiateCoreModule): void {
    const scope = this.#scope
    const instance = `instance${index}`
    if (item.from === 'register') {
      const given = [
        `given.modules[${item.module}]`,
        this.#coreImports(args),
        instance,
        this.#functions.bindStart(),
      ]
      scope.waits = true
      scope.line(`const core${to} = yield ${scope.use('instantiateModule')}(${given.join(', ')})`)
      return
    }
    const { place, memories, start } = scope.core.instantiable(item.module, scope.suspends)
    const imports = this.#coreImports(args, memories)
    const make = `new WebAssembly.Instance(modules[${place}]${imports === '{}' ? '' : `, ${imports}`})`
    const asTask = scope.plan.instances[index]!.async
    scope.line(
      `const core${to} = ${asTask ? `${scope.use('runIn')}(${instance}, () => ${make})` : make}.exports`,
    )
    if (start === undefined) return
    const called = [instance, memberText(`core${to}`, start), this.#functions.bindStart()]
    scope.waits = true
    scope.line(`yield ${scope.use('startIn')}(${called.join(', ')})`)
  }

  /** @param memories what stands for those that the module defined */
  #coreImports(args: readonly CoreArgument[], memories?: MemoryImports): string {
    const lines = args.map((argument) => {
      if (argument.from === 'core-instance') return `  ${keyText(argument.name)}: core${argument.instance},`
      const items = argument.items.map(({ name, item }) => `${keyText(name)}: ${this.#scope.item(item)}`)
      return `  ${keyText(argument.name)}: { ${items.join(', ')} },`
    })
    if (memories) lines.push(this.#memoriesText(memories))
    return lines.length === 0 ? '{}' : ['{', ...lines, '}'].join('\n')
  }

  #memoriesText(memories: MemoryImports): string {
    const scope = this.#scope
    scope.hasMemories = true
    scope.module.provide('wiper', '', encodeMemoryWiper)
    const declared = scope.module.declareOnce('memories', scope.data(memories))
    return `  ${keyText(memories.module)}: ${scope.use('takeMemories')}(memories, ${declared}),`
  }

  /** Those that call other components go through adapters, where they can. */
  #lowers(lowers: readonly PlanLower[]): void {
    const scope = this.#scope
    const fused = new Set<number>()
    for (const [place, callee] of this.#adapters.direct(lowers)) {
      scope.line(`const function${lowers[place]!.to} = ${callee}`)
      fused.add(place)
    }
    for (const { bytes, places, parts } of this.#adapters.modules(lowers)) {
      const calls = places.map((place) => this.#adapterCall(lowers[place]!))
      const types = places.map((place) => this.#coreType(lowers[place]!))
      const functions = places.map((place) => `function${lowers[place]!.to}`).join(', ')
      const lists = Object.entries({ ...parts, calls }).map(([key, texts]) => {
        if (texts.length === 0) return `  ${key}: [],`
        return [`  ${key}: [`, ...indented(texts.map((one) => `  ${one},`)), '  ],'].join('\n')
      })
      // Where the engine cannot compile the module, they are bound as others are.
      if (scope.suspends) lists.push(`  switches: ${scope.core.switches.of(types)},`)
      const module = `modules[${scope.module.file(bytes, 'adapters')}]`
      scope.line([`const [${functions}] = ${scope.use('adapters')}(${module}, {`, ...lists, '})'].join('\n'))
      for (const place of places) fused.add(place)
    }
    const others = lowers.filter((_, i) => !fused.has(i))
    const made = others.map((lower) => ({ to: lower.to, text: this.#functions.lowered(lower) }))
    this.#bind(made, scope.suspends ? others.map((lower) => this.#coreType(lower)) : [])
  }

  /** @param switches core types of those that may block */
  #bind(
    made: readonly { readonly to: number; readonly text: string }[],
    switches: readonly CoreType[],
  ): void {
    if (made.length === 0) return
    const scope = this.#scope
    const end = switches.length === 0 ? ']' : `], ${scope.core.switches.of(switches)}`
    const texts = indented(made.map(({ text }) => `${text},`))
    const functions = made.map(({ to }) => `function${to}`).join(', ')
    scope.line([`const [${functions}] = ${scope.use('bound')}([`, ...texts, `${end})`].join('\n'))
  }

  #coreType({ signature }: PlanLower): CoreType {
    const { type, options } = this.#scope.plan.signatures[signature]!
    return flattenFunction(type, options, 'lower')
  }

  #adapterCall(lower: PlanLower): string {
    if (lower.function.from !== 'lift') throw new TypeError('only what another component lifts is fused')
    const { plan } = this.#scope
    const { type, options } = plan.signatures[lower.signature]!
    const { callee, postReturn } = plan.lifts[lower.function.lift]!
    const parts = [
      `callee: ${this.#scope.function(callee)}`,
      ...(postReturn ? [`postReturn: ${this.#scope.function(postReturn)}`] : []),
      `parameters: ${flattenFunction(type, options, 'lower').parameters.length}`,
      `lower: () => ${this.#functions.lowered(lower)}`,
    ]
    return `{ ${parts.join(', ')} }`
  }

  #defineResource({ resource, instance, destructor }: DefineResource): void {
    const scope = this.#scope
    const name = scope.plan.resources[resource]!.name ?? `resource-${resource}`
    const args = [
      scope.data(name),
      scope.data(pascalCase(name)),
      `instance${instance}`,
      ...(destructor ? [scope.function(destructor)] : []),
    ]
    scope.line(`given.resources[${resource}] = new ${scope.use('GuestResource')}(${args.join(', ')})`)
  }

  #resourceBuiltin({ kind, resource, instance, to }: MakeResourceBuiltin): void {
    const scope = this.#scope
    this.#functions.provideTrap()
    if (kind === 'resource.drop') scope.module.provide('drop', '', encodePortableDrop)
    if (kind === 'resource.drop' && scope.tasks) this.#functions.provideDropSwitch()
    const make = scope.use(resourceBuiltins[kind])
    scope.line(`const function${to} = ${make}(instance${instance}, given.resources[${resource}])`)
  }

  #builtins(builtins: readonly PlanBuiltin[]): void {
    const made = builtins.map((one) => ({ to: one.to, text: this.#builtin(one) }))
    this.#bind(
      made,
      builtins.flatMap(({ builtin }) => blockingType(builtin) ?? []),
    )
  }

  #builtin({ builtin, instance }: PlanBuiltin): string {
    const scope = this.#scope
    const { memory, realloc, table, ...data } = builtin as PlanBuiltin['builtin'] & {
      readonly [K in 'memory' | 'realloc' | 'table']?: CoreItem | undefined
    }
    this.#functions.provideTrap()
    if ('closure' in builtin) this.#functions.provideThread({ parameters: [builtin.closure], results: [] })
    const owner = `instance${instance}`
    const context = [`instance: ${owner}`, ...this.#functions.canonicalItems({ memory, realloc: undefined })]
    if (realloc) context.push(`realloc: ${scope.use('reallocIn')}(${owner}, ${scope.item(realloc)})`)
    if (table) context.push(`table: ${scope.item(table)}`)
    const elements = this.#functions.elements(builtin)
    if (elements) context.push(`elementValues: ${elements}`)
    return `${scope.use('makeBuiltin')}(${scope.data(data)}, { ${context.join(', ')} })`
  }

  #instantiateComponent({ component, parent, arguments: args, exports }: InstantiateComponent): void {
    const scope = this.#scope
    const given = [
      this.#externs.component(component),
      `instance${parent}`,
      this.#externs.externs(args),
      scope.module.declare('exports', scope.data(exports)),
      'given',
    ]
    if (component.from === 'register' && scope.core.recycles) scope.hasMemories = true
    scope.waits = true
    scope.line(`yield ${scope.use('instantiateComponent')}(${given.join(', ')})`)
  }
}
