/** What a wire that begins at an end can lead to, as a list to choose from: what fits first. */
import type { Graph, PortRef } from '../contract/graph.ts'
import type { Edit, Fit, PackageSummary } from '../contract/workshop.ts'
import { endKey, endText, portOf } from './ends.ts'

export interface Choice {
  readonly key: string
  /** What is typed to find it, and read. */
  readonly title: string
  readonly detail: string
  readonly verdict: Fit['verdict'] | 'offer'
  readonly does:
    | {
        readonly kind: 'edit'
        readonly edits: readonly Edit[]
        readonly said: string
        readonly makesBlock: boolean
      }
    | { readonly kind: 'compare'; readonly from: PortRef; readonly to: PortRef }
}

/** Which of two ends the wire comes from; undefined where both are on the same side. */
export function wireBetween(
  one: PortRef,
  other: PortRef,
): { readonly from: PortRef; readonly to: PortRef } | undefined {
  if (one.side === other.side) return undefined
  return one.side === 'export' ? { from: one, to: other } : { from: other, to: one }
}

export function endChoices(graph: Graph, start: PortRef, fits: readonly Fit[]): readonly Choice[] {
  const order = { fits: 0, wired: 1, differs: 2 }
  return fits
    .flatMap((fit): readonly Choice[] => {
      const wire = wireBetween(start, fit.port)
      if (wire === undefined) return []
      const title = endText(graph, fit.port)
      const type = portOf(graph, fit.port)?.type ?? ''
      const isRefused = fit.verdict === 'differs'
      return [
        {
          key: endKey(fit.port),
          title,
          detail: fit.reason ?? (fit.verdict === 'wired' ? `takes the place of another wire: ${type}` : type),
          verdict: fit.verdict,
          does: isRefused
            ? { kind: 'compare', ...wire }
            : {
                kind: 'edit',
                edits: [{ kind: 'connect', ...wire }],
                said: `Wired ${endText(graph, wire.from)} to ${endText(graph, wire.to)}`,
                makesBlock: false,
              },
        },
      ]
    })
    .sort((one, other) => order[one.verdict as Fit['verdict']] - order[other.verdict as Fit['verdict']])
}

/** What becomes of an end besides a wire to another block. */
export function frameChoices(graph: Graph, start: PortRef): readonly Choice[] {
  if (start.side === 'export') {
    return [
      {
        key: '@export',
        title: 'Export from the composition',
        detail: start.port ?? 'everything that it exports',
        verdict: 'offer',
        does: {
          kind: 'edit',
          edits: [{ kind: 'export', from: start }],
          said: `Exported ${endText(graph, start)}`,
          makesBlock: false,
        },
      },
    ]
  }
  const open = graph.open.find(({ wantedBy }) => wantedBy.some((end) => endKey(end) === endKey(start)))
  if (open === undefined) return []
  return [
    {
      key: '@import',
      title: 'Import by a statement',
      detail: `${open.name}: makes explicit that the composition imports it`,
      verdict: 'offer',
      does: {
        kind: 'edit',
        edits: [{ kind: 'import', name: open.name }],
        said: `Imports ${open.name} by a statement`,
        makesBlock: true,
      },
    },
  ]
}

/** New instances of packages that have an end of that name; whether its type fits is seen when it is wired. */
export function packageChoices(
  graph: Graph,
  start: PortRef,
  packages: readonly PackageSummary[],
): readonly Choice[] {
  const name = start.port
  if (name === undefined) return []
  return packages.flatMap((summary): readonly Choice[] => {
    const items = start.side === 'import' ? summary.exports : summary.imports
    const item = items.find((other) => isSameTrack(other.name, name))
    if (item === undefined) return []
    const block = newName(graph, summary.name)
    const end: PortRef = { block, side: start.side === 'import' ? 'export' : 'import', port: item.name }
    const wire = wireBetween(start, end)!
    return [
      {
        key: `@package/${summary.name}`,
        title: `New instance of ${summary.name}`,
        detail: `${start.side === 'import' ? 'exports' : 'imports'} ${item.name}`,
        verdict: 'offer',
        does: {
          kind: 'edit',
          edits: [
            { kind: 'instantiate', package: summary.name, name: block },
            { kind: 'connect', ...wire },
          ],
          said: `Made ${block} and wired it`,
          makesBlock: true,
        },
      },
    ]
  })
}

/** Names of exports of a block, to choose one that the composition exports. */
export function exportChoices(graph: Graph, block: string): readonly Choice[] {
  const found = graph.blocks.find(({ id }) => id === block)
  if (found === undefined) return []
  const exported = new Set(graph.exports.map(({ from }) => endKey(from)))
  const ends = [
    ...found.exports.map(({ name, type }) => ({ port: name as string | undefined, type })),
    ...(found.kind === 'instance' ? [{ port: undefined, type: 'the instance, with all its exports' }] : []),
  ]
  return ends.map(({ port, type }): Choice => {
    const from: PortRef = { block, side: 'export', port }
    const isExported = exported.has(endKey(from))
    return {
      key: endKey(from),
      title: endText(graph, from),
      detail: isExported ? `exported already: ${type}` : type,
      verdict: 'offer',
      does: {
        kind: 'edit',
        edits: [{ kind: 'export', from }],
        said: `Exported ${endText(graph, from)}`,
        makesBlock: false,
      },
    }
  })
}

/** Choices whose title or detail has all the words that were typed. */
export function matching(choices: readonly Choice[], typed: string): readonly Choice[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  return choices.filter(({ title, detail }) => {
    const text = `${title} ${detail}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** Versions are compared by whoever wires; here they only must not hide what may fit. */
function isSameTrack(one: string, other: string): boolean {
  return one.split('@')[0] === other.split('@')[0]
}

/**
 * A name for an instance of a package that no block has: its own name, with a number where that is taken.
 *
 * @param taken names besides those of the graph
 */
export function newName(graph: Graph, packageName: string, taken: ReadonlySet<string> = new Set()): string {
  const names = new Set(graph.blocks.flatMap(({ id, name }) => [id, name]))
  const stem = /:([^/@]+)/.exec(packageName)?.[1] ?? packageName
  return numbered(stem, (name) => names.has(name) || taken.has(name))
}

function numbered(stem: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(stem)) return stem
  let number = 2
  while (isTaken(`${stem}-${number}`)) number++
  return `${stem}-${number}`
}

/** As {@link newName}, for a copy of a block: `adder-2` of `adder`, `adder-3` of `adder-2`. */
export function copyName(graph: Graph, name: string, taken: ReadonlySet<string>): string {
  const names = new Set(graph.blocks.flatMap((block) => [block.id, block.name]))
  return numbered(name.replace(/-\d+$/, ''), (other) => names.has(other) || taken.has(other))
}
