import type { Component } from 'tenon'
import type { EveryType, Host, TestValuesKinds } from '../types/values/every-type.js'

/** Checked, but not run: the world has no component. */
export async function program(component: Component<EveryType>): Promise<void> {
  const host: Host.Host = {
    async receive(value, bytes, numbers) {
      const [first = 0] = numbers
      return value.tags.length + bytes.byteLength > 3 ? { tag: 'circle', val: first } : { tag: 'nothing' }
    },
    pick: ([first]) => first,
    fail: (why) => why.length,
    waitFor: async (value) => value,
    open: () => new Response('text').body!,
    done() {},
  }
  using instance = await component.instantiate({ host })
  const { values } = instance.exports

  const person: TestValuesKinds.Person = { name: 'Ada', tags: ['a'] }
  const { age, homePage }: { age?: number | undefined; homePage?: string | undefined } =
    values.ofPerson(person)
  values.ofPerson({ name: 'Ada', age: 36, tags: [], homePage: undefined })
  const people: TestValuesKinds.Person[] = values.ofPeople(new Set([person]))

  const shape = values.ofShape({ tag: 'labelled' })
  switch (shape.tag) {
    case 'circle':
      shape.val.toFixed()
      break
    case 'labelled':
      shape.val?.length
      break
    case 'of':
      values.ofPerson(shape.val)
      break
    case 'nothing':
      shape.val satisfies undefined
  }

  const color: 'red' | 'dark-blue' = values.ofColor('dark-blue')
  const canExecute: boolean | undefined = values.ofPermissions({
    read: true,
    canExecute: color === 'red',
  }).canExecute
  const size: bigint = values.ofSize(2n ** 40n)
  values.ofList([1, 2, 3]).set([4], 1)
  values.ofList(new Uint16Array(3)).buffer.resize?.(1)
  values.ofLongs([1n]).at(0)?.toString()
  const blob = new Blob([values.ofArray(new Uint8Array(4))])
  const [text, , flag] = values.ofTuple(['a', size, undefined] as const)
  values.ofOption()
  values.ofOption(undefined)?.length
  const nested = values.ofNested({ tag: 'some', val: undefined })
  if (nested.tag === 'some') nested.val?.toFixed()
  for (const outcome of values.ofOutcome([
    { tag: 'ok', val: 1 },
    { tag: 'err', val: 'no' },
  ]))
    outcome.tag === 'ok' ? outcome.val + 1 : outcome.val.length
  const count: number | undefined = values.ofMap(new Map([['a', 1]])).get('a')
  values.ofMap([['a', 1]])
  values.ofStrings(['a'])
  values.ofStrings(new Set(['a']))

  for (const stream of [
    new Response('a').body!,
    [1, 2],
    [new Uint8Array(1)],
    (async function* () {
      yield [1]
    })(),
  ])
    for await (const chunk of values.ofStream(stream)) chunk.subarray(1)
  const reader = values.ofPeopleStream(people).getReader()
  ;(await reader.read()).value?.name
  const word: string = await values.ofFuture(Promise.resolve('soon'))
  values.ofContext(new Error('why')).debugMessage.length

  values.optional(1)
  values.optional(1, 'two')
  values.optional(1, undefined, 3)
  values.getNothing()
  const later: Promise<string> = values.later('a')
  const asWell: Promise<bigint> = instance.async.values.ofSize(1n)
  await instance.async['test:values/values@0.2.1'].laterFailing()
  void [age, homePage, canExecute, blob, text, flag, count, word, later, asWell]
}

/** An interface is found under every version that is compatible. */
export async function versions(
  component: Component<{
    imports: { 'a:b/c@0.2.1': { f(): void }; 'a:b/d@1.4.0': { g(): void } }
    exports: object
  }>,
): Promise<void> {
  const c = { f() {} }
  const d = { g() {} }
  await component.instantiate({ 'a:b/c@0.2.1': c, 'a:b/d@1.4.0': d })
  await component.instantiate({ 'a:b/c@0.2.6': c, 'a:b/d@1.9.2': d })
  await component.instantiate({ 'a:b/c': c, 'a:b/d': d })
}
