import { MemoryImage } from './memory-image.ts'

export interface FixedEnvironment {
  readonly env?: Readonly<Record<string, string>> | undefined
  readonly args?: readonly string[] | undefined
  readonly cwd?: string | undefined
}

const types = {
  'get-environment': '(result (list (tuple string string)))',
  'get-arguments': '(result (list string))',
  'initial-cwd': '(result (option string))',
} as const

/** `wasi:cli/environment`: what is not fixed is that of the host. */
export function environmentText(name: string, { env, args, cwd }: FixedEnvironment): string {
  const image = new MemoryImage()
  const results: Partial<Record<keyof typeof types, number>> = {}
  if (env) {
    const entries = Object.entries(env).flatMap(([key, value]) => [
      ...image.string(key),
      ...image.string(value),
    ])
    results['get-environment'] = image.words([image.words(entries), entries.length / 4])
  }
  if (args) {
    const entries = args.flatMap((each) => image.string(each))
    results['get-arguments'] = image.words([image.words(entries), args.length])
  }
  if (cwd !== undefined) results['initial-cwd'] = image.words([1, ...image.string(cwd)])
  const names = Object.keys(types) as (keyof typeof types)[]
  const fixed = names.filter((each) => results[each] !== undefined)
  const passed = names.filter((each) => results[each] === undefined)
  return `(component
    ${passed.length > 0 ? `(import "${name}" (instance $host ${passed.map((each) => `(export "${each}" (func ${types[each]}))`).join(' ')}))` : ''}
    (core module $M
      (memory (export "memory") ${image.pages})
      (data (i32.const 0) "${image.text}")
      ${fixed.map((each) => `(func (export "${each}") (result i32) (i32.const ${results[each]}))`).join('\n')})
    (core instance $m (instantiate $M))
    ${fixed.map((each) => `(func $${each} ${types[each]} (canon lift (core func $m "${each}") (memory $m "memory")))`).join('\n')}
    ${passed.map((each) => `(alias export $host "${each}" (func $${each}))`).join('\n')}
    (component $Shell ${names.map((each) => `(import "${each}" (func $${each} ${types[each]})) (export "${each}" (func $${each}))`).join('\n')})
    (instance $shell (instantiate $Shell ${names.map((each) => `(with "${each}" (func $${each}))`).join(' ')}))
    (export "${name}" (instance $shell)))`
}
