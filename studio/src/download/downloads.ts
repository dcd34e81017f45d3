/** What can be saved of a composition, and how each is made. */
import type { Notice } from '../contract/studio.ts'
import type { Refusal } from '../contract/workshop.ts'
import { messageOf } from '../state/message-of.ts'
import { usesPackage } from '../state/package-names.ts'
import { documentName } from '../state/snapshot.ts'
import { useStudio } from '../state/store.ts'
import { workshop } from '../workshop/client.ts'
import { compositionFolder } from './composition-folder.ts'
import { fileName, packagePaths } from './file-names.ts'
import { saveFile } from './save-file.ts'
import { zipApart } from './zip-apart.ts'

export interface Download {
  readonly id: 'component' | 'typescript' | 'wac' | 'folder'
  readonly label: string
  /** What it is good for, in a few words. */
  readonly about: string
  readonly ending: string
  /** Bytes or text of the file, or why there is none. */
  make(text: string): Promise<BlobPart | Refusal>
}

export const downloads: readonly Download[] = [
  {
    id: 'component',
    label: 'Component',
    about: 'the composition as one component',
    ending: '.wasm',
    make: (text) => workshop.encode(text),
  },
  {
    id: 'typescript',
    label: 'TypeScript',
    about: 'a program that links the same with Linker',
    ending: '.ts',
    make: (text) => workshop.program(text),
  },
  { id: 'wac', label: 'WAC', about: 'the source', ending: '.wac', make: async (text) => text },
  {
    id: 'folder',
    label: 'Folder',
    about: 'WAC, TypeScript and the components',
    ending: '.zip',
    make: zippedFolder,
  },
]

/** Milliseconds until it is said that a file is being made. */
const patience = 800

/** Makes a file and saves it; what cannot be made is said. */
export async function download({ label, ending, make }: Download): Promise<void> {
  const { text, notify } = useStudio.getState()
  const name = fileName(documentName(text), ending)
  const slow = setTimeout(() => notify({ kind: 'info', text: `Making ${name}…` }), patience)
  try {
    const content = await make(text)
    if (typeof content === 'object' && 'refused' in content) return notify(refusalNotice(label, content))
    saveFile(name, content, types[ending])
    notify({ kind: 'info', text: `Saved ${name}.` })
  } catch (error) {
    notify({ kind: 'problem', text: `${name} could not be made: ${messageOf(error)}` })
  } finally {
    clearTimeout(slow)
  }
}

const types: Readonly<Record<string, string>> = {
  '.wasm': 'application/wasm',
  '.zip': 'application/zip',
  '.ts': 'text/plain;charset=utf-8',
  '.wac': 'text/plain;charset=utf-8',
}

function refusalNotice(label: string, { refused, cure, frame }: Refusal): Omit<Notice, 'id'> {
  return { kind: 'problem', text: `${label}: ${refused}`, cure, frame }
}

/** A text that is no composition yet has no program, and can be saved all the same. */
async function zippedFolder(text: string): Promise<Blob> {
  const names = useStudio.getState().packages.flatMap(({ name }) => (usesPackage(text, name) ? [name] : []))
  const paths = packagePaths(names)
  const program = await workshop.program(text, paths)
  const packages = new Map<string, ArrayBuffer>()
  for (const name of names) packages.set(name, await workshop.bytesOf(name))
  const stem = fileName(documentName(text), '')
  return await zipApart(
    compositionFolder(stem, text, typeof program === 'string' ? program : undefined, packages, paths),
  )
}
