import type {
  Stability,
  TypeDefinition,
  WitFunction,
  WitInterface,
  WitPackage,
  WitWorld,
  WorldItem,
} from './package.ts'

/** The custom section in which toolchains keep what component types have no place for. */
export const packageDocsSection = 'package-docs'

/** Of the section's format. */
const version = 1

/** Docs and gates of a package, as `wit-component` writes them: a byte for the version, then JSON. */
export function encodePackageDocs({ docs, interfaces, worlds }: WitPackage): Uint8Array<ArrayBuffer> {
  const json = compact({
    docs,
    worlds: each(worlds, docsOfWorld),
    interfaces: each(interfaces, docsOfInterface),
  })
  const text = new TextEncoder().encode(JSON.stringify(json ?? {}))
  const bytes = new Uint8Array(text.length + 1)
  bytes[0] = version
  bytes.set(text, 1)
  return bytes
}

/** The order of properties is that of the format. */
function docsOfWorld(world: WitWorld): object | undefined {
  const { docs, imports, exports } = world
  return compact({
    docs,
    stability: stabilityOf(world.stability),
    interfaces: each(imports, docsOfInline),
    types: each(imports, (item) => (item.kind === 'type' ? docsOfType(item) : undefined)),
    funcs: each(imports, docsOfItemFunction),
    interface_exports: each(exports, docsOfInline),
    func_exports: each(exports, docsOfItemFunction),
    interface_import_stability: each(imports, (item) => isNamed(item) && stabilityOf(item.stability)),
    interface_export_stability: each(exports, (item) => isNamed(item) && stabilityOf(item.stability)),
    interface_import_docs: each(imports, (item) => isNamed(item) && item.docs),
    interface_export_docs: each(exports, (item) => isNamed(item) && item.docs),
  })
}

/** An interface that stands elsewhere, and has its docs there. */
function isNamed(item: WorldItem): boolean {
  return item.kind === 'interface' && item.interface.name !== undefined
}

function docsOfInline(item: WorldItem): object | undefined {
  return item.kind === 'interface' && !isNamed(item) ? docsOfInterface(item.interface) : undefined
}

function docsOfItemFunction(item: WorldItem): object | undefined {
  return item.kind === 'function' ? docsOfFunction(item) : undefined
}

function docsOfInterface({ docs, stability, functions, types }: WitInterface): object | undefined {
  return compact({
    docs,
    stability: stabilityOf(stability),
    funcs: each(functions, docsOfFunction),
    types: each(types, docsOfType),
  })
}

function docsOfFunction({ docs, stability }: WitFunction): object | undefined {
  return compact({ docs, stability: stabilityOf(stability) })
}

function docsOfType({ docs, stability, partDocs }: TypeDefinition): object | undefined {
  return compact({ docs, stability: stabilityOf(stability), items: each(partDocs, (one) => one) })
}

function stabilityOf(stability: Stability | undefined): object | undefined {
  if (stability === undefined) return undefined
  const { deprecated } = stability
  if (stability.kind === 'since') return { stable: { since: stability.version, deprecated } }
  return { unstable: { feature: stability.feature, deprecated } }
}

/** Those that something is said of; undefined where nothing is of any. Without a prototype: names can be `__proto__`-like. */
function each<T>(
  items: ReadonlyMap<string, T>,
  say: (item: T) => object | string | false | undefined,
): object | undefined {
  const said: Record<string, unknown> = Object.create(null)
  for (const [name, item] of items) {
    const one = say(item)
    if (one !== undefined && one !== false) said[name] = one
  }
  return compact(said)
}

function compact(object: Record<string, unknown>): object | undefined {
  return Object.values(object).some((value) => value !== undefined) ? object : undefined
}
