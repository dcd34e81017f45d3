import type { ComponentType } from '../component/extern-type.ts'
import { parseExternName } from '../component/names.ts'

/** What is known of a component that has to be called something. */
export interface NamedComponent {
  /** Of the file, or the address, that it came from: folders, extension and what follows a `?` say nothing. */
  readonly file: string
  /** Its exports may say whose they are. */
  readonly type?: ComponentType | undefined
  /** What the component says of itself, in its name section. */
  readonly ownName?: string | undefined
}

/** Characters of a name that was made up. */
const longest = 60

/** What a tool calls its output where nobody says anything. */
const meaningless =
  /^(a|app|component|index|lib|main|module|out|output|release|debug)(-(component|module|out))*$/

/**
 * A name for a package: the namespace of what it exports, `local` where nothing tells, and its file's name; with a number where that is
 * taken. What is made up is added to `taken`.
 *
 * @example
 * packageNameFor({ file: 'dist/My Adder.wasm' }) // local:my-adder
 * const type = { exports: new Map([['docs:adder/add@0.1.0', {}]]) }
 * packageNameFor({ file: 'main.wasm', type }) // docs:adder
 * packageNameFor({ file: 'fast-adder.wasm', type }) // docs:fast-adder
 */
export function packageNameFor(component: NamedComponent, taken: Set<string> = new Set()): string {
  const wanted = wantedName(component)
  let name = wanted
  for (let count = 2; taken.has(name); count++) name = `${wanted}-${count}`
  taken.add(name)
  return name
}

function wantedName({ file, type, ownName }: NamedComponent): string {
  const own = /^([a-z][a-z0-9-]*:[a-z][a-z0-9-]*)(@.*)?$/.exec(ownName ?? '')?.[1]
  if (own !== undefined && isName(own)) return own
  const home = type && homeOf(type)
  const stem = labelOf(fileStem(file))
  if (stem === undefined || meaningless.test(stem)) {
    if (home !== undefined) return `${home.namespace}:${home.package}`
    return `local:${labelOf(ownName ?? '') ?? stem ?? 'component'}`
  }
  return `${home?.namespace ?? 'local'}:${stem}`
}

/** The package of all interfaces that it exports, those aside that everybody exports. */
function homeOf({ exports }: Pick<ComponentType, 'exports'>): Home | undefined {
  const homes = new Map<string, Home>()
  for (const name of exports.keys()) {
    const parts = parseExternName(name)
    if (parts.kind !== 'interface' || parts.namespace === 'wasi') continue
    homes.set(`${parts.namespace}:${parts.package}`, parts)
  }
  const [first, ...others] = homes
  return first !== undefined && others.length === 0 && isName(first[0]) ? first[1] : undefined
}

interface Home {
  readonly namespace: string
  readonly package: string
}

/** Capital letters and long ones are for those who like them. */
function isName(name: string): boolean {
  return name.length <= longest && name === name.toLowerCase()
}

function fileStem(file: string): string {
  const last = file
    .replace(/[?#].*$/s, '')
    .split(/[\\/]/)
    .findLast((part) => part !== '')
  return (last ?? '').replace(/(\.component)?\.[a-z]+$/i, '')
}

/** Undefined where nothing of a text can be part of a name. */
function labelOf(text: string): string | undefined {
  const words = text
    .slice(0, longest)
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  if (words.length === 0) return undefined
  return /^[a-z]/.test(words[0]!) ? words.join('-') : ['component', ...words].join('-')
}
