import type { ComponentType } from '../../component/extern-type.ts'
import type { Span } from '../../diagnostics/span.ts'
import type { WitWorld } from '../../wit/package.ts'
import { worldType } from '../../wit/world-type.ts'
import { Reporter } from '../../validation/reporter.ts'
import { Matching } from '../../validation/subtyping.ts'
import { TypeStore } from '../../validation/type-store.ts'
import { bindResources } from '../../validation/bound-resources.ts'
import { typeDifference } from '../type-difference.ts'
import type { Document } from './document.ts'
import { compatibleName } from './extern-name.ts'

/** Reports where a composition does not fit its target: what it imports must be there, and what the world exports it must export. */
export function checkTarget(document: Document, at: Span, name: string, world: WitWorld): void {
  const target = worldType(world)
  const own = typeOf(document, target)
  const before = document.problems.count
  refuseImports(document, at, name, own, target)
  refuseExports(document, at, name, own, target)
  if (document.problems.count === before) refuseTypes(document, at, name, own, target)
}

/** The composition's type, with the names of the target where versions replace each other. */
function typeOf({ composition }: Document, target: ComponentType): ComponentType {
  const imports = Array.from(composition.imports, ([name, { type }]) => {
    return [compatibleName(name, target.imports) ?? name, type] as const
  })
  const exports = Array.from(composition.exports, ([name, node]) => {
    return [compatibleName(name, target.exports) ?? name, composition.typeOf(node)] as const
  })
  return { kind: 'component', imports: new Map(imports), exports: new Map(exports) }
}

function refuseImports(
  document: Document,
  at: Span,
  world: string,
  own: ComponentType,
  target: ComponentType,
): void {
  for (const name of own.imports.keys()) {
    if (target.imports.has(name)) continue
    const place = document.importPlace(name) ?? document.place(at)
    document.problems.report(place, `target world \`${world}\` does not have an import named \`${name}\``, {
      related: [{ ...document.place(at), text: 'the target' }].filter(
        ({ span }) => span.start !== place.span.start,
      ),
      notes: suggest(document, name, target.imports),
    })
  }
}

/** Names that a version is all that is missing of are too far apart for a likeness of letters. */
function suggest(document: Document, name: string, wanted: ReadonlyMap<string, unknown>): string[] {
  const versioned = [...wanted.keys()].find((each) => each.startsWith(`${name}@`))
  if (versioned !== undefined) return [`it has \`${versioned}\`: write the version with the path`]
  return document.problems.didYouMean(name, [...wanted.keys()])
}

function refuseExports(
  document: Document,
  at: Span,
  world: string,
  own: ComponentType,
  target: ComponentType,
): void {
  for (const name of target.exports.keys()) {
    if (own.exports.has(name)) continue
    document.report(at, `target world \`${world}\` requires an export named \`${name}\``, {
      notes: document.problems.didYouMean(name, [...own.exports.keys()]),
    })
  }
}

function refuseTypes(
  document: Document,
  at: Span,
  world: string,
  own: ComponentType,
  target: ComponentType,
): void {
  const store = new TypeStore(new Reporter(), 0)
  bindResources(store, own)
  bindResources(store, target)
  const words = new Matching(store, new Set()).extern(own, target)
  if (words === undefined) return
  const { path, reason, expected, found } = typeDifference(own, target, words)
  const [name, ...inner] = path
  const isImport = words.startsWith('type mismatch for import')
  const place = isImport ? document.importPlace(name ?? '') : document.exportPlace(name ?? '')
  const way = inner.length > 0 ? `${inner.join(' › ')}: ` : ''
  const sides =
    expected === undefined || found === undefined
      ? []
      : [`in the world        ${expected}`, `in the composition  ${found}`]
  document.problems.report(
    place ?? document.place(at),
    `${isImport ? 'import' : 'export'} \`${name}\` has a mismatched type for target world \`${world}\``,
    {
      related: place ? [{ ...document.place(at), text: 'the target' }] : [],
      notes: [`${way}${reason}`, ...sides],
    },
  )
}
