import type { Source } from '../diagnostics/source.ts'
import { elaborate } from './elaborate.ts'
import { excludedBy, excludedDetails, excludedReference } from './excluded.ts'
import { include } from './include.ts'
import type { Place, Problems } from './problems.ts'
import type { ResolveContext } from './resolve-interface.ts'
import type { ResolvedWorld } from './resolved-item.ts'
import type { UsePath, WorldSyntax } from './syntax.ts'

/**
 * Adds what a world includes and what its interfaces need, and fills its model.
 *
 * @param lookUp finds the world that a path names, finished; reports what is none
 */
export function completeWorld(
  made: ResolvedWorld,
  syntax: WorldSyntax,
  { gates, problems, references, package: home }: ResolveContext,
  source: Source,
  lookUp: (path: UsePath) => ResolvedWorld | undefined,
): void {
  for (const each of syntax.includes) {
    const place = { source, span: each.path.name }
    const included = gates.includes(gates.stability(source, each.attributes), home, place)
    const from = included ? lookUp(each.path) : undefined
    if (from === undefined) continue
    if (from.excluded) refuseExcluded(place, from, problems)
    else include(from, made, each, source, problems, references)
  }
  if (made.excluded) return
  elaborate(made, problems)
  for (const [key, { item }] of made.imports) made.finished.imports.set(key, item)
  for (const [key, { item }] of made.exports) made.finished.exports.set(key, item)
}

function refuseExcluded(place: Place, from: ResolvedWorld, problems: Problems): void {
  problems.report(
    place,
    excludedReference('a world'),
    excludedDetails(excludedBy(from.model.stability, from.place)),
  )
}
