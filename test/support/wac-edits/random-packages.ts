import { parseWat } from '../../../src/wat/index.ts'
import type { FoundPackage, PackageFinder } from '../../../src/compose/wac/package-finder.ts'

interface Externs {
  readonly imports: readonly string[]
  readonly exports: readonly string[]
}

/**
 * Components whose names get into each other's way: words that are keywords, labels at the end of several interfaces, versions that
 * replace each other. Whatever has a colon in its name is an instance with a function `f`, all else a function.
 */
export const packages: ReadonlyMap<string, Externs> = new Map([
  ['p:base', { imports: [], exports: ['log', 'a:b/log@0.1.0', 'f'] }],
  [
    'p:mid',
    {
      imports: ['a:b/log@0.1.0', 'log', 'out', 'c:d/log@1.0.0'],
      exports: ['log', 'list', 'a:b/log@0.1.2', 'f'],
    },
  ],
  [
    'p:top',
    {
      imports: ['a:b/log@0.1.2', 'list', 'new', 'e:f/sink'],
      exports: ['run', 'c:d/log@1.0.0', 'e:f/sink', 'f'],
    },
  ],
  [
    'p:words@1.0.0',
    { imports: ['let', 'targets', 'g:h/out'], exports: ['let', 'interface', 'g:h/list@2.0.0'] },
  ],
])

const found = new Map(Array.from(packages, ([name, externs]) => [name, component(externs)]))

export const finder: PackageFinder = {
  find: (name, version) => found.get(version === undefined ? name : `${name}@${version}`),
  names: () => packages.keys(),
}

function component({ imports, exports }: Externs): FoundPackage {
  const type = (name: string): string => (name.includes(':') ? '(instance (export "f" (func)))' : '(func)')
  const text = `(component
    ${imports.map((name) => `(import "${name}" ${type(name)})`).join('\n')}
    (core module $m (func (export "f")))
    (core instance $i (instantiate $m))
    (func $f (canon lift (core func $i "f")))
    (instance $g (export "f" (func $f)))
    ${exports.map((name) => `(export "${name}" ${name.includes(':') ? '(instance $g)' : '(func $f)'})`).join('\n')})`
  return { kind: 'component', component: parseWat(text) }
}
