/** Wires drawn by mouse, finger and keyboard: the same questions to the workshop, the same edits. */
import type { PortRef } from '../contract/graph.ts'
import type { Position } from '../contract/studio.ts'
import type { Fit } from '../contract/workshop.ts'
import { messageOf } from '../state/message-of.ts'
import { useStudio } from '../state/store.ts'
import { workshop } from '../workshop/client.ts'
import { canvas, say } from './canvas-state.ts'
import type { Choice } from './choices.ts'
import { endChoices, exportChoices, frameChoices, packageChoices, wireBetween } from './choices.ts'
import { blockTitle, endKey, endText, isSameEnd } from './ends.ts'
import { focusSpot } from './spots.ts'

type Fits = ReadonlyMap<string, Fit>

let asked: { readonly text: string; readonly key: string; readonly answer: Promise<Fits> } | undefined

/** What fits an end, asked for once for a text. */
export function fitsOf(start: PortRef): Promise<Fits> {
  // The text that the drawn ends are of.
  const { graphText: text } = useStudio.getState()
  const key = endKey(start)
  if (asked?.text === text && asked.key === key) return asked.answer
  const answer = workshop
    .fitting(text, start)
    .then((fits) => new Map(fits.map((fit) => [endKey(fit.port), fit])))
    .catch((error: unknown) => {
      // A worker that went away; it will be asked again.
      asked = undefined
      useStudio
        .getState()
        .notify({ kind: 'problem', text: `What fits could not be found: ${messageOf(error)}` })
      return new Map<string, Fit>()
    })
  asked = { text, key, answer }
  return answer
}

export async function beginDragging(start: PortRef): Promise<void> {
  canvas.set({ wiring: { start, fits: undefined } })
  const fits = await fitsOf(start)
  const { wiring } = canvas.get()
  if (wiring !== undefined && isSameEnd(wiring.start, start)) canvas.set({ wiring: { start, fits } })
}

export function endDragging(): void {
  canvas.set({ wiring: undefined })
}

/** Wires two ends if they fit, and shows how they differ otherwise. */
export async function connect(one: PortRef, other: PortRef): Promise<void> {
  const wire = wireBetween(one, other)
  if (wire === undefined) {
    useStudio.getState().notify({
      kind: 'info',
      text: `A wire runs from an export to an import; both ends are ${one.side}s.`,
    })
    return
  }
  const fit = (await fitsOf(one)).get(endKey(other))
  await choose(
    fit === undefined || fit.verdict === 'differs'
      ? { kind: 'compare', ...wire }
      : {
          kind: 'edit',
          edits: [{ kind: 'connect', ...wire }],
          said: `Wired ${endText(useStudio.getState().graph, wire.from)} to ${endText(useStudio.getState().graph, wire.to)}`,
          makesBlock: false,
        },
    undefined,
  )
}

export async function choose(does: Choice['does'], place: Position | undefined): Promise<void> {
  const studio = useStudio.getState()
  if (does.kind === 'compare') {
    studio.show({ kind: 'compare', from: does.from, to: does.to })
    say('These ends do not fit. Their comparison is shown.')
    return
  }
  const refusal = await studio.edit(does.edits, does.makesBlock ? place : undefined)
  say(refusal?.refused ?? does.said)
}

/** Opens the list of all that an end can be wired to. */
export async function pickEnd(start: PortRef, place?: Position): Promise<void> {
  const { graph, packages } = useStudio.getState()
  const title = `Wire ${endText(graph, start)} ${start.side === 'export' ? 'to' : 'from'}`
  canvas.set({ picker: { title, choices: undefined, place } })
  const fits = [...(await fitsOf(start)).values()]
  if (canvas.get().picker?.title !== title) return
  const ends = endChoices(graph, start, fits)
  const offers = [...frameChoices(graph, start), ...packageChoices(graph, start, packages)]
  const isFitting = ({ verdict }: Choice) => verdict !== 'differs'
  canvas.set({
    picker: {
      title,
      choices: [...ends.filter(isFitting), ...offers, ...ends.filter((choice) => !isFitting(choice))],
      place,
    },
  })
}

/** As {@link pickEnd}, of one box only: a wire was dropped on its body. */
export async function pickEndOf(start: PortRef, blocks: readonly string[], boxTitle: string): Promise<void> {
  const { graph } = useStudio.getState()
  const fits = [...(await fitsOf(start)).values()].filter(({ port }) => blocks.includes(port.block))
  const fitting = fits.filter(({ verdict }) => verdict !== 'differs')
  if (fitting.length === 1) return connect(start, fitting[0]!.port)
  canvas.set({
    picker: {
      title: `Wire ${endText(graph, start)} ${start.side === 'export' ? 'to' : 'from'} ${boxTitle}`,
      choices: endChoices(graph, start, fits),
      place: undefined,
    },
  })
}

export function pickExport(block: string): void {
  const { graph } = useStudio.getState()
  canvas.set({
    picker: {
      title: `Export from ${blockTitle(graph, block)}`,
      choices: exportChoices(graph, block),
      place: undefined,
    },
  })
}

/** Focus goes back to where a wire began, after it was drawn or compared. */
export function focusEnd(end: PortRef): void {
  focusSpot({ box: end.block, row: end.port === undefined ? undefined : endKey(end) })
}
