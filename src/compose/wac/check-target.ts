import type { ComponentType } from '../../component/extern-type.ts'
import type { Span } from '../../diagnostics/span.ts'
import type { WitWorld } from '../../wit/package.ts'
import type { Place } from '../../wit/problems.ts'
import { type TargetBreak, targets } from '../../wit/targets.ts'
import type { Document } from './document.ts'

/**
 * Reports why a composition does not fit its target: what it imports must be there, and what the world exports it must export.
 *
 * @param at where the target is named
 * @param name as it is named there
 */
export function checkTarget(document: Document, at: Span, name: string, world: WitWorld): void {
  for (const each of targets(typeOf(document), world)) {
    const place = placeOf(document, each)
    const related = place ? [{ ...document.place(at), text: 'the target' }] : []
    const notes = notesOf(each, world)
    document.problems.report(place ?? document.place(at), headline(each, name), { related, notes })
  }
}

function typeOf({ composition }: Document): ComponentType {
  const imports = new Map(Array.from(composition.imports, ([name, { type }]) => [name, type]))
  const exports = new Map(Array.from(composition.exports, ([name, node]) => [name, composition.typeOf(node)]))
  return { kind: 'component', imports, exports }
}

/** Undefined for an export that is not there. */
function placeOf(document: Document, { direction, path }: TargetBreak): Place | undefined {
  return direction === 'import' ? document.importPlace(path[0]!) : document.exportPlace(path[0]!)
}

function headline({ direction, kind, path }: TargetBreak, world: string): string {
  const [name] = path
  if (kind === 'type' || path.length > 1)
    return `${direction} \`${name}\` has a mismatched type for target world \`${world}\``
  return direction === 'import'
    ? `target world \`${world}\` does not have an import named \`${name}\``
    : `target world \`${world}\` requires an export named \`${name}\``
}

function notesOf({ direction, kind, path, ...rest }: TargetBreak, { imports }: WitWorld): string[] {
  const [name, ...inner] = path
  const likely = rest.candidates.map((each) => `did you mean \`${each}\`?`)
  if (kind === 'missing' && inner.length === 0) {
    // Names that a version is all that is missing of are too far apart for a likeness of letters.
    const versioned = [...imports.keys()].find((each) => each.startsWith(`${name}@`))
    const isMissing = direction === 'import' && versioned !== undefined
    return isMissing ? [`it has \`${versioned}\`: write the version with the path`] : likely
  }
  const { reason, world, component } = rest
  const notes = [`${inner.length > 0 ? `${inner.join(' › ')}: ` : ''}${reason}`, ...likely]
  if (world === undefined || component === undefined || world === component) return notes
  return [...notes, `in the world        ${world}`, `in the composition  ${component}`]
}
