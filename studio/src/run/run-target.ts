/** What can be run: the composition, or one block of it alone with all its imports left to the host. */
import type { Graph, PortRef } from '../contract/graph.ts'
import type { PackageSummary } from '../contract/workshop.ts'
import { isRun } from '../workshop/host-interfaces.ts'

export interface Sources {
  readonly text: string
  readonly graph: Graph
  readonly packages: readonly PackageSummary[]
}

export interface RunText {
  readonly text: string
  /** Names of the packages that the text needs. */
  readonly packages: readonly string[]
  /** Another one: the text or a package has changed since. */
  readonly fingerprint: string
  /** It exports `wasi:cli/run`. */
  readonly isCommand: boolean
}

/** @param block the id of a block; undefined: the composition */
export function runText(block: string | undefined, { text, graph, packages }: Sources): RunText {
  const alone = graph.blocks.find(({ id, kind }) => id === block && kind === 'instance')
  if (alone?.package === undefined) {
    const isCommand = graph.exports.some(({ name }) => isRun(name))
    return withPackages(text, packages, isCommand)
  }
  // The package's own name may stand for other words in WAC, so the text has one of its own.
  const whole = `package studio:alone;\nlet it = new ${alone.package} { ... };\nexport it...;\n`
  const used = packages.filter(({ name }) => name === alone.package)
  return withPackages(
    whole,
    used,
    used.some(({ isCommand }) => isCommand),
  )
}

/** The commands that a composition could export to be one: what the page offers where it exports nothing. */
export function commandPorts({ blocks }: Graph): readonly PortRef[] {
  return blocks.flatMap(({ id, kind, exports }) =>
    kind === 'import'
      ? []
      : exports
          .filter(({ name, state }) => isRun(name) && state === 'free')
          .map(({ name }) => ({ block: id, side: 'export' as const, port: name })),
  )
}

function withPackages(text: string, packages: readonly PackageSummary[], isCommand: boolean): RunText {
  const named = packages.filter(({ name }) => text.includes(name.replace(/@.*$/, '')))
  return {
    text,
    packages: named.map(({ name }) => name),
    fingerprint: [text, ...named.map(({ name, hash }) => `${name} ${hash}`)].join('\0'),
    isCommand,
  }
}
