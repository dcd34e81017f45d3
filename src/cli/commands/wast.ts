import { readFileSync } from 'node:fs'
import { Source } from '../../diagnostics/source.ts'
import { TenonError, UsageError } from '../../errors.ts'
import { Component, type Instance } from '../../index.ts'
import { exportedFunction } from '../../runtime/exported-function.ts'
import { type Embedding, type Outcome, runScript } from '../../wat/run-script.ts'
import { parseScript } from '../../wat/script.ts'
import { type Assemble, assemblerMessage, loadAssembler } from '../assemble-text.ts'
import { exitCode } from '../exit-code.ts'
import { parseOptions } from '../parse-options.ts'
import { type Style, styleFor } from '../terminal.ts'
import { stdout, write } from '../write.ts'

export const summary = 'Run reference scripts (.wast)'

export const help = `Usage: tenon wast FILE.wast…

Runs the directives of reference scripts: components in text form, calls, and what must come of them. Prints every
directive that did not come out as it says. Core modules are not run.

Needs an assembler for the text format: npm install @bytecodealliance/jco-transpile
`

export async function run(args: readonly string[]): Promise<number> {
  const { positionals } = parseOptions(args, {})
  if (positionals.length === 0) throw new UsageError('which script? give the path of a .wast file')
  const embedding = embeddingWith(await loadAssembler())
  const style = styleFor(stdout)
  const counts = { pass: 0, fail: 0, skip: 0 }
  for (const path of positionals) {
    for (const outcome of await runFile(path, embedding)) {
      counts[outcome.status]++
      if (outcome.status === 'fail') write(stdout, describeFailure(path, outcome, style))
    }
  }
  write(stdout, `${counts.pass} passed, ${counts.fail} failed, ${counts.skip} skipped\n`)
  return counts.fail === 0 ? exitCode.success : exitCode.failure
}

async function runFile(path: string, embedding: Embedding<Component, Instance>): Promise<Outcome[]> {
  const source = new Source(path, readScript(path))
  return runScript(parseScript(source), embedding)
}

function readScript(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new TenonError('file', `${path}: ${(error as Error).message}`, { cause: error })
  }
}

function embeddingWith(assemble: Assemble): Embedding<Component, Instance> {
  return {
    assemble: async (text) => {
      try {
        return await assemble(text)
      } catch (error) {
        throw new TenonError('decode', assemblerMessage(error), { cause: error })
      }
    },
    load: (bytes) => Component.fromBytes(bytes),
    instantiate: (component, registered) =>
      component.instantiate(
        Object.fromEntries(Array.from(registered, ([name, instance]) => [name, instance.exports])),
      ),
    exportedFunction: (instance, name) => {
      const call = instance.exports[name] as ((...args: unknown[]) => unknown) | undefined
      const known = call && exportedFunction(call)
      return known && { type: known.type, call }
    },
  }
}

function describeFailure(path: string, { line, directive, reason }: Outcome, style: Style): string {
  return `${style('bold', `${path}:${line}`)}: ${directive}: ${reason ?? ''}\n`
}
