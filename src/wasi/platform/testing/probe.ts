/** Runs one line of a golden file on descriptors, and prints what came as wasmtime's probe printed it. */
import { ComponentError } from '../../../errors.ts'
import type { WasiImports } from '../../imports.ts'
import type { InputStream } from '../../0.2/io/input-stream.ts'
import type { OutputStream } from '../../0.2/io/output-stream.ts'
import type { Descriptor, DescriptorFlags } from '../../0.2/filesystem/descriptor.ts'
import type { DescriptorStat, NewTimestamp } from '../../0.2/filesystem/descriptor-stat.ts'

/** Descriptors by the names that lines give them. */
export type Slots = Map<string, Descriptor>

export function openSlots(imports: WasiImports): Slots {
  const { getDirectories } = imports['wasi:filesystem/preopens@0.2.12'] as {
    getDirectories(): [Descriptor, string][]
  }
  return new Map(getDirectories().map(([descriptor, name]) => [name, descriptor]))
}

type Operation = (descriptor: Descriptor, args: string[], slots: Slots) => unknown

const operations: Record<string, Operation> = {
  stat: (d) => printStat(d.stat()),
  statat: (d, [flags, path]) => printStat(d.statAt(pathFlags(flags), path!)),
  mkdir: (d, [path]) => d.createDirectoryAt(path!),
  rmdir: (d, [path]) => d.removeDirectoryAt(path!),
  unlink: (d, [path]) => d.unlinkFileAt(path!),
  symlink: (d, [target, path]) => d.symlinkAt(target!, path!),
  readlink: (d, [path]) => d.readlinkAt(path!),
  rename: (d, [path, to, toPath], slots) => d.renameAt(path!, slots.get(to!)!, toPath!),
  link: (d, [flags, path, to, toPath], slots) => d.linkAt(pathFlags(flags), path!, slots.get(to!)!, toPath!),
  async read(d, [length, offset]) {
    const [bytes, end] = await d.read(BigInt(length!), BigInt(offset!))
    return `${quote(bytes)} ${end}`
  },
  write: (d, [text, offset]) => d.write(new TextEncoder().encode(text), BigInt(offset!)),
  setsize: (d, [size]) => d.setSize(BigInt(size!)),
  sync: (d) => d.sync(),
  syncdata: (d) => d.syncData(),
  flags: (d) => `descriptorflags(${printFlags(d.getFlags())})`,
  type: (d) => d.getType(),
  advise: (d, [offset, length]) => d.advise(BigInt(offset!), BigInt(length!), 'normal'),
  rstream: (d, [offset]) => readAll(d.readViaStream(BigInt(offset!))),
  wstream: (d, [offset, text]) => writeAll(d.writeViaStream(BigInt(offset!)), text!),
  astream: (d, [text]) => writeAll(d.appendViaStream(), text!),
  readdir: (d) => listAll(d),
  same: (d, [other], slots) => d.isSameObject(slots.get(other!)!),
  samehash(d, [other, flags, path], slots) {
    const mine = d.metadataHash()
    const others = slots.get(other!)!.metadataHashAt(pathFlags(flags), path!)
    return mine.lower === others.lower && mine.upper === others.upper
  },
  settimes: (d, [accessed, modified]) => d.setTimes(time(accessed!), time(modified!)),
  settimesat: (d, [flags, path, accessed, modified]) =>
    d.setTimesAt(pathFlags(flags), path!, time(accessed!), time(modified!)),
  mtime(d, [flags, path]) {
    const stat = d.statAt(pathFlags(flags), path!)
    const print = (at: { seconds: bigint; nanoseconds: number } | undefined) =>
      `${at!.seconds}.${String(Math.floor(at!.nanoseconds / 1000)).padStart(6, '0')}`
    return `${print(stat.dataAccessTimestamp)} ${print(stat.dataModificationTimestamp)}`
  },
}

export async function runLine(line: string, slots: Slots): Promise<string> {
  const [name, ...words] = line.split(' ').map(decodeWord)
  try {
    const printed = name === 'open' ? await open(words, slots) : await run(name!, words, slots)
    return printed === undefined || printed === '' ? 'ok' : `ok ${printed}`
  } catch (error) {
    if (!(error instanceof ComponentError)) throw error
    return `err ${error.payload}`
  }
}

async function run(name: string, [slot, ...args]: string[], slots: Slots): Promise<unknown> {
  const descriptor = slots.get(slot!)
  return descriptor ? operations[name]!(descriptor, args, slots) : `no slot ${slot}`
}

async function open([to, from, flags, path, openFlags, modes]: string[], slots: Slots): Promise<string> {
  const base = slots.get(from!)
  if (!base) return `no slot ${from}`
  const has = (letters: string, letter: string) => letters.includes(letter)
  const opened = await base.openAt(
    pathFlags(flags),
    path!,
    {
      create: has(openFlags!, 'c'),
      directory: has(openFlags!, 'd'),
      exclusive: has(openFlags!, 'x'),
      truncate: has(openFlags!, 't'),
    },
    { read: has(modes!, 'r'), write: has(modes!, 'w'), mutateDirectory: has(modes!, 'm') },
  )
  slots.get(to!)?.[Symbol.dispose]()
  slots.set(to!, opened)
  return opened.getType()
}

/** `%E` is the empty word, `%L255` a name of that many letters, `%P4095` a path of that many to `file`. */
function decodeWord(word: string): string {
  if (word === '%E') return ''
  const long = /^%P(\d+)$/.exec(word)
  if (long) {
    const tail = Number(long[1]) % 2 ? '/file' : 'file'
    return './'.repeat((Number(long[1]) - tail.length) / 2) + tail
  }
  return decodeURIComponent(word.replace(/%L(\d+)/, (_, count) => 'x'.repeat(count)))
}

function pathFlags(flags: string | undefined) {
  return { symlinkFollow: flags === 'f' }
}

function time(text: string): NewTimestamp {
  if (text === '-') return { tag: 'no-change' }
  if (text === 'now') return { tag: 'now' }
  const [seconds, nanoseconds] = text.split('.')
  return { tag: 'timestamp', val: { seconds: BigInt(seconds!), nanoseconds: Number(nanoseconds) } }
}

function printStat({ type, size, linkCount }: DescriptorStat): string {
  // Sizes and links of directories differ between file systems.
  return type === 'directory' ? 'directory 0 0' : `${type} ${size} ${linkCount}`
}

function printFlags({ read, write, mutateDirectory }: DescriptorFlags): string {
  const flags = { read, write, mutate_directory: mutateDirectory }
  return Object.entries(flags)
    .flatMap(([name, on]) => (on ? [name] : []))
    .join(' | ')
}

function quote(bytes: Uint8Array): string {
  return JSON.stringify(new TextDecoder().decode(bytes)).replaceAll('\\u0000', '\\0')
}

async function readAll(stream: InputStream): Promise<string> {
  using _ = stream
  const chunks: Uint8Array[] = []
  for (;;) {
    try {
      chunks.push(await stream.blockingRead(1000n))
    } catch (error) {
      return `${quote(Buffer.concat(chunks))} ${streamError(error)}`
    }
  }
}

async function writeAll(stream: OutputStream, text: string): Promise<string> {
  using _ = stream
  try {
    await stream.blockingWriteAndFlush(new TextEncoder().encode(text))
    return 'written'
  } catch (error) {
    return streamError(error)
  }
}

function streamError(error: unknown): string {
  if (!(error instanceof ComponentError)) throw error
  const payload = error.payload as { tag: string; val?: { failure: { code?: string } } }
  return payload.tag === 'closed' ? 'closed' : `failed ${payload.val?.failure.code}`
}

function listAll(descriptor: Descriptor): string {
  using stream = descriptor.readDirectory()
  const entries: string[] = []
  for (let entry = stream.readDirectoryEntry(); entry; entry = stream.readDirectoryEntry()) {
    entries.push(`${entry.name}:${entry.type}`)
  }
  return entries.sort().join(',')
}
