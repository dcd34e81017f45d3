import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { DecodeError, TenonError, ValidationError } from '../errors.ts'

/** A component's file as it was named on the command line. */
export interface ComponentFile {
  /** For messages: the path, or `<stdin>`. */
  readonly name: string
  /** For the guest: the file's name without folders. */
  readonly baseName: string
  readonly bytes: Uint8Array
  /** Whether the file is a text, and the bytes are what was made of it. */
  readonly assembled?: boolean
}

/** Reads a file, or standard input where the path is `-`. What is WebAssembly text is assembled. */
export async function readComponentFile(path: string): Promise<ComponentFile> {
  const file = readFile(path, 'a component')
  if (!isWebAssembly(file)) refuseOtherText(path, 'a component')
  return assembled(file)
}

/**
 * Where the file's name says that it is WIT or WAC.
 *
 * @throws {TenonError} file
 */
export function refuseOtherText(path: string, wanted: string): void {
  const [, language] = /\.(wit|wac)$/.exec(path) ?? []
  if (language === undefined) return
  const command = language === 'wit' ? 'wit' : 'compose'
  const cure = language === 'wit' ? 'checks it' : 'makes a component of it'
  throw new TenonError(
    'file',
    `${path}: is ${language.toUpperCase()}, wanted ${wanted}; \`tenon ${command} ${path}\` ${cure}`,
  )
}

/** The file, if it is text what is made of it. */
export async function assembled(file: ComponentFile): Promise<ComponentFile> {
  if (!isText(file)) return file
  const [{ parseWat }, { textOf }] = await Promise.all([import('../wat/index.ts'), import('./text-of.ts')])
  const bytes = parseWat(textOf(file.bytes, file.name), { path: file.name })
  return { ...file, bytes, assembled: true }
}

/** Whether it begins as binaries or as WebAssembly text does. */
export function isWebAssembly(file: ComponentFile): boolean {
  return file.bytes[0] === 0 || isText(file)
}

/** Whether it begins as WebAssembly text does, with a parenthesis or a comment, or is called so; bytes begin with zero. */
function isText({ name, bytes }: ComponentFile): boolean {
  if (bytes[0] === 0) return false
  return name.endsWith('.wat') || /^\s*(\(|;;)/.test(new TextDecoder().decode(bytes.subarray(0, 1024)))
}

/** Reads a file, or standard input where the path is `-`. `wanted` is for messages. */
export function readFile(path: string, wanted: string): ComponentFile {
  if (path === '-') return { name: '<stdin>', baseName: 'stdin', bytes: readFileSync(0) }
  try {
    return { name: path, baseName: basename(path), bytes: readFileSync(path) }
  } catch (error) {
    throw fileError(path, error, wanted)
  }
}

/** What the operating system said of a file, in words. */
export function fileError(path: string, error: unknown, wanted: string): unknown {
  const { code = '' } = error as NodeJS.ErrnoException
  const why =
    code === 'EISDIR'
      ? `is a directory, wanted ${wanted}`
      : (code === 'ENOTDIR' || code === 'EEXIST') && isFile(path)
        ? `is a file, wanted ${wanted}`
        : reasons[code]
  return why === undefined ? error : new TenonError('file', `${path}: ${why}`, { cause: error })
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    // A folder on the way is a file.
    return false
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'a link that leads to itself',
  ENAMETOOLONG: 'no such file: the name is too long',
  ERR_FS_FILE_TOO_LARGE: 'too large',
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
