import type { ExternType } from '../component/extern-type.ts'
import { interfaceTrack } from '../component/interface-path.ts'
import { version } from '../version.ts'
import type { Composition } from './composition.ts'
import { describeNode, type InstanceNode, type NodeId } from './composition-node.ts'
import { Identifiers, quoted } from './linker-program-names.ts'
import { importLines, isGivenByWasi, isLive } from './linker-program-imports.ts'

export interface LinkerProgramOptions {
  /**
   * Where the component of a package is: a path, seen from the program, or an address. Default: the package's name without its
   * namespace, `adder.wasm` of `docs:adder@1.0.0`, and with `-2`, `-3` … where several would be called so.
   */
  readonly fileOf?: ((packageName: string) => string) | undefined
  /** What the program is called in its comment. */
  readonly name?: string | undefined
}

/** TypeScript that does what a composition does. */
export interface LinkerProgram {
  readonly text: string
  /** It runs a command; else it has a function `instantiate`. */
  readonly isCommand: boolean
  /** What the composition leaves open and WASI does not give: parameters of the program, by their names. */
  readonly open: readonly string[]
  /** What it does otherwise than the component that the composition would be written as; each also stands in its comments. */
  readonly differences: readonly string[]
}

/**
 * A program that does with `Component.load` and `Linker` what a composition does: one file, which imports `tenon`, and `tenon/wasi` where
 * something imports WASI. Commands are run; of others, what they export is returned.
 *
 * @example
 * const component = await assemble('(component (import "log" (func)) (export "go" (func 0)))')
 * let [graph, id] = new Composition().add('docs:adder', component).instantiate('docs:adder')
 * const [aliased, go] = graph.alias(id, 'go')
 * const { text, open } = linkerProgram(aliased.export(go, 'start'))
 * open // ['log']
 * text.includes("await host.instantiate(await load('adder.wasm'))") // true
 */
export function linkerProgram(composition: Composition, options: LinkerProgramOptions = {}): LinkerProgram {
  return new ProgramText(composition, options).program()
}

type View = 'exports' | 'async'

/** An export that is a command, and the instance that has it. */
interface Command {
  readonly name: string
  readonly node: NodeId
  /** Nothing else is done with it, so that `Linker.run` can make it, run it, and end it. */
  readonly alone: NodeId | undefined
}

class ProgramText {
  readonly #composition: Composition
  readonly #options: LinkerProgramOptions
  readonly #identifiers = new Identifiers()
  readonly #variables = new Map<NodeId, string>()
  readonly #files = new Map<string, string>()
  readonly #differences: string[] = []
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
    this.#command = this.#findCommand()
  }

  program(): LinkerProgram {
    const body = [...this.#hostLines(), ...this.#instanceLines()]
    if (this.#command === undefined && this.#variables.size > 1) this.#differences.push(trapDifference)
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
      differences: this.#differences,
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

  #findCommand(): Command | undefined {
    const { exports, nodes } = this.#composition
    for (const [name, node] of exports) {
      if (!/^wasi:cli\/run(@|$)/.test(name)) continue
      const exported = nodes[node]!
      const owner = exported.kind === 'alias' && exported.export === name ? exported.instance : undefined
      const isAlone = owner !== undefined && nodes[owner]!.kind === 'instance' && this.#isOnly(owner, node)
      return { name, node, alone: isAlone ? owner : undefined }
    }
    return undefined
  }

  /** Whether an instance is there for one export of it alone, and that is all that is exported. */
  #isOnly(instance: NodeId, node: NodeId): boolean {
    const { exports } = this.#composition
    if ([...exports.values()].some((each) => each !== node)) return false
    return ![...this.#composition.edges()].some(
      ({ from, to }) => from === instance && to !== node && this.#isUsed(to),
    )
  }

  /** Aliases that nobody uses are not written. */
  #isUsed(id: NodeId): boolean {
    if (this.#composition.nodes[id]!.kind === 'instance') return true
    if ([...this.#composition.exports.values()].includes(id)) return true
    return [...this.#composition.edges()].some(({ from, to }) => from === id && this.#isUsed(to))
  }

  #headLines(): string[] {
    const { name = 'a composition' } = this.#options
    const lines = [
      '/**',
      ` * What ${commentText(name)} does, with Tenon's Linker. Made by Tenon ${version}; change it as you like.`,
    ]
    if (this.#open.size > 0)
      lines.push(' * What it leaves open is for whoever calls it: see `Imports` below.')
    lines.push(...this.#differences.map((each) => ` * ${commentText(each)}`), ' */')
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
      const value = this.#argument(node, name, argument)
      if (value !== undefined) given.push(`    ${quoted(name)}: ${value},`)
    }
    if (given.length === 0) return [`${before}host${call}`]
    return [`${before}new Linker()`, '  .define(host.imports)', '  .define({', ...given, '  })', `  ${call}`]
  }

  /** Undefined where there is nothing to give at run time, or the host gives it under that name. */
  #argument(node: InstanceNode, name: string, id: NodeId): string | undefined {
    if (!isLive(this.#composition.typeOf(id))) return undefined
    const given = this.#composition.nodes[id]!
    if (given.kind === 'import' && sameImport(given.name, name)) return undefined
    this.#tellOfHostMembers(node, name, id)
    return this.#value(id, 'exports')
  }

  /** What is exported or passed on. */
  #value(id: NodeId, view: View): string {
    const node = this.#composition.nodes[id]!
    switch (node.kind) {
      case 'instance':
        return `${this.#variables.get(id)!}.${view}`
      case 'alias':
        return `${this.#value(node.instance, view)}[${quoted(node.export)}]`
      case 'import':
        return `${isGivenByWasi(node.name) ? 'host.imports' : 'imports'}[${quoted(this.#importName(node.name))}]`
      case 'definition':
        return 'undefined'
    }
  }

  /** Under which name the composition imports it, which may be of a higher version. */
  #importName(name: string): string {
    return this.#composition.openImports.get(interfaceTrack(name))?.name ?? name
  }

  #tellOfHostMembers(node: InstanceNode, name: string, id: NodeId): void {
    const source = this.#composition.nodes[id]!
    if (source.kind !== 'alias' && source.kind !== 'import') return
    let outer = source
    while (outer.kind === 'alias') {
      const next = this.#composition.nodes[outer.instance]!
      if (next.kind !== 'alias' && next.kind !== 'import') return
      outer = next
    }
    if (source.kind === 'alias') {
      this.#differences.push(
        `\`${source.export}\` of \`${outer.name}\` is given to ${describeNode(node)} as \`${name}\`: the object that is given for \`${outer.name}\` needs it under its exact name.`,
      )
    } else if (isGivenByWasi(outer.name)) {
      this.#differences.push(
        `${describeNode(node)} gets \`${outer.name}\` as \`${name}\`: the linker knows it in one version only.`,
      )
    }
  }

  #returnLines(): string[] {
    const lines = (view: View): string[] =>
      [...this.#composition.exports].flatMap(([name, id]) => {
        if (!isLive(this.#composition.typeOf(id))) return []
        return [`    ${quoted(name)}: ${this.#value(id, view)},`]
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

/** Of versions that replace each other, the linker finds one for the other. */
function sameImport(a: string, b: string): boolean {
  return a === b || interfaceTrack(a) === interfaceTrack(b)
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
