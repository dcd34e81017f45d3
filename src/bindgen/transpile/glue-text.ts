/** Generated glue as text of a module: what the in-memory back end evaluates, word for word. */
import { flattenFunction } from '../../abi/flatten.ts'
import type { PointerType } from '../../abi/pointer.ts'
import type { Entry } from '../../compile/glue/bind.ts'
import { elementLoadSource, elementsName, elementStoreSource } from '../../compile/glue/element-source.ts'
import {
  liftMembers,
  liftPromiseSource,
  liftSource,
  taskArgumentsSource,
  taskResultSource,
  taskReturnedSource,
} from '../../compile/glue/lift-source.ts'
import { hostElementMembers, hostElementSource } from '../../compile/glue/host-element-source.ts'
import { factoryText, referencesOf } from '../../compile/glue/link.ts'
import {
  lowerMembers,
  lowerSource,
  lowerSuspendingSource,
  taskLiftSource,
  taskLowerSource,
} from '../../compile/glue/lower-source.ts'
import { type Generated, TooLarge } from '../../compile/glue/source.ts'
import type { ValueType } from '../../component/value-type.ts'
import type { CanonicalOptions, Signature } from '../../runtime/back-end.ts'
import { leastArguments } from '../../runtime/mismatch.ts'
import { coreTypeKey } from '../../runtime/switch.ts'
import { encodeTrampoline } from '../../runtime/trampoline.ts'
import { encodeStringHelper } from '../../compile/glue/string-helper.ts'
import { printFunction } from '../../wit/print-function.ts'
import { commentText } from './literal-text.ts'
import type { ModuleText } from './module-text.ts'

/** Which variants of a lift are called. */
export interface LiftVariants {
  readonly entries: ReadonlySet<Entry>
  readonly suspendable: boolean
  /** It is a task, whoever calls it through the promise view. */
  readonly task: boolean
}

/** Declares the code of a lift; undefined where it would be too large. */
export function liftText(
  module: ModuleText,
  signature: Signature,
  { entries, suspendable }: LiftVariants,
): string | undefined {
  return unlessTooLarge(() => {
    const generated = [...entries].sort().map((entry) => [entry, liftSource(signature, entry)] as const)
    const promise = suspendable ? ([['suspendable', liftPromiseSource(signature)]] as const) : []
    const flat = flattenFunction(signature.type, signature.options, 'lift')
    if (suspendable) module.provide('trampoline', coreTypeKey(flat), () => encodeTrampoline(flat))
    return codeText(
      module,
      'lift',
      signature,
      suspendable ? flat : undefined,
      [...generated, ...promise],
      liftMembers,
    )
  })
}

/** The same of a lift that is a task. */
export function taskLiftText(module: ModuleText, signature: Signature): string | undefined {
  return unlessTooLarge(() => {
    const result: [string, Generated] = signature.options.async
      ? ['result', taskResultSource(signature)]
      : ['returned', taskReturnedSource(signature)]
    const all = [['arguments', taskArgumentsSource(signature)] as const, result]
    return codeText(module, 'taskLift', signature, undefined, all, liftMembers)
  })
}

/** The same of a lower of such a function. */
export function taskLowerText(module: ModuleText, signature: Signature): string | undefined {
  return unlessTooLarge(() => {
    const all = [
      ['lift', taskLiftSource(signature)],
      ['lower', taskLowerSource(signature)],
    ] as const
    return codeText(module, 'taskLower', signature, undefined, all, lowerMembers)
  })
}

/** The same of a lower. */
export function lowerText(module: ModuleText, signature: Signature, suspends: boolean): string | undefined {
  return unlessTooLarge(() => {
    const all: [string, Generated][] = [['plain', lowerSource(signature)]]
    if (suspends) all.push(['suspending', lowerSuspendingSource(signature)])
    const flat = flattenFunction(signature.type, signature.options, 'lower')
    return codeText(module, 'lower', signature, flat, all, lowerMembers)
  })
}

/**
 * Declares the code for elements of streams and futures, other than numbers; undefined where it would be too large.
 *
 * @param way what writes loads, and what reads stores
 */
export function elementsText(
  module: ModuleText,
  element: ValueType,
  options: CanonicalOptions,
  way: 'load' | 'store',
): string | undefined {
  return unlessTooLarge(() => {
    const sourceOf = way === 'load' ? elementLoadSource : elementStoreSource
    const { text, usesStrings } = factory(module, sourceOf(element, options), lowerMembers)
    if (usesStrings && options.stringEncoding === 'utf8') module.provide('strings', '', encodeStringHelper)
    const lines = [
      '{',
      `  outline: { name: ${module.data(elementsName)}, memory: ${memoryText(module, options)} },`,
      `  factories: { ${way}: ${text} },`,
      '}',
    ]
    return module.declare('elements', lines.join('\n'))
  })
}

function codeText(
  module: ModuleText,
  hint: string,
  signature: Signature,
  flat: { readonly parameters: readonly string[]; readonly results: readonly string[] } | undefined,
  variants: readonly (readonly [name: string, generated: Generated])[],
  members: readonly string[],
): string {
  const { name, type } = signature
  const factories = variants.map(([variant, generated]) => {
    const { text, usesMemory, usesStrings } = factory(module, generated, members)
    if (usesStrings && signature.options.stringEncoding === 'utf8')
      module.provide('strings', '', encodeStringHelper)
    return { line: `${variant}: ${text},`, usesMemory }
  })
  const usesMemory = factories.some((one) => one.usesMemory)
  const outline = [
    `name: ${module.data(name)}`,
    ...(members === liftMembers
      ? [
          `parameters: ${module.data(type.parameters.map((one) => one.name))}`,
          `leastArguments: ${leastArguments(type)}`,
        ]
      : []),
    ...(usesMemory ? [`memory: ${memoryText(module, signature.options)}`] : []),
  ]
  const lines = [
    '{',
    `  outline: { ${outline.join(', ')} },`,
    ...(flat ? [`  flat: ${module.data({ parameters: flat.parameters, results: flat.results })},`] : []),
    ...factories.flatMap(({ line }) => line.split('\n').map((one) => `  ${one}`)),
    '}',
  ]
  return module.declare(hint, lines.join('\n'), commentText(`${name}: ${printFunction(type)}`))
}

/** How code gets at the memory of its call. */
function memoryText(module: ModuleText, { pointer, stringEncoding }: CanonicalOptions): string {
  const options = module.data({ pointer, stringEncoding })
  const text = `(context, between) => ${module.use('guestMemory')}(context, ${options}, between)`
  return module.declareOnce('memory', text)
}

function factory(module: ModuleText, generated: Generated, members: readonly string[]) {
  const made = factoryText(generated, members)
  module.useAll(made)
  const references = module.declareOnce('references', referencesText(module, generated))
  const text = `{ references: ${references}, make: ${made} }`
  const constants = [...generated.shared.constants].map(
    ([value, name]) => `  const ${name} = ${constantText(module, value)}`,
  )
  return {
    text: constants.length === 0 ? text : ['(() => {', ...constants, `  return ${text}`, '})()'].join('\n'),
    usesMemory: /\b(?:memory|views|lowerText)\b/.test(made),
    usesStrings: /Utf8|Image|String|lowerText/.test(made),
  }
}

function referencesText(module: ModuleText, generated: Generated): string {
  const { resources, sites } = referencesOf(generated)
  const parts = [
    `resources: ${module.data(resources)}`,
    `sites: ${module.data(sites.map(({ place, expected }) => ({ place, expected })))}`,
  ]
  // Many functions pass streams of one type.
  const typeText = (type: object): string => module.declareOnce('type', module.data(type))
  const ends = generated.shared.allEnds.map(({ type, pointer, written }) => {
    const element = written ? hostElementText(module, type.element, pointer) : undefined
    const read = element === undefined ? '' : `, element: ${element}`
    return `{ type: ${typeText(type)}, pointer: ${module.data(pointer)}${read} }`
  })
  if (ends.length > 0) parts.push(`ends: [${ends.join(', ')}]`)
  return `{ ${parts.join(', ')} }`
}

/** Declares the code that reads what the host writes to a stream or future; undefined where there is none. */
function hostElementText(
  module: ModuleText,
  type: ValueType | undefined,
  pointer: PointerType,
): string | undefined {
  const generated = hostElementSource(type, pointer)
  return generated && module.declareOnce('hostElement', factory(module, generated, hostElementMembers).text)
}

/** Classes of typed arrays, and data. */
function constantText(module: ModuleText, value: unknown): string {
  return typeof value === 'function' ? value.name : module.data(value)
}

function unlessTooLarge(generate: () => string): string | undefined {
  try {
    return generate()
  } catch (error) {
    if (error instanceof TooLarge) return undefined
    throw error
  }
}
