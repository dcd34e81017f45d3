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

/** What packages may import and export. */
const pool = [...new Set([...packages.values()].flatMap(({ imports, exports }) => [...imports, ...exports]))]

/** The name of a package of which two numbers say what it imports and exports: `r:p-5-9`. */
export function randomPackage(imports: number, exports: number): string {
  return `r:p-${imports}-${exports}`
}

export function externsOf(name: string): Externs {
  const known = packages.get(name)
  if (known !== undefined) return known
  const [, imports, exports] = /^r:p-(\d+)-(\d+)$/.exec(name)!
  const chosen = (bits: number): string[] => pool.filter((_, index) => ((bits * 0x9e3779b1) >>> index) & 1)
  return { imports: chosen(Number(imports)), exports: chosen(Number(exports)) }
}

const found = new Map<string, FoundPackage>()

export const finder: PackageFinder = {
  find(path, version) {
    const name = version === undefined ? path : `${path}@${version}`
    if (!packages.has(name) && !name.startsWith('r:')) return undefined
    const known = found.get(name) ?? component(externsOf(name))
    found.set(name, known)
    return known
  },
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
