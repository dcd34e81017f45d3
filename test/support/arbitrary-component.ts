/**
 * Random components, valid by construction, as text: a tree of component instances, each with a memory, a string encoding
 * and canonical options of its own, that hand calls of random types on to the next one, and the last one to the host.
 * Between them stand components that only pass an interface on: whole, in pieces, or from a component inside.
 */
import fc from './fast-check.ts'
import { elementSize } from '../../src/abi/element-size.ts'
import { flattenFunction } from '../../src/abi/flatten.ts'
import type { PointerType } from '../../src/abi/pointer.ts'
import type { StringEncoding } from '../../src/component/component.ts'
import type { FunctionType } from '../../src/component/extern-type.ts'
import { partsOf } from '../../src/component/type-parts.ts'
import type { ResourceType, ValueType } from '../../src/component/value-type.ts'
import { arbitraryFunctionType } from './arbitrary-type.ts'
import { borrow, func, own, resource, u32 } from './type-builders.ts'
import { InterfaceText } from './interface-text.ts'

export interface RandomComponent {
  /** `f-0`, `f-1` …: what the host implements, and the component exports. */
  readonly functions: readonly FunctionType[]
  /** From the host up. */
  readonly levels: readonly Level[]
}

/** A component with code, and what stands between it and the next one. */
export interface Level {
  readonly pointer: PointerType
  readonly stringEncoding: StringEncoding
  readonly postReturn: boolean
  /** Gives a memory and a `realloc` also where they are not needed. */
  readonly generous: boolean
  /** Whether it is defined, and instantiated, inside another component. */
  readonly inside: boolean
  readonly relays: readonly Relay[]
  /** What it does wrong with what it hands on. */
  readonly fault?: Fault | undefined
}

/** One flat parameter, or the only flat result, is changed on its way; floats stay. */
export interface Fault {
  readonly place: number
  readonly xor: bigint
}

/** How an interface is passed on: as it is, made anew of what is in it, or either by a component inside. */
export type Relay = 'whole' | 'pieces' | 'whole inside' | 'pieces inside'

/** The host implements one resource, and the first level another: `host-thing` and `thing`. */
export const hostThing: ResourceType = resource('host-thing')
const thing: ResourceType = resource('thing')

const arbitraryLevel: fc.Arbitrary<Level> = fc.record({
  pointer: fc.constantFrom<PointerType[]>('i32', 'i64'),
  stringEncoding: fc.constantFrom<StringEncoding[]>('utf8', 'utf16', 'latin1+utf16'),
  postReturn: fc.boolean(),
  generous: fc.boolean(),
  inside: fc.boolean(),
  relays: fc.array(fc.constantFrom<Relay[]>('whole', 'pieces', 'whole inside', 'pieces inside'), {
    maxLength: 3,
  }),
})

const arbitraryFault: fc.Arbitrary<Fault> = fc.record({
  place: fc.nat(19),
  xor: fc.oneof(fc.bigInt(1n, 0xffn), fc.bigInt(1n, 2n ** 64n - 1n)),
})

/** The same component with a fault in some levels. */
export function withFaults(component: RandomComponent): fc.Arbitrary<RandomComponent> {
  const faults = component.levels.map(() => fc.option(arbitraryFault, { nil: undefined, freq: 2 }))
  return fc.tuple(...faults).map((chosen) => ({
    ...component,
    levels: component.levels.map((level, index) => ({ ...level, fault: chosen[index] })),
  }))
}

export const arbitraryComponent: fc.Arbitrary<RandomComponent> = fc.record({
  functions: fc.array(
    arbitraryFunctionType({ depth: 3, resources: [hostThing], borrows: false }).chain(lend),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
  levels: fc.array(arbitraryLevel, { minLength: 1, maxLength: 4 }),
})

/**
 * Some handles are lent instead, but only among parameters that are passed flat: there guests can find them, to drop
 * them before they return.
 */
function lend(type: FunctionType): fc.Arbitrary<FunctionType> {
  return fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }).map((lent) => {
    const parameters = type.parameters.map((parameter, index) =>
      parameter.type.kind === 'own' && lent[index] ? { ...parameter, type: borrow(hostThing) } : parameter,
    )
    const lending = { ...type, parameters }
    return flattenFunction(lending, { pointer: 'i32', async: false, callback: false }, 'lift')
      .spillsParameters
      ? type
      : lending
  })
}

interface NamedFunction {
  readonly name: string
  readonly type: FunctionType
}

/** What the first level adds to the host's interface, with its body there; others hand it on. */
const added: readonly (NamedFunction & { readonly body: string })[] = [
  { name: 'make-thing', type: func([u32], own(thing)), body: '(call $new (local.get 0))' },
  { name: 'get-thing', type: methodOf(thing), body: '(local.get 0)' },
  {
    name: 'take-thing',
    type: func([own(thing)], u32),
    body: '(call $rep (local.get 0)) (call $drop-thing (local.get 0))',
  },
  { name: 'dropped', type: func([], u32), body: '(call $dropped)' },
  { name: 'posts', type: func([], u32), body: '(global.get $posts)' },
]

function methodOf(self: ResourceType): FunctionType {
  return { ...func([], u32), parameters: [{ name: 'self', type: borrow(self) }] }
}

/** The component as text, which imports `api` and exports `api`. */
export function componentText({ functions, levels }: RandomComponent): string {
  const own = functions.map((type, index): NamedFunction => ({ name: `f-${index}`, type }))
  const host = new InterfaceText(own, [hostThing])
  const api = new InterfaceText([...own, ...added], [hostThing, thing])
  const parts: string[] = []
  let current = '$host'
  const instantiate = (component: string, from: InterfaceText): void => {
    const id = `${parts.length}`
    parts.push(
      component.replace('(component', `(component $C${id}`),
      `(instance $i${id} (instantiate $C${id} (with "api" (instance ${current}))))`,
      `(alias export $i${id} "api" (instance $o${id}))`,
    )
    current = `$o${id}`
    void from
  }
  levels.forEach((level, index) => {
    const from = index === 0 ? host : api
    const code = levelText(level, index, host, api)
    instantiate(level.inside ? insideText(from, index === 0 ? '$host-api' : '$api', code) : code, from)
    for (const relay of level.relays) {
      const passing = relayText(api, relay.startsWith('pieces'))
      instantiate(relay.endsWith('inside') ? insideText(api, '$api', passing) : passing, api)
    }
  })
  return `(component $Root
(type $host-api ${host.type})
(type $api ${api.type})
(import "api" (instance $host (type $host-api)))
${parts.join('\n')}
(export "api" (instance ${current})))`
}

/** A component that has another inside, which does the work. */
function insideText(_: InterfaceText, type: string, inner: string): string {
  return `(component
(alias outer $Root ${type} (type $type))
(import "api" (instance $in (type $type)))
${inner.replace('(component', '(component $Inner')}
(instance $made (instantiate $Inner (with "api" (instance $in))))
(alias export $made "api" (instance $out))
(export "api" (instance $out)))`
}

function relayText(api: InterfaceText, inPieces: boolean): string {
  const pieces = `${api.aliases}\n(instance $out ${api.exports((_, index) => `$in-${index}`)})`
  return `(component
(alias outer $Root $api (type $type))
(import "api" (instance $in (type $type)))
${inPieces ? pieces : ''}
(export "api" (instance ${inPieces ? '$out' : '$in'})))`
}

/** Each function's spilled result has a place of its own; the heap begins behind them. */
function levelText(level: Level, index: number, host: InterfaceText, api: InterfaceText): string {
  const { pointer: p, postReturn } = level
  const from = index === 0 ? host : api
  let free = 16
  const functions = api.functions.map((one, at) => {
    const core = coreTypes(one.type, p)
    const place = free
    if (one.type.result) free += Math.ceil(elementSize(one.type.result, p) / 8) * 8
    return { ...one, ...core, at, place, isOwn: index === 0 && at >= host.functions.length }
  })
  const forwarded = functions.filter(({ isOwn }) => !isOwn)
  const bodies = functions.map((one) => {
    const { at, lifted, isOwn, name } = one
    const body = isOwn ? added.find((each) => each.name === name)!.body : forwardingBody(one, level)
    const sum = name === 'posts' && !isOwn ? `${body} (i32.add (global.get $posts))` : body
    return `(func (export "f${at}") ${signature(lifted)} ${sum})
(func (export "post${at}") ${signature({ parameters: lifted.results, results: [] })}
  (global.set $posts (i32.add (global.get $posts) (i32.const 1))))`
  })
  const ownResource = index === 0 ? ownResourceText : ''
  const coreImports = [
    ...forwarded.map(({ at, lowered }) => `(import "in" "f${at}" (func $f${at} ${signature(lowered)}))`),
    '(import "in" "drop-host-thing" (func $drop-host-thing (param i32)))',
    '(import "in" "drop-thing" (func $drop-thing (param i32)))',
    ...(index === 0
      ? [
          '(import "in" "new" (func $new (param i32) (result i32)))',
          '(import "in" "rep" (func $rep (param i32) (result i32)))',
          '(import "in" "dropped" (func $dropped (result i32)))',
        ]
      : []),
  ]
  const given = [
    ...forwarded.map(({ at }) => `(export "f${at}" (func $lower${at}))`),
    '(export "drop-host-thing" (func $drop-host-thing))',
    '(export "drop-thing" (func $drop-thing))',
    ...(index === 0
      ? ['(export "new" (func $new))', '(export "rep" (func $rep))', '(export "dropped" (func $dropped))']
      : []),
  ]
  return `(component
(alias outer $Root ${index === 0 ? '$host-api' : '$api'} (type $type))
(import "api" (instance $in (type $type)))
${from.aliases}
${ownResource}
${memoryText(p, Math.ceil(free / 16) * 16)}
(core func $drop-host-thing (canon resource.drop $host-thing))
(core func $drop-thing (canon resource.drop $thing))
${forwarded.map((one) => `(core func $lower${one.at} (canon lower (func $in-${one.at}) ${optionsText(level, one, 'lower')}))`).join('\n')}
(core module $Code
${coreImports.join('\n')}
(global $posts (mut i32) (i32.const 0))
${bodies.join('\n')})
(core instance $code (instantiate $Code (with "in" (instance ${given.join(' ')}))))
${functions
  .map(
    (
      one,
    ) => `(alias core export $code "f${one.at}" (core func $core${one.at})) (alias core export $code "post${one.at}" (core func $post${one.at}))
(func $out-${one.at} ${api.signature(one.type)} (canon lift (core func $core${one.at}) ${optionsText(level, one, 'lift')}${postReturn ? ` (post-return $post${one.at})` : ''}))`,
  )
  .join('\n')}
(instance $out ${api.exports((_, at) => `$out-${at}`)})
(export "api" (instance $out)))`
}

const ownResourceText = `(core module $Destructor
  (global $count (mut i32) (i32.const 0))
  (func (export "drop") (param i32) (global.set $count (i32.add (global.get $count) (i32.const 1))))
  (func (export "dropped") (result i32) (global.get $count)))
(core instance $destructor (instantiate $Destructor))
(alias core export $destructor "drop" (core func $destroy))
(alias core export $destructor "dropped" (core func $dropped))
(type $thing (resource (rep i32) (dtor (core func $destroy))))
(core func $new (canon resource.new $thing))
(core func $rep (canon resource.rep $thing))`

/** A memory with an allocator that never frees, and grows when it has to. */
function memoryText(p: PointerType, heapAt: number): string {
  return `(core module $Memory
  (memory (export "memory") ${p === 'i64' ? 'i64 ' : ''}1)
  (global $heap (mut ${p}) (${p}.const ${heapAt}))
  (func (export "realloc") (param $old ${p}) (param $length ${p}) (param $align ${p}) (param $size ${p}) (result ${p})
    (local $at ${p})
    (local.set $at (${p}.and
      (${p}.add (global.get $heap) (${p}.sub (local.get $align) (${p}.const 1)))
      (${p}.sub (${p}.const 0) (local.get $align))))
    (global.set $heap (${p}.add (local.get $at) (local.get $size)))
    (loop $again
      (if (${p}.gt_u (global.get $heap) (${p}.mul (memory.size) (${p}.const 65536)))
        (then
          (if (${p}.eq (memory.grow (${p}.const 1)) (${p}.const -1)) (then unreachable))
          (br $again))))
    (memory.copy (local.get $at) (local.get $old)
      (select (local.get $length) (local.get $size) (${p}.lt_u (local.get $length) (local.get $size))))
    (local.get $at)))
(core instance $memory (instantiate $Memory))
(alias core export $memory "memory" (core memory $mem))
(alias core export $memory "realloc" (core func $realloc))`
}

interface CoreType {
  readonly parameters: readonly string[]
  readonly results: readonly string[]
}

function coreTypes(type: FunctionType, pointer: PointerType) {
  const options = { pointer, async: false, callback: false }
  return { lifted: flattenFunction(type, options, 'lift'), lowered: flattenFunction(type, options, 'lower') }
}

type Forwarded = NamedFunction &
  ReturnType<typeof coreTypes> & { readonly at: number; readonly place: number }

function signature({ parameters, results }: CoreType): string {
  const list = (word: string, types: readonly string[]) =>
    types.length > 0 ? `(${word} ${types.join(' ')})` : ''
  return `${list('param', parameters)} ${list('result', results)}`
}

/** Hands on what it was given, drops what it was lent, and returns what it got. */
function forwardingBody({ at, name, type, lifted, lowered, place }: Forwarded, level: Level): string {
  const { pointer: p } = level
  // What the first level adds is left alone: it would do as well with another number.
  const fault = name.startsWith('f-') ? level.fault : undefined
  const faulty = fault && fault.place % (lifted.parameters.length + 1)
  const args = lifted.parameters.map((flat, index) => {
    const given = `(local.get ${index})`
    return index === faulty ? damaged(given, flat, fault!) : given
  })
  if (lowered.spillsResult) args.push(`(${p}.const ${place})`)
  const body = [`(call $f${at} ${args.join(' ')})`]
  let flat = 0
  for (const parameter of type.parameters) {
    if (parameter.type.kind === 'borrow')
      body.push(`(call $drop-${parameter.type.resource.name} (local.get ${flat}))`)
    flat += coreTypes(func([parameter.type]), p).lifted.parameters.length
  }
  const result = lifted.results[0]
  if (result === undefined) return body.join(' ')
  if (lifted.spillsResult) body.push(`(${p}.const ${place})`)
  if (faulty !== lifted.parameters.length) return body.join(' ')
  // Behind what leaves the result on the stack.
  return `${body.join(' ')} ${damaged('', result, fault!)}`
}

function damaged(value: string, flat: string, { xor }: Fault): string {
  if (flat === 'f32' || flat === 'f64') return value
  const number = flat === 'i32' ? BigInt.asIntN(32, xor) : BigInt.asIntN(64, xor)
  return value === ''
    ? `${flat}.const ${number} ${flat}.xor`
    : `(${flat}.xor ${value} (${flat}.const ${number}))`
}

function optionsText(
  { stringEncoding, generous }: Level,
  { type, lifted, lowered }: Forwarded,
  direction: 'lift' | 'lower',
): string {
  const parameters = type.parameters.some((one) => hasPointers(one.type))
  const result = type.result !== undefined && hasPointers(type.result)
  const core = direction === 'lift' ? lifted : lowered
  const memory = parameters || result || core.spillsParameters || core.spillsResult
  const realloc = direction === 'lift' ? parameters || core.spillsParameters : result
  return `string-encoding=${stringEncoding}${memory || generous ? ' (memory $mem)' : ''}${realloc || generous ? ' (realloc $realloc)' : ''}`
}

function hasPointers(type: ValueType): boolean {
  const isPointer =
    type.kind === 'string' || type.kind === 'map' || (type.kind === 'list' && type.length === undefined)
  return isPointer || partsOf(type).some(hasPointers)
}
