import { uniquenessKey } from '../../../component/names.ts'
import { WacEditError } from '../../../errors.ts'
import { inferredExportName } from '../inferred-name.ts'
import type { Draft } from './draft.ts'
import {
  checkExportName,
  findExport,
  type FoundExport,
  keepInstances,
  nameSpreads,
  spellOut,
  vacate,
} from './exported-names.ts'
import { formatStatement } from './format-statement.ts'
import { expressionOf, locate, withName } from './located-node.ts'
import { insertExport, removeStatements } from './place-statement.ts'
import { externNameText } from './short-names.ts'
import type { ExportAction, ExportAllAction, RemoveExportAction, RenameExportAction } from './wac-action.ts'

/** @returns the name of the export */
export function addExport(draft: Draft, { from, export: exported, as }: ExportAction): string {
  const { node } = withName(draft, locate(draft, from))
  const { text, alone } = expressionOf(draft, node, exported)
  const inferred = exported ?? node.path.at(-1) ?? (alone && inferredExportName(alone.item))
  const name = as ?? inferred ?? node.name
  checkExportName(draft, name)
  const renaming = name === inferred ? '' : ` as ${externNameText(name)}`
  insertExport(draft, formatStatement(`export ${text}${renaming};`))
  return name
}

export function exportAll(draft: Draft, { from }: ExportAllAction): void {
  const { node } = withName(draft, locate(draft, from))
  const { text } = expressionOf(draft, node)
  const type = draft.typeOfName(node.name)
  if (node.path.length > 0 || (type !== undefined && type.kind !== 'instance'))
    throw new WacEditError('node', `\`${node.name}\` is no instance`, {
      cure: 'only instances have exports: name one',
    })
  const exports = type?.kind === 'instance' ? [...type.exports.keys()] : undefined
  const taken = new Set(Array.from(draft.document.composition.exports.keys(), uniquenessKey))
  const free = exports?.filter((name) => !taken.has(uniquenessKey(name)))
  if (free?.length === 0)
    throw new WacEditError('name', `all that \`${node.name}\` exports is exported already`, {
      cure: 'rename the other exports first, or export it one by one under other names',
    })
  const member = free?.find((name) => name.startsWith('['))
  if (member !== undefined)
    throw new WacEditError(
      'name',
      `\`${member}\` is a function of a resource, and cannot be exported by itself`,
      {
        cure: 'export the instance under a name, or what it exports one by one',
      },
    )
  insertExport(draft, formatStatement(`export ${text}...;`))
}

export function renameExport(draft: Draft, { name, to }: RenameExportAction): void {
  const isSpread = findExport(draft, name).syntax.spread !== undefined
  if (name === to) return
  checkExportName(draft, to)
  if (isSpread) keepInstances(draft, name)
  const found = findApart(draft, name)
  const { syntax } = found
  if (isSpread) spellOut(draft, found, new Map([[name, to]]))
  else if (to === inferredOf(draft, name))
    draft.replaceKeeping({ start: syntax.expression.end, end: syntax.as!.end }, '')
  else if (syntax.as) draft.replace(syntax.as, externNameText(to))
  else draft.insert(syntax.expression.end, ` as ${externNameText(to)}`)
  vacate(draft, [name], new Set([found.statement]))
}

/** Once nothing that would export the same next has instances without names in it. */
function findApart(draft: Draft, name: string): FoundExport {
  for (;;) {
    const found = findExport(draft, name)
    if (!nameSpreads(draft, [name], new Set([found.statement]))) return found
  }
}

/** The name that what is exported has by itself. */
function inferredOf({ document: { composition, origins } }: Draft, name: string): string | undefined {
  const node = composition.nodes[origins.exports.get(name)!.node]!
  if (node.kind === 'alias') return node.export
  return node.kind === 'import' ? node.name : undefined
}

export function removeExport(draft: Draft, { name }: RemoveExportAction): void {
  findExport(draft, name)
  keepInstances(draft, name)
  const found = findApart(draft, name)
  if (found.syntax.spread !== undefined && found.names.length > 1)
    spellOut(draft, found, new Map([[name, undefined]]))
  else removeStatements(draft, [found.statement])
  vacate(draft, [name], new Set([found.statement]))
}
