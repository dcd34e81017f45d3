import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { DecodeError, TenonError, ValidationError } from '../errors.ts'

/** A component's file as it was named on the command line. */
export interface ComponentFile {
  /** For messages: the path, or `<stdin>`. */
  readonly name: string
  /** For the guest: the file's name without folders. */
  readonly baseName: string
  readonly bytes: Uint8Array
}

/** Reads a file, or standard input where the path is `-`. What is WebAssembly text is assembled. */
export async function readComponentFile(path: string): Promise<ComponentFile> {
  const file = readFile(path)
  if (!isText(file.bytes)) return file
  const { parseWat } = await import('../wat/index.ts')
  const bytes = parseWat(new TextDecoder().decode(file.bytes), { path: file.name })
  return { ...file, bytes }
}

/** Whether it begins as WebAssembly text does, with a parenthesis or a comment; bytes begin with zero. */
function isText(bytes: Uint8Array): boolean {
  return bytes[0] !== 0 && /^\s*(\(|;;)/.test(new TextDecoder().decode(bytes.subarray(0, 1024)))
}

function readFile(path: string): ComponentFile {
  if (path === '-') return { name: '<stdin>', baseName: 'stdin', bytes: readFileSync(0) }
  try {
    return { name: path, baseName: basename(path), bytes: readFileSync(path) }
  } catch (error) {
    throw fileError(path, error, 'a component')
  }
}

/** What the operating system said of a file, in words. */
export function fileError(path: string, error: unknown, wanted: string): unknown {
  const { code = '' } = error as NodeJS.ErrnoException
  const why = code === 'EISDIR' ? `is a directory, wanted ${wanted}` : reasons[code]
  return why === undefined ? error : new TenonError('file', `${path}: ${why}`, { cause: error })
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
}

const blamed = new WeakMap<Error, ComponentFile>()

/** Runs what reads the file's bytes; an error that points into them will be shown with the bytes around the place. */
export async function reading<T>(file: ComponentFile, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof DecodeError || error instanceof ValidationError) blamed.set(error, file)
    throw error
  }
}

/** The file that the offset of an error means. */
export function fileOf(error: Error): ComponentFile | undefined {
  return blamed.get(error)
}
