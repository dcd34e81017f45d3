import { encodeComposition, formatWac, linkerProgram, type WacAnalysis } from 'tenon/compose'
import type { Analysis, Refusal, Workshop } from '../contract/workshop.ts'
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
      if (found === undefined) throw new Error(noPackage(name).refused)
      return found.bytes.slice().buffer
    },
    async analyze(text) {
      const analysis = ofText(text, () => reader.analyze(text))
      return 'refused' in analysis ? unreadable(analysis) : analysis
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
      return ofText(text, () => compare(reader.read(text), from, to))
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
      return found === undefined ? noPackage(name) : orRefuse(() => inspectionOf(found), found.bytes)
    },
    async program(text, files) {
      return ofText(text, () => {
        const { analysis } = reader.read(text)
        const name = analysis.syntax?.package.name
        const fileOf =
          files &&
          ((written: string) => files.get(store.written(written)?.name ?? written) ?? fileName(written))
        return refuseIncomplete(analysis) ?? linkerProgram(analysis.composition, { name, fileOf }).text
      })
    },
    async encode(text) {
      return ofText(text, () => {
        const { analysis } = reader.read(text)
        return refuseIncomplete(analysis) ?? bufferOf(encodeComposition(analysis.composition))
      })
    },
  }
}

/** A text that nothing can be said of but why. */
function unreadable({ refused: message }: Refusal): Analysis {
  const problem = { severity: 'error', start: 0, end: 0, message, notes: [], related: [] } as const
  return { graph: undefined, problems: [problem], isComplete: false }
}

function refuseIncomplete({ problems, syntax }: WacAnalysis): Refusal | undefined {
  const [first, ...others] = problems
  if (first === undefined) return syntax === undefined ? refuse('there is no text') : undefined
  const message = others.length > 0 ? `${first.message}, and ${others.length} more problems` : first.message
  return refuse(message, 'mend what is marked in the source')
}

/** Of bytes that nobody else holds: not copied where they are all that is in it. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  const { buffer } = bytes
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.length
  return isWhole ? buffer : new Uint8Array(bytes).buffer
}

/** Of a package that nobody says a file of. */
function fileName(packageName: string): string {
  return `${packageName.replaceAll(/[^a-z0-9.]+/g, '-')}.wasm`
}

function noPackage(name: string): Refusal {
  return refuse(`there is no package \`${cut(name)}\``)
}
