/** Random sequences of edits over texts with comments anywhere: each makes exactly the change of the graph that it means. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from '../../../../test/support/fast-check.ts'
import { commentEdits, withComments } from '../../../../test/support/formatted-text.ts'
import { WacEditError } from '../../../errors.ts'
import { analyzeWac, type WacAnalysis } from '../analyze.ts'
import { formatWac } from '../format.ts'
import { commentsIn } from './comments.ts'
import { editWac } from './edit-wac.ts'
import {
  addedBlocks,
  type GraphModel,
  graphOf,
  predict,
  sameGraph,
} from '../../../../test/support/wac-edits/graph-model.ts'
import { finder, packages, randomPackage } from '../../../../test/support/wac-edits/random-packages.ts'
import { startingTexts } from '../../../../test/support/wac-edits/starting-texts.ts'
import { applyEdits } from './text-edit.ts'
import type { NodeReference, WacAction } from './wac-action.ts'

const file = (text: string): { name: string; text: string } => ({ name: 'app.wac', text })

/** Numbers from which an action is made that means something in the graph that is there. */
interface Draw {
  readonly kind: number
  readonly picks: readonly number[]
}

const draw: fc.Arbitrary<Draw> = fc.record({
  kind: fc.nat(99),
  picks: fc.array(fc.nat(9999), { minLength: 4, maxLength: 4 }),
})

const kinds = [
  ...['instantiate', 'instantiate', 'connect', 'connect', 'connect', 'connect', 'disconnect', 'disconnect'],
  ...[
    'export',
    'export',
    'export-all',
    'rename-export',
    'remove-export',
    'rename',
    'remove',
    'import',
    'set-package',
  ],
] as const

const names = ['one', 'two', 'list', 'new', 'let', 'log', 'targets', 'x-y']

function pick<T>(all: readonly T[], number: number): T | undefined {
  return all[number % Math.max(1, all.length)]
}

/** Undefined where there is nothing to do it with. */
function actionOf({ kind, picks }: Draw, graph: GraphModel): WacAction | undefined {
  const [a, b, c, d] = picks as [number, number, number, number]
  const instances = [...graph.blocks].filter(([, block]) => block.package !== undefined)
  const [, block] = pick(instances, a) ?? []
  const anything = pick([...graph.blocks], b)
  const source = anything && pick([undefined, ...anything[1].exports], c)
  switch (kinds[kind % kinds.length]) {
    case 'instantiate':
      return {
        kind: 'instantiate',
        package: c % 2 === 0 ? pick([...packages.keys()], a)! : randomPackage(a, b),
      }
    case 'connect': {
      if (block === undefined) return undefined
      const argument = pick([...block.imports], d)
      const fitting = [...graph.blocks].flatMap(([from, each]) =>
        [undefined, ...each.exports].flatMap((exported) =>
          argument !== undefined && graph.fits(from, exported, argument) ? [{ from, exported }] : [],
        ),
      )
      const chosen = pick(fitting, c)
      if (chosen === undefined) return undefined
      return {
        kind: 'connect',
        instance: block.node,
        argument: argument!,
        from: graph.blocks.get(chosen.from)!.node,
        export: chosen.exported,
      }
    }
    case 'disconnect': {
      const argument = block && pick([...block.arguments.keys()], d)
      return argument === undefined ? undefined : { kind: 'disconnect', instance: block!.node, argument }
    }
    case 'export':
      if (anything === undefined) return undefined
      return {
        kind: 'export',
        from: anything[1].node,
        export: source,
        as: pick([undefined, ...names, 'q:r/s@1.0.0'], d),
      }
    case 'export-all':
      return block && { kind: 'export-all', from: block.node }
    case 'rename-export': {
      const name = pick([...graph.exports.keys()], a)
      return name === undefined
        ? undefined
        : { kind: 'rename-export', name, to: pick([...names, 'q:r/s@1.0.0'], d)! }
    }
    case 'remove-export': {
      const name = pick([...graph.exports.keys()], a)
      return name === undefined ? undefined : { kind: 'remove-export', name }
    }
    case 'rename':
      return anything && { kind: 'rename', node: anything[1].node, to: pick(names, d)! }
    case 'remove':
      return anything && { kind: 'remove', node: anything[1].node }
    case 'import': {
      const name = pick([...graph.open], a)
      return name === undefined ? undefined : { kind: 'import', name }
    }
    default:
      return { kind: 'set-package', package: pick(['other:name', 'my:app@1.0.0'], a)! }
  }
}

function graph(text: string): GraphModel {
  const analysis = analyzeWac(file(text), finder)
  assert.deepEqual(
    analysis.problems.map(({ message, notes }) => [message, ...notes]),
    [],
    text,
  )
  return graphOf(analysis)
}

/** Their texts, sorted. */
function commentsOf(text: string): string[] {
  return commentsIn(text, 0, text.length)
    .map(({ start, end }) => text.slice(start, end).replaceAll('\r\n', '\n').trimEnd())
    .sort()
}

/** Those around statements that are there no more. */
function commentsOfGone(before: string, after: string): string[] {
  const [old, now] = [before, after].map((text) => analyzeWac(file(text), finder)) as [
    WacAnalysis,
    WacAnalysis,
  ]
  const { statements, spans, declaration } = old.syntax!
  return statements.flatMap((each, index) => {
    const { start, end } = spans[index]!
    const own = [...old.exports].filter(([, { statement }]) => statement.span.start === start)
    const isGone =
      each.kind === 'export'
        ? own.every(([name]) => !now.exports.has(name))
        : (each.kind === 'let' || each.kind === 'import') && !now.names.has(each.id.name)
    const from = spans[index - 1]?.end ?? declaration.end
    const line = before.indexOf('\n', end)
    return isGone ? commentsOf(before.slice(from, line < 0 ? before.length : line)) : []
  })
}

/** What is left of some comments without others. */
function without(all: readonly string[], others: readonly string[]): string[] {
  const left = [...all]
  for (const each of others) {
    const at = left.indexOf(each)
    if (at >= 0) left.splice(at, 1)
  }
  return left
}

/** Makes an edit and checks it from all sides; the text stays where it is refused for a reason. */
function edit(before: string, action: WacAction, story: string[]): string {
  const old = graph(before)
  story.push(JSON.stringify(action))
  const context = (): string => `${story.join('\n')}\n---\n${before}`
  const expected = predict(old, action)
  let edited: ReturnType<typeof editWac>
  try {
    edited = editWac(file(before), finder, action)
  } catch (error) {
    assert.ok(error instanceof WacEditError, `${String((error as Error).stack)}\n${context()}`)
    assert.equal(error.problem, expected.refused, `${error.message}\n${context()}`)
    return before
  }
  assert.equal(expected.refused, undefined, context())
  const { text, edits, name } = edited
  const now = graph(text)
  const difference = sameGraph(expected.graph(name), now)
  assert.equal(difference, undefined, `${difference}\n${context()}\n---\n${text}`)
  assert.equal(applyEdits(before, edits), text)
  edits.forEach(({ start, end }, index) => {
    assert.ok(start <= end && start >= (edits[index - 1]?.end ?? 0))
  })
  if (formatWac(before) === before) assert.equal(formatWac(text), text, context())
  const lost = without(commentsOf(before), commentsOf(text))
  assert.deepEqual(without(commentsOf(text), commentsOf(before)), [], context())
  assert.deepEqual(without(lost, commentsOfGone(before, text)), [], `${context()}\n---\n${text}`)
  return text
}

describe('editWac, at random', () => {
  const start = fc.record({
    text: fc.constantFrom(...startingTexts),
    comments: fc.option(commentEdits, { nil: [] }),
    formatted: fc.boolean(),
  })
  const begin = ({
    text,
    comments,
    formatted,
  }: {
    text: string
    comments: Parameters<typeof withComments>[1]
    formatted: boolean
  }): string => {
    const commented = withComments(text, comments, 'wac')
    return formatted ? formatWac(commented) : commented
  }
  const numRuns = Number(process.env.TENON_RUNS ?? 250)

  it('changes the graph as it means, loses no comment, and leaves formatted texts formatted', () => {
    let done = 0
    fc.assert(
      fc.property(start, fc.array(draw, { minLength: 1, maxLength: 10 }), (from, draws) => {
        const story: string[] = []
        let text = begin(from)
        for (const each of draws) {
          const action = actionOf(each, graph(text))
          if (action === undefined) continue
          text = edit(text, action, story)
          done++
        }
      }),
      { numRuns },
    )
    assert.ok(done > numRuns * 3, `only ${done} edits were made`)
  })

  it('is undone by the inverse', () => {
    let done = 0
    fc.assert(
      fc.property(start, fc.array(draw, { minLength: 1, maxLength: 4 }), (from, draws) => {
        let text = begin(from)
        for (const each of draws) {
          const before = graph(text)
          const action = actionOf(each, before)
          if (action === undefined) continue
          const story: string[] = []
          const after = edit(text, action, story)
          const inverses = after === text ? undefined : inverse(action, before, after)
          if (inverses === undefined) continue
          const back = inverses.reduce((now, one) => editWac(file(now), finder, one).text, after)
          const difference = sameGraph(before, graph(back))
          assert.equal(
            difference,
            undefined,
            `${difference}\n${story.join('\n')}\n${text}\n---\n${after}\n---\n${back}`,
          )
          done++
          text = after
        }
      }),
      { numRuns },
    )
    assert.ok(done > numRuns / 3, `only ${done} edits were undone`)
  })

  it('keeps what is written of texts with mistakes in them', () => {
    const mistakes = fc.array(
      fc.tuple(fc.nat(9999), fc.constantFrom('nothing', 'base', 'mid', 'log', 'p', 'run', '%let')),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    let done = 0
    fc.assert(
      fc.property(start, mistakes, draw, (from, wrong, { kind, picks }) => {
        const before = wrong.reduce(withMistake, begin(from))
        const action = actionInBroken(kind, picks, before)
        if (action === undefined) return
        const edited = editedOrRefused(before, action)
        if (edited === undefined) return
        const { text, edits } = edited
        const context = `${JSON.stringify(action)}\n${before}\n---\n${text}`
        assert.equal(applyEdits(before, edits), text, context)
        assert.doesNotThrow(() => formatWac(text), context)
        if (formatWac(before) === before) assert.equal(formatWac(text), text, context)
        assert.deepEqual(without(commentsOf(text), commentsOf(before)), [], context)
        const lost = without(commentsOf(before), commentsOf(text))
        if (action.kind !== 'remove')
          assert.deepEqual(without(lost, commentsOfGone(before, text)), [], context)
        if (action.kind === 'connect' && typeof action.instance === 'string')
          assertGiven(text, action.instance, action.argument, context)
        done++
      }),
      { numRuns: numRuns * 2 },
    )
    assert.ok(done > numRuns / 2, `only ${done} edits were made`)
  })
})

/** A name that is another one. */
function withMistake(text: string, [at, name]: readonly [number, string]): string {
  const names = [...text.matchAll(/(?<=[.:{,] ?|let |export |new )%?[a-z][a-z0-9-]*/g)]
  const match = pick(names, at)
  return match ? text.slice(0, match.index) + name + text.slice(match.index + match[0].length) : text
}

function actionInBroken(kind: number, [a, b, c, d]: readonly number[], text: string): WacAction | undefined {
  const { nodes, composition, broken, exports } = analyzeWac(file(text), finder)
  const whole = [...nodes].flatMap(([id, { name }]) =>
    composition.nodes[id]!.kind === 'alias' ? [] : [{ reference: name ?? id, type: composition.typeOf(id) }],
  )
  const partly = broken.map(({ name, package: from, place }) => {
    const type = composition.packages.get(from)?.type
    return { reference: name ?? { at: place.span.start }, type }
  })
  const target = pick<{ reference: NodeReference }>(partly.length > 0 ? partly : whole, a!)
  const source = pick([...whole, ...partly], b!)
  if (target === undefined || source === undefined) return undefined
  const argument = pick(['log', 'out', 'new', 'a:b/log@0.1.0', 'let'], c!)!
  const exported = pick(
    [undefined, ...(source.type && 'exports' in source.type ? source.type.exports.keys() : ['x'])],
    d!,
  )
  switch (kind % 6) {
    case 0:
    case 1:
      return {
        kind: 'connect',
        instance: target.reference,
        argument,
        from: source.reference,
        export: exported,
      }
    case 2:
      return { kind: 'disconnect', instance: target.reference, argument }
    case 3:
      return { kind: 'remove', node: target.reference }
    case 4:
      return { kind: 'rename', node: target.reference, to: pick(names, d!)! }
    default: {
      const name = pick([...exports.keys()], d!)
      return name === undefined ? undefined : { kind: 'remove-export', name }
    }
  }
}

function editedOrRefused(text: string, action: WacAction): ReturnType<typeof editWac> | undefined {
  try {
    return editWac(file(text), finder, action)
  } catch (error) {
    assert.ok(
      error instanceof WacEditError,
      `${String((error as Error).stack)}\n${JSON.stringify(action)}\n${text}`,
    )
    return undefined
  }
}

function assertGiven(text: string, name: string, argument: string, context: string): void {
  const { nodes, broken } = analyzeWac(file(text), finder)
  const node = [...nodes.values()].find((each) => each.name === name)
  const other = broken.find((each) => each.name === name)
  if (node === undefined && other === undefined) return
  const given = node?.arguments.has(argument) || other?.arguments.some((each) => each.name === argument)
  assert.ok(given, context)
}

/** Undefined where several actions would be needed, or something is gone. */
function inverse(action: WacAction, before: GraphModel, after: string): WacAction[] | undefined {
  const now = graph(after)
  const named = addedBlocks(before, now).filter((id) => !id.startsWith('#'))
  switch (action.kind) {
    case 'instantiate':
    case 'import':
      return named.map((id) => ({ kind: 'remove', node: id }))
    case 'export': {
      const name = [...now.exports.keys()].find((each) => !before.exports.has(each))!
      return [{ kind: 'remove-export', name }]
    }
    case 'rename-export':
      return [{ kind: 'rename-export', name: action.to, to: action.name }]
    case 'rename': {
      const [, old] = [...before.blocks].find(([, { node }]) => node === action.node)!
      return old.name === undefined ? undefined : [{ kind: 'rename', node: action.to, to: old.name }]
    }
    case 'connect': {
      const [id, old] = [...before.blocks].find(([, { node }]) => node === action.instance)!
      const target = old.name
      if (target === undefined || before.blocks.get(id) === undefined || named.length > 0) return undefined
      const source = old.arguments.get(action.argument)
      if (source === undefined) {
        const isExplicit = [...before.blocks.values()].some(
          (each) => each.imports.size === 0 && each.import === action.argument,
        )
        return isExplicit ? undefined : [{ kind: 'disconnect', instance: target, argument: action.argument }]
      }
      const [from, exported, ...more] = source.split('|')
      const name = before.blocks.get(from!)?.name
      if (name === undefined || more.length > 0) return undefined
      return [{ kind: 'connect', instance: target, argument: action.argument, from: name, export: exported }]
    }
    default:
      return undefined
  }
}
