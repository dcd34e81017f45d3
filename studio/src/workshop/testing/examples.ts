import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { PackageSummary, Refusal, Workshop } from '../../contract/workshop.ts'
import { createWorkshop } from '../workshop.ts'

/** A component of `examples/`: `calculator`, `kv-store` …, as Rust made it. */
export function exampleFile(name: string): string {
  return fileURLToPath(new URL(`../../../../examples/${name}/rust/${name}.wasm`, import.meta.url))
}

/** A copy, as a page would hand it over. */
export function bytesIn(file: string): ArrayBuffer {
  return new Uint8Array(readFileSync(file)).slice().buffer
}

export function bytesOfText(text: string): ArrayBuffer {
  return new TextEncoder().encode(text).slice().buffer
}

/** A workshop with some examples, and with components in text form by the names of their files. */
export async function workshopWith(
  examples: readonly string[],
  texts: Readonly<Record<string, string>> = {},
): Promise<Workshop> {
  const workshop = createWorkshop()
  for (const name of examples) await add(workshop, bytesIn(exampleFile(name)), `${name}.wasm`)
  for (const [name, text] of Object.entries(texts)) await add(workshop, bytesOfText(text), name)
  return workshop
}

async function add(workshop: Workshop, bytes: ArrayBuffer, hint: string): Promise<PackageSummary> {
  const added = await workshop.addPackage(bytes, hint, () => undefined)
  return accepted(added).package
}

/** What was not refused. */
export function accepted<T extends object>(answer: T | Refusal): T {
  if ('refused' in answer) throw new Error(`refused: ${answer.refused}\n${answer.frame ?? ''}`)
  return answer
}
