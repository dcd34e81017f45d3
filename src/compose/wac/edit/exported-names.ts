import { parseExternName, uniquenessKey } from '../../../component/names.ts'
import { WacEditError } from '../../../errors.ts'
import { keptComments } from './comments.ts'
import type { ExportSyntax } from '../syntax.ts'
import type { Draft } from './draft.ts'
import { hoist } from './hoist.ts'
import { accessText, externNameText } from './short-names.ts'

/** The statement that makes an export, and what it exports beside it. */
export interface FoundExport {
  readonly statement: number
  readonly syntax: ExportSyntax
  /** All names that the statement exports. */
  readonly names: readonly string[]
}

/** @throws {WacEditError} `missing`, where no export statement makes it */
export function findExport(draft: Draft, name: string): FoundExport {
  const { exports } = draft.document.origins
  const origin = exports.get(name)
  if (origin === undefined)
    throw new WacEditError('missing', `no statement exports \`${name}\``, {
      cure:
        exports.size > 0
          ? `there are exports named ${[...exports.keys()].slice(0, 5).join(', ')}`
          : 'the text has no such statement that means something',
    })
  const syntax = draft.syntax.statements[origin.statement] as ExportSyntax
  return { statement: origin.statement, syntax, names: namesExportedBy(draft, origin.statement) }
}

export function namesExportedBy(draft: Draft, statement: number): string[] {
  return Array.from(draft.document.origins.exports).flatMap(([name, each]) =>
    each.statement === statement ? [name] : [],
  )
}

/** @throws {WacEditError} `name`, where it is none, or an export has it */
export function checkExportName(draft: Draft, name: string): void {
  const { kind } = parseExternName(name)
  if (kind !== 'label' && kind !== 'interface')
    throw new WacEditError('name', `\`${name}\` is no name of an export`, {
      cure: 'names are words in small letters joined by dashes, or `namespace:package/interface@1.2.3`',
    })
  const key = uniquenessKey(name)
  for (const other of draft.document.composition.exports.keys()) {
    if (uniquenessKey(other) === key)
      throw new WacEditError('name', `the composition exports \`${other}\` already`, {
        cure: 'choose another name',
      })
  }
}

/** `export instance...;` says each by itself what it exports, under the names of `renamed` where they are there. */
export function spellOut(
  draft: Draft,
  { statement, syntax, names }: FoundExport,
  renamed: ReadonlyMap<string, string | undefined>,
): void {
  const { newline } = draft
  const exports = spreadExports(draft, statement)
  const instance = draft.slice(syntax.expression)
  const lines = names.flatMap((name) => {
    const to = renamed.has(name) ? renamed.get(name) : name
    if (to === undefined) return []
    const as = to === name ? '' : ` as ${externNameText(to)}`
    return [`export ${instance}${accessText(name, exports)}${as};`]
  })
  const span = draft.syntax.spans[statement]!
  const { expression } = syntax
  const kept =
    keptComments(draft.text, span.start, expression.start) +
    keptComments(draft.text, expression.end, span.end)
  draft.replace(span, kept + lines.join(newline))
}

/** What the instance of `export instance...;` exports; undefined where it is broken. */
function spreadExports(draft: Draft, statement: number): ReadonlyMap<string, unknown> | undefined {
  const { composition, origins } = draft.document
  const [name] = namesExportedBy(draft, statement)
  const node = name === undefined ? undefined : composition.nodes[origins.exports.get(name)!.node]
  const type = node?.kind === 'alias' ? composition.typeOf(node.instance) : undefined
  return type?.kind === 'instance' ? type.exports : undefined
}

/**
 * Says by itself what each `export instance...;` exports that would export one of some names next, once others do not.
 *
 * @param but statements that are edited otherwise
 */
export function vacate(draft: Draft, names: readonly string[], but: ReadonlySet<number>): void {
  for (const each of fillingSpreads(draft, names, but)) spellOut(draft, each, new Map())
}

/**
 * Gives names to the instances in the expressions of statements that {@link vacate} would change.
 *
 * @returns whether there was one: the statements have other places then
 */
export function nameSpreads(draft: Draft, names: readonly string[], but: ReadonlySet<number>): boolean {
  for (const { statement } of fillingSpreads(draft, names, but)) {
    const [first] = draft.expressions(statement).instantiations
    if (first === undefined) continue
    hoist(draft, { ...first, statement })
    draft.commit()
    return true
  }
  return false
}

function fillingSpreads(draft: Draft, names: readonly string[], but: ReadonlySet<number>): FoundExport[] {
  const keys = new Set(names.map(uniquenessKey))
  return Array.from(draft.syntax.statements).flatMap((syntax, statement) => {
    if (syntax.kind !== 'export' || syntax.spread === undefined || but.has(statement)) return []
    const own = namesExportedBy(draft, statement)
    const exports = [...(spreadExports(draft, statement)?.keys() ?? [])]
    const fills = exports.some((name) => keys.has(uniquenessKey(name)) && !own.includes(name))
    return fills ? [{ statement, syntax, names: own }] : []
  })
}

/** Gives names to the instances in the expression of an export statement, which goes or is said otherwise. */
export function keepInstances(draft: Draft, name: string): void {
  for (;;) {
    const { statement } = findExport(draft, name)
    const [first] = draft.expressions(statement).instantiations
    if (first === undefined) return
    hoist(draft, { ...first, statement })
    draft.commit()
  }
}
