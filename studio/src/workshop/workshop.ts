import { encodeComposition, formatWac } from 'tenon/compose'
import type { Refusal, Workshop } from '../contract/workshop.ts'
import { planWires } from './auto-wire.ts'
import { compare } from './comparison.ts'
import { Editor } from './edits.ts'
import { fitting } from './fitting.ts'
import { inspectionOf } from './inspection.ts'
import { Language } from './language.ts'
import { cut } from './limits.ts'
import { PackageStore } from './package-store.ts'
import { textName } from './problems.ts'
import { refuseLong, TextReader } from './read-text.ts'
import { orRefuse, refuse } from './refusal.ts'

/** What the page asks of its worker. Nothing that a file or a text says makes it throw: what cannot be done is refused, with a reason. */
export function createWorkshop(): Workshop {
  const store = new PackageStore()
  const reader = new TextReader(store)
  const editor = new Editor(store, reader)
  const language = new Language(store)

  /** There are other packages than before. */
  function forget(): void {
    reader.forget()
    language.forget()
  }

  /** Runs what needs a text that is not endless. */
  function ofText<T>(text: string, action: () => T): T | Refusal {
    return refuseLong(text) ?? orRefuse(action)
  }

  return {
    async addPackage(bytes, hint, progress) {
      const added = await store.add(bytes, hint, progress)
      forget()
      return added
    },
    async renamePackage(name, to) {
      forget()
      return store.rename(name, to)
    },
    async removePackage(name) {
      forget()
      store.remove(name)
    },
    async packages() {
      return Array.from(store.all, ({ summary }) => summary)
    },
    async bytesOf(name) {
      const found = store.get(name)
      return orThrow(found === undefined ? noPackage(name) : found).bytes.slice().buffer
    },
    async analyze(text) {
      return reader.analyze(text)
    },
    async edit(text, edit) {
      return ofText(text, () => editor.edit(text, edit))
    },
    async autoWire(text, block) {
      return ofText(text, () => {
        const wires = planWires(reader.read(text), block)
        const edited = editor.all(
          text,
          wires.map((wire) => ({ kind: 'connect', ...wire })),
        )
        return { ...edited, wired: wires.map(({ to }) => `${to.block} ${to.port}`) }
      })
    },
    async fitting(text, from) {
      const found = ofText(text, () => fitting(reader.read(text), from))
      return 'refused' in found ? [] : found
    },
    async compare(text, from, to) {
      return orThrow(ofText(text, () => compare(reader.read(text), from, to)))
    },
    async complete(text, offset) {
      const found = ofText(text, () => language.complete(text, offset))
      return 'refused' in found ? { from: offset, items: [] } : found
    },
    async hover(text, offset) {
      const found = ofText(text, () => ({ said: language.hover(text, offset) }))
      return 'refused' in found ? undefined : found.said
    },
    async format(text) {
      return ofText(text, () => formatWac(text, textName))
    },
    async inspect(name) {
      const found = store.get(name)
      return orThrow(found === undefined ? noPackage(name) : orRefuse(() => inspectionOf(found), found.bytes))
    },
    async program() {
      return refuse('there is no program of a composition yet')
    },
    async encode(text) {
      return ofText(text, () => {
        const { analysis } = reader.read(text)
        const [first, ...others] = analysis.problems
        if (first !== undefined)
          return refuse(
            others.length > 0 ? `${first.message}, and ${others.length} more problems` : first.message,
            'mend what the source marks as wrong',
          )
        return encodeComposition(analysis.composition).slice().buffer
      })
    },
  }
}

function noPackage(name: string): Refusal {
  return refuse(`there is no package \`${cut(name)}\``)
}

/** What the page asks of things that it knows to be there: that they are not is no answer, but an error. */
function orThrow<T extends object>(answer: T | Refusal): T {
  if ('refused' in answer) throw new Error(answer.refused)
  return answer
}
