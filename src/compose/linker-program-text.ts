import type { ExternType } from '../component/extern-type.ts'
import { version } from '../version.ts'
import type { Composition } from './composition.ts'
import type { InstanceNode, NodeId } from './composition-node.ts'
import type { LinkerProgram, LinkerProgramOptions } from './linker-program.ts'
import { type Command, commandOf } from './linker-program-command.ts'
import { isGivenByWasi } from './given-by-wasi.ts'
import { importLines, isLive } from './linker-program-imports.ts'
import { Identifiers, quoted } from './linker-program-names.ts'
import { ProgramValues, type View } from './linker-program-values.ts'

/** The text of one program, written once. */
export class ProgramText {
  readonly #composition: Composition
  readonly #options: LinkerProgramOptions
  readonly #identifiers = new Identifiers()
  readonly #variables = new Map<NodeId, string>()
  readonly #files = new Map<string, string>()
  readonly #values: ProgramValues
  readonly #open: ReadonlyMap<string, ExternType>
  readonly #usesWasi: boolean
  readonly #command: Command | undefined

  constructor(composition: Composition, options: LinkerProgramOptions) {
    this.#composition = composition
    this.#options = options
    const imports = [...composition.imports.values()].filter(({ type }) => isLive(type))
    this.#usesWasi = imports.some(({ name }) => isGivenByWasi(name))
    this.#open = new Map(
      imports.filter(({ name }) => !isGivenByWasi(name)).map(({ name, type }) => [name, type]),
    )
    for (const [id, node] of this.#instances()) this.#variables.set(id, this.#variableFor(node))
    this.#values = new ProgramValues(composition, this.#variables)
    this.#command = commandOf(composition)
  }

  program(): LinkerProgram {
    const body = [...this.#hostLines(), ...this.#instanceLines()]
    if (this.#command === undefined && this.#variables.size > 1) this.#values.differences.push(trapDifference)
    const end = this.#command?.alone === undefined ? this.#returnLines() : this.#runLines(this.#command.alone)
    const text = [
      ...this.#headLines(),
      ...this.#importLines(),
      ...importLines(this.#open),
      ...this.#functionLines([...body, ...end]),
      ...this.#commandLines(),
    ]
    return {
      text: `${text.join('\n')}\n`,
      isCommand: this.#command !== undefined,
      open: [...this.#open.keys()],
      differences: this.#values.differences,
    }
  }

  *#instances(): Generator<[NodeId, InstanceNode]> {
    for (const [id, node] of this.#composition.nodes.entries()) {
      if (node.kind === 'instance') yield [id as NodeId, node]
    }
  }

  #variableFor({ label, package: name }: InstanceNode): string {
    return this.#identifiers.take(label ?? name.replace(/@.*$/, '').split(':').at(-1)!)
  }

  #headLines(): string[] {
    const { name = 'a composition' } = this.#options
    const lines = [
      '/**',
      ` * What ${commentText(name)} does, with Tenon's Linker. Made by Tenon ${version}; change it as you like.`,
    ]
    if (this.#open.size > 0)
      lines.push(' * What it leaves open is for whoever calls it: see `Imports` below.')
    lines.push(...this.#values.differences.map((each) => ` * ${commentText(each)}`), ' */')
    return lines
  }

  #importLines(): string[] {
    const byHand = this.#command !== undefined && this.#command.alone === undefined
    const names = ['Component', 'Linker', ...(byHand ? ['ComponentError', 'ExitError'] : [])]
    if ([...this.#open.values()].some(({ kind }) => kind === 'instance')) names.push('type Exports')
    const wasi = this.#usesWasi ? ["import { wasi } from 'tenon/wasi'"] : []
    const sorted = names.toSorted((a, b) => a.replace('type ', '').localeCompare(b.replace('type ', '')))
    return [
      `import { ${sorted.join(', ')} } from 'tenon'`,
      ...wasi,
      '',
      '/** Components lie where the program does. */',
      'const load = (file: string) => Component.load(new URL(file, import.meta.url))',
      '',
    ]
  }

  #hostLines(): string[] {
    const linker = 'const host = new Linker()'
    const lines: string[] = []
    if (this.#usesWasi) {
      const program = this.#command ? quoted(this.#programName()) : quoted('app')
      lines.push(
        '// What all components may use. To grant more, such as files: see `WasiOptions`.',
        `${linker}.define(`,
        `  wasi({ args: [${program}, ...process.argv.slice(2)], stdin: 0, stdout: 1, stderr: 2 }),`,
        ')',
      )
    } else lines.push(linker)
    if (this.#open.size > 0) lines.push('host.define(imports)')
    return [...lines, '']
  }

  /** What a command finds as its own name. */
  #programName(): string {
    const { nodes } = this.#composition
    let node = nodes[this.#command!.node]!
    while (node.kind === 'alias') node = nodes[node.instance]!
    return node.kind === 'instance' ? this.#fileOf(node.package).replace(/^.*\//, '') : 'app'
  }

  #instanceLines(): string[] {
    return [...this.#instances()].flatMap(([id, node]) => {
      const variable = this.#variables.get(id)!
      const component = `await load(${quoted(addressOf(this.#fileOf(node.package)))})`
      // `Linker.run` makes its instance itself.
      if (this.#command?.alone === id) return [`const ${variable} = ${component}`]
      return this.#callLines(`const ${variable} = await `, node, `.instantiate(${component})`)
    })
  }

  /** What a linker does for an instance: one that knows what all know, and what this one is given. */
  #callLines(before: string, node: InstanceNode, call: string): string[] {
    const given: string[] = []
    for (const [name, argument] of node.arguments) {
      const value = this.#values.argument(node, name, argument)
      if (value !== undefined) given.push(`    ${quoted(name)}: ${value},`)
    }
    if (given.length === 0) return [`${before}host${call}`]
    return [`${before}new Linker()`, '  .define(host.imports)', '  .define({', ...given, '  })', `  ${call}`]
  }

  #returnLines(): string[] {
    const lines = (view: View): string[] =>
      [...this.#composition.exports].flatMap(([name, id]) => {
        if (!isLive(this.#composition.typeOf(id))) return []
        return [`    ${quoted(name)}: ${this.#values.value(id, view)},`]
      })
    const instances = [...this.#variables.values()]
    return [
      '',
      'return {',
      '  exports: {',
      ...lines('exports'),
      '  },',
      '  /** The promise view: these calls may wait. */',
      '  async: {',
      ...lines('async'),
      '  },',
      '  dispose(): void {',
      ...instances.toReversed().map((each) => `    ${each}.dispose()`),
      '  },',
      '}',
    ]
  }

  #runLines(instance: NodeId): string[] {
    const node = this.#composition.nodes[instance] as InstanceNode
    const others = [...this.#variables].filter(([id]) => id !== instance).map(([, each]) => each)
    const call = `.run(${this.#variables.get(instance)!})`
    if (others.length === 0) return this.#callLines('return ', node, call)
    return [
      'try {',
      ...this.#callLines('return await ', node, call).map((line) => `  ${line}`),
      '} finally {',
      ...others.toReversed().map((each) => `  ${each}.dispose()`),
      '}',
    ]
  }

  #functionLines(body: readonly string[]): string[] {
    const parameter = this.#open.size > 0 ? 'imports: Imports' : ''
    const isRun = this.#command?.alone !== undefined
    const signature = isRun ? `run(${parameter}): Promise<number>` : `instantiate(${parameter})`
    return [
      isRun ? '/** Runs the command; the answer is its exit code. */' : '/** Makes all instances. */',
      `export async function ${signature} {`,
      ...body.map((line) => (line === '' ? '' : `  ${line}`)),
      '}',
    ]
  }

  /** What is done when the program is started. */
  #commandLines(): string[] {
    if (this.#command === undefined) return []
    const { name, alone } = this.#command
    const helper =
      alone === undefined
        ? [
            '',
            '/** Runs the command; the answer is its exit code. */',
            `export async function run(${this.#open.size > 0 ? 'imports: Imports' : ''}): Promise<number> {`,
            `  const made = await instantiate(${this.#open.size > 0 ? 'imports' : ''})`,
            '  try {',
            `    await made.async[${quoted(name)}].run()`,
            '    return 0',
            '  } catch (error) {',
            '    if (error instanceof ExitError) return error.exitCode',
            '    if (error instanceof ComponentError) return 1',
            '    throw error',
            '  } finally {',
            '    made.dispose()',
            '  }',
            '}',
          ]
        : []
    const start =
      this.#open.size > 0
        ? ['// Fill in what is left open, and start it:', '// process.exitCode = await run({ … })']
        : ['process.exitCode = await run()']
    return [...helper, '', ...start]
  }

  #fileOf(name: string): string {
    const known = this.#files.get(name)
    if (known !== undefined) return known
    const file = this.#options.fileOf?.(name) ?? this.#ownFile(name)
    this.#files.set(name, file)
    return file
  }

  #ownFile(name: string): string {
    const short = name.replace(/@.*$/, '').split(':').at(-1)!
    const taken = new Set(this.#files.values())
    for (let i = 1; ; i++) {
      const file = i === 1 ? `${short}.wasm` : `${short}-${i}.wasm`
      if (!taken.has(file)) return file
    }
  }
}

const trapDifference =
  'A trap ends the instances that its call is in. The others can still be called; as one component all of them would have ended.'

/** A path as a relative address; an address as it is. */
function addressOf(file: string): string {
  if (/^[a-z][a-z0-9+.-]+:/i.test(file)) return file
  return encodeURI(file).replaceAll('?', '%3F').replaceAll('#', '%23')
}

/** Names and labels are others' words: they end no comment. */
function commentText(text: string): string {
  return text.replaceAll('*/', '*\\/').replaceAll(/\s+/g, ' ')
}
