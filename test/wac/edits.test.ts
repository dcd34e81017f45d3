/** The documents of `wac-parser`'s tests, edited in every way that their graphs allow. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { packageFolder } from '../../src/cli/compose/package-folder.ts'
import {
  analyzeWac,
  editWac,
  type FoundPackage,
  formatWac,
  type NodeId,
  type PackageFinder,
  type WacAction,
  type WacAnalysis,
  WacEditError,
} from '../../src/compose/index.ts'

const root = fileURLToPath(new URL('../../../shared/conformance/wac/', import.meta.url))
const skip = !existsSync(root) && 'there is no ../shared/conformance/wac beside this checkout'

describe('documents of wac-parser, edited', { skip }, () => {
  for (const folder of ['resolution/', 'encoding/', 'resolution/fail/', 'encoding/fail/']) {
    it(`in ${folder}`, () => {
      const names = readdirSync(root + folder).filter((name) => name.endsWith('.wac'))
      const edits = names.map((name) => editAll(root + folder, name))
      const count = edits.reduce((sum, each) => sum + each, 0)
      assert.ok(count > 2 * names.length, `only ${count} edits were made of ${names.length} documents`)
    })
  }
})

/** Makes all edits, each of the document as it is; they are refused with a reason, or give a text that has no problem that was not there. */
function editAll(folder: string, name: string): number {
  const file = { name, text: readFileSync(folder + name, 'utf8') }
  const finder = remembered(packageFolder(folder + name.replace('.wac', ''), new Map()))
  const analysis = analyzeWac(file, finder)
  let count = 0
  for (const action of actionsOf(analysis)) {
    const text = edited(file, finder, action)
    if (text === undefined) continue
    count++
    formatWac(text)
    if (analysis.problems.length > 0) continue
    const left = analyzeWac({ name, text }, finder).problems.filter(
      // Exports that a target wants may go, and types may differ: both is said where it is seen.
      ({ message }) => !/^(target world|mismatched)/.test(message),
    )
    const words = left.map(({ message }) => message)
    assert.deepEqual(words, [], `${name}: ${JSON.stringify(action)}\n${file.text}\n---\n${text}`)
  }
  return count
}

function edited(
  file: { readonly name: string; readonly text: string },
  finder: PackageFinder,
  action: WacAction,
): string | undefined {
  try {
    return editWac(file, finder, action).text
  } catch (error) {
    assert.ok(error instanceof WacEditError, `${file.name}: ${(error as Error).stack}`)
    return undefined
  }
}

function* actionsOf({ composition, broken, names, exports }: WacAnalysis): Generator<WacAction> {
  yield { kind: 'set-package', package: 'another:name' }
  for (const id of composition.nodes.keys()) yield* actionsOn(id as NodeId)
  for (const [id, node] of composition.nodes.entries()) {
    if (node.kind !== 'instance') continue
    const instance = id as NodeId
    for (const argument of node.arguments.keys()) yield { kind: 'disconnect', instance, argument }
    for (const argument of node.open.keys())
      for (const from of composition.nodes.keys())
        yield { kind: 'connect', instance, argument, from: from as NodeId }
  }
  for (const { place, arguments: given } of broken) {
    const at = { at: place.span.start }
    yield* actionsOn(at)
    for (const { name } of given)
      if (name !== undefined) yield { kind: 'disconnect', instance: at, argument: name }
  }
  for (const name of names.keys()) yield* actionsOn(name)
  for (const name of composition.imports.keys()) yield { kind: 'import', name }
  for (const name of exports.keys()) {
    yield { kind: 'remove-export', name }
    yield { kind: 'rename-export', name, to: 'another' }
  }
}

function* actionsOn(node: NodeId | string | { readonly at: number }): Generator<WacAction> {
  yield { kind: 'remove', node }
  yield { kind: 'rename', node, to: 'another' }
  yield { kind: 'export', from: node, as: 'another' }
  yield { kind: 'export-all', from: node }
}

/** Asks for each package once. */
function remembered(finder: PackageFinder): PackageFinder {
  const found = new Map<string, FoundPackage | undefined>()
  return {
    find(name, version) {
      const key = `${name}@${version}`
      if (!found.has(key)) found.set(key, finder.find(name, version))
      return found.get(key)
    },
  }
}
