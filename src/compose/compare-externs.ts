import type { ComponentType, ExternType, InstanceType } from '../component/extern-type.ts'
import { nameOnTrack } from '../component/interface-path.ts'
import type { TypeDifference } from '../errors.ts'
import { bindResources, openResources } from '../validation/bound-resources.ts'
import { Reporter } from '../validation/reporter.ts'
import { Matching } from '../validation/subtyping.ts'
import { TypeStore } from '../validation/type-store.ts'
import { ItemPrinter } from './print-item.ts'
import { typeDifference } from './type-difference.ts'
import { misfitOf } from './type-fit.ts'

/** An export beside the import that it is to stand for. */
export interface ExternComparison {
  readonly fits: boolean
  /** The first difference that counts; undefined where it fits. */
  readonly difference: TypeDifference | undefined
  /**
   * Of instances an item each: what is wanted in its order, then what nobody asks for. Of all else one.
   */
  readonly rows: readonly ComparedItem[]
}

export interface ComparedItem {
  /** Of the item; empty where the whole is one. */
  readonly name: string
  /** WIT, of one or more lines; named types that differ are spelled out where they are used. Undefined where there is none. */
  readonly exported: string | undefined
  readonly imported: string | undefined
  /**
   * `same`: both say the same. `fits`: they read differently, and it fits all the same. `missing`: it is wanted and not there. `unused`: it
   * is there and not wanted, which is no problem.
   */
  readonly verdict: 'same' | 'fits' | 'differs' | 'missing' | 'unused'
  /** Where they differ: the way there, and the checker's words. */
  readonly difference: TypeDifference | undefined
}

/**
 * The types of an export and of an import side by side, item by item (Explainer.md, "Type Checking"): an instance may export more
 * than is asked for, and everything else has to be equal.
 *
 * @param importer has the import: the resource types that its imports leave open are found in what is given
 *
 * @example
 * const none = { kind: 'function', async: false, parameters: [], result: undefined }
 * const exported = { kind: 'instance', exports: new Map([['run', none], ['stop', none]]) }
 * const imported = { kind: 'instance', exports: new Map([['run', { ...none, async: true }]]) }
 * const { fits, rows } = compareExterns(exported, imported, { imports: new Map([['runner', imported]]) })
 * fits // false
 * rows.map(({ name, verdict }) => `${name}: ${verdict}`) // ['run: differs', 'stop: unused']
 * rows[0].difference.reason // expected async function, found sync function
 */
export function compareExterns(
  exported: ExternType,
  imported: ExternType,
  importer: Pick<ComponentType, 'imports'>,
): ExternComparison {
  const store = new TypeStore(new Reporter(), 0)
  bindResources(store, exported)
  bindResources(store, imported)
  const matching = new Matching(store, new Set(openResources(importer.imports.values())))
  const rows =
    exported.kind === 'instance' && imported.kind === 'instance'
      ? compareInstances(exported, imported, matching)
      : [compareWhole(exported, imported, matching)]
  const difference = misfitOf(exported, imported, importer)
  return { fits: difference === undefined, difference, rows }
}

function compareInstances(
  exported: InstanceType,
  imported: InstanceType,
  matching: Matching,
): ComparedItem[] {
  const [left, right] = [new ItemPrinter(exported.exports), new ItemPrinter(imported.exports)]
  const rows: ComparedItem[] = []
  for (const [name, wanted] of imported.exports) {
    const given = exported.exports.get(name)
    const row =
      given === undefined
        ? missing(name, wanted, exported, right)
        : compareItem({ name, given, wanted }, left, right, matching)
    rows.push(row)
    // Types come before their uses: there they are spelled out.
    if (row.verdict === 'differs' || row.verdict === 'missing') {
      left.spellOut(name)
      right.spellOut(name)
    }
  }
  for (const [name, type] of exported.exports) {
    if (imported.exports.has(name)) continue
    const text = left.print(name, type)
    rows.push({ name, exported: text, imported: undefined, verdict: 'unused', difference: undefined })
  }
  return rows
}

interface Pair {
  readonly name: string
  readonly given: ExternType
  readonly wanted: ExternType
}

function compareItem(
  { name, given, wanted }: Pair,
  left: ItemPrinter,
  right: ItemPrinter,
  matching: Matching,
): ComparedItem {
  const words = matching.extern(given, wanted)
  const [exported, imported] = [left.print(name, given), right.print(name, wanted)]
  if (words !== undefined)
    return { name, exported, imported, verdict: 'differs', difference: typeDifference(given, wanted, words) }
  return { name, exported, imported, verdict: exported === imported ? 'same' : 'fits', difference: undefined }
}

function missing(
  name: string,
  wanted: ExternType,
  { exports }: InstanceType,
  printer: ItemPrinter,
): ComparedItem {
  const imported = printer.print(name, wanted)
  const other = nameOnTrack(name, exports)
  const reason = `missing expected export \`${name}\`${other === undefined ? '' : `: there is \`${other}\``}`
  const difference = { path: [], reason, expected: imported, found: undefined }
  return { name, exported: undefined, imported, verdict: 'missing', difference }
}

function compareWhole(given: ExternType, wanted: ExternType, matching: Matching): ComparedItem {
  const [left, right] = [new ItemPrinter(new Map()), new ItemPrinter(new Map())]
  return compareItem({ name: '', given, wanted }, left, right, matching)
}
