/** Every interface, function, resource and method of the WIT is there; what has nothing granted says so. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ExitError, Trap } from '../../errors.ts'
import { wasi } from '../index.ts'
import { open, payloadOf } from '../platform/testing/open-host.ts'

const wit = new URL('../../../../shared/conformance/wasi/0.2/', import.meta.url)
const camel = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
const pascal = (name: string) => camel(`-${name}`)

test('nothing of the WIT is missing, and nothing is there that it does not have', {
  skip: !existsSync(wit) && 'there is no ../shared/conformance/wasi/0.2 beside this checkout',
}, () => {
  const imports = wasi() as Record<string, Record<string, unknown>>
  const expected: string[] = []
  for (const file of readdirSync(wit)) {
    if (file === 'http.wit') continue
    expected.push(...membersOf(readFileSync(new URL(file, wit), 'utf8')))
  }
  const actual = Object.entries(imports).flatMap(([name, members]) =>
    Object.entries(members).flatMap(([member, value]) => [
      `${name} ${member}`,
      ...methodsOf(`${name} ${member}`, value),
    ]),
  )
  assert.deepEqual(actual.sort(), expected.sort())
})

/** `package:name/interface@version member` for each function, resource and method; a reader for these files only. */
function membersOf(text: string): string[] {
  const [, packageName, version] = /^package ([\w:-]+)@([\d.]+);/m.exec(text)!
  const members: string[] = []
  let face = ''
  let resource = ''
  for (const line of text.split('\n')) {
    const opens = /^interface ([\w-]+) \{/.exec(line)
    const resourceOpens = /^ {2}resource ([\w-]+)( \{|;)/.exec(line)
    const member = /^ {2,4}%?([\w-]+): func\(/.exec(line)
    if (opens) face = `${packageName}/${opens[1]}@${version}`
    else if (line.startsWith('world')) face = ''
    else if (face === 'wasi:cli/run@0.2.12' || face === '') continue
    else if (resourceOpens) {
      members.push(`${face} ${pascal(resourceOpens[1]!)}`)
      if (resourceOpens[2] === ' {') resource = `${pascal(resourceOpens[1]!)}.`
    } else if (line === '  }') resource = ''
    else if (member) members.push(`${face} ${resource}${camel(member[1]!)}`)
  }
  return members
}

function methodsOf(path: string, value: unknown): string[] {
  if (typeof value !== 'function' || !value.prototype) return []
  return Object.getOwnPropertyNames(value.prototype)
    .filter((name) => name !== 'constructor')
    .map((name) => `${path}.${name}`)
}

test('without options the guest gets nothing but clocks and random numbers', () => {
  const { face, preopen } = open()
  const environment = face<Record<string, () => unknown>>('cli/environment')
  assert.deepEqual(environment.getEnvironment!(), [])
  assert.deepEqual(environment.getArguments!(), [])
  assert.equal(environment.initialCwd!(), undefined)
  assert.throws(preopen)
  for (const name of ['stdin', 'stdout', 'stderr']) {
    const terminal = face<Record<string, () => unknown>>(`cli/terminal-${name}`)
    assert.equal(Object.values(terminal)[0]!(), undefined)
  }
})

test('arguments and environment arrive, well-formed', () => {
  const { face } = open({
    args: ['a', '', 'lone \ud800'],
    env: { A: 'b=c', EMPTY: '', NOT: undefined },
    cwd: '/home',
  })
  const environment = face<Record<string, () => unknown>>('cli/environment')
  assert.deepEqual(environment.getArguments!(), ['a', '', 'lone \ufffd'])
  assert.deepEqual(environment.getEnvironment!(), [
    ['A', 'b=c'],
    ['EMPTY', ''],
  ])
  assert.equal(environment.initialCwd!(), '/home')
})

test('exit throws the code', () => {
  const exit = open().face<{ exit(status: unknown): never; exitWithCode(code: number): never }>('cli/exit')
  const code = (expected: number) => (error: unknown) =>
    error instanceof ExitError && error.exitCode === expected
  assert.throws(() => exit.exit({ tag: 'ok' }), code(0))
  assert.throws(() => exit.exit({ tag: 'err' }), code(1))
  assert.throws(() => exit.exitWithCode(42), code(42))
})

test('every operation on sockets is denied', async () => {
  const { face } = open()
  const network = face<{ instanceNetwork(): unknown }>('sockets/instance-network').instanceNetwork()
  const denied = async (call: () => unknown) => assert.equal(await payloadOf(call), 'access-denied')
  await denied(() =>
    face<Record<string, (family: string) => unknown>>('sockets/tcp-create-socket').createTcpSocket!('ipv4'),
  )
  await denied(() =>
    face<Record<string, (family: string) => unknown>>('sockets/udp-create-socket').createUdpSocket!('ipv6'),
  )
  const lookup = face<{ resolveAddresses(network: unknown, name: string): unknown }>('sockets/ip-name-lookup')
  await denied(() => lookup.resolveAddresses(network, 'example.com'))
  for (const name of ['tcp', 'udp', 'ip-name-lookup']) {
    for (const value of Object.values(
      face<Record<string, { prototype?: Record<string, () => unknown> }>>(`sockets/${name}`),
    )) {
      for (const method of Object.getOwnPropertyNames(value.prototype ?? {})) {
        if (method !== 'constructor') await denied(() => value.prototype![method]!())
      }
    }
  }
})

test('random numbers are as many as asked for, and not beyond the limit', () => {
  const { face } = open({ limits: { randomBytes: 100_000 } })
  const secure = face<Record<string, (length: bigint) => Uint8Array>>('random/random').getRandomBytes!
  const insecure =
    face<Record<string, (length: bigint) => Uint8Array>>('random/insecure').getInsecureRandomBytes!
  for (const draw of [secure, insecure]) {
    assert.equal(draw(0n).length, 0)
    const bytes = draw(100_000n)
    assert.equal(bytes.length, 100_000)
    // Also behind the 65,536 bytes that the platform gives at once.
    assert.ok(new Set(bytes.subarray(65_536)).size > 200)
    assert.throws(
      () => draw(100_001n),
      (error: Trap) => error instanceof Trap && /100001 bytes.*randomBytes/.test(error.message),
    )
    assert.throws(() => draw(2n ** 64n - 1n), Trap)
  }
  const one = face<Record<string, () => bigint>>('random/random').getRandomU64!
  assert.notEqual(one(), one())
})

test('random numbers can be replaced, one by one', () => {
  const { face } = open({ random: { secure: (buffer) => buffer.fill(7), insecureSeed: () => [1n, 2n] } })
  const draw = face<Record<string, (length: bigint) => Uint8Array>>('random/random').getRandomBytes!
  assert.deepEqual(draw(3n), new Uint8Array([7, 7, 7]))
  const { insecureSeed } = face<{ insecureSeed(): unknown }>('random/insecure-seed')
  assert.deepEqual(insecureSeed(), [1n, 2n])
  assert.equal(
    face<Record<string, (length: bigint) => Uint8Array>>('random/insecure').getInsecureRandomBytes!(9n)
      .length,
    9,
  )
})

test('clocks tell the time', () => {
  const imports = wasi() as unknown as Record<string, Record<string, () => never>>
  const monotonic = imports['wasi:clocks/monotonic-clock@0.2.12']!
  const [first, second]: bigint[] = [monotonic.now!(), monotonic.now!()]
  assert.ok(second! >= first!)
  assert.ok(monotonic.resolution!() > 0n)
  const wall: { seconds: bigint; nanoseconds: number } = imports['wasi:clocks/wall-clock@0.2.12']!.now!()
  assert.ok(Math.abs(Number(wall.seconds) - Date.now() / 1000) < 2)
  assert.ok(wall.nanoseconds >= 0 && wall.nanoseconds < 1e9)
})

test('the time zone is UTC unless another is granted', () => {
  type Timezone = { display(when: unknown): unknown; utcOffset(when: unknown): number }
  const winter = { seconds: BigInt(Date.UTC(2024, 0, 15, 12) / 1000), nanoseconds: 0 }
  const summer = { seconds: BigInt(Date.UTC(2024, 6, 15, 12) / 1000), nanoseconds: 5 }
  const none = open().face<Timezone>('clocks/timezone')
  assert.deepEqual(none.display(summer), { utcOffset: 0, name: 'UTC', inDaylightSavingTime: false })
  const berlin = open({ timeZone: 'Europe/Berlin' }).face<Timezone>('clocks/timezone')
  assert.deepEqual([berlin.utcOffset(winter), berlin.utcOffset(summer)], [3600, 7200])
  assert.deepEqual(berlin.display(summer), { utcOffset: 7200, name: 'GMT+2', inDaylightSavingTime: true })
  const york = open({ timeZone: 'America/New_York' }).face<Timezone>('clocks/timezone')
  assert.deepEqual(york.display(winter), { utcOffset: -18000, name: 'EST', inDaylightSavingTime: false })
  const sydney = open({ timeZone: 'Australia/Sydney' }).face<Timezone>('clocks/timezone')
  assert.deepEqual([sydney.utcOffset(winter), sydney.utcOffset(summer)], [39600, 36000])
  assert.deepEqual(berlin.display({ seconds: 2n ** 64n - 1n, nanoseconds: 0 }), {
    utcOffset: 0,
    name: 'UTC',
    inDaylightSavingTime: false,
  })
  assert.throws(() => wasi({ timeZone: 'Mars/Olympus' }), RangeError)
})

test('a wrong option is named, with what was expected', () => {
  assert.throws(
    () => wasi({ stdin: true as never }),
    /wasi\(\{ stdin \}\): expected text, bytes, a stream.*got boolean/,
  )
  assert.throws(
    () => wasi({ stdout: new Map() as never }),
    /wasi\(\{ stdout \}\): expected a function, an array.*got Map/,
  )
  assert.throws(
    () => wasi({ preopens: [{ guest: '/', host: 1 as never }] }),
    /expected a path or a MemoryDirectory; got number/,
  )
  assert.throws(
    () => wasi({ preopens: [{ guest: '/', host: '/does/not/exist' }] }),
    /"\/does\/not\/exist" cannot be opened as a directory: no-entry/,
  )
  assert.throws(
    () => open({ preopens: [{ guest: '/', host: '.' }] }),
    /browser has no files; give a MemoryDirectory/,
  )
})

test('spreading takes the interfaces and nothing else', () => {
  const imports = wasi()
  assert.ok(Symbol.dispose in imports)
  assert.deepEqual(
    Reflect.ownKeys({ ...imports }).filter((key) => typeof key === 'symbol'),
    [],
  )
  imports[Symbol.dispose]()
})
