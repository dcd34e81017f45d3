/** What users see of an instance, as it is written. */
import type { ClassMember, ExportEntry, ExportShape, FunctionEntry } from '../../runtime/export-shape.ts'
import type { ExternText } from './extern-text.ts'
import type { FunctionText } from './function-text.ts'
import { commentText, keyText } from './literal-text.ts'
import { indented, type PlanScope } from './plan-scope.ts'

export class ExportText {
  readonly #scope: PlanScope
  readonly #functions: FunctionText
  readonly #externs: ExternText
  readonly #names = new Map<string, string>()
  readonly #instances = new Map<number, string>()
  /** They make what more than one name stands for, in each view. */
  readonly #statements: string[] = []

  constructor(scope: PlanScope, functions: FunctionText, externs: ExternText) {
    this.#scope = scope
    this.#functions = functions
    this.#externs = externs
  }

  /** A function from a view to the exports in it, as an expression. */
  view(shape: ExportShape): string {
    const exports = this.#object(shape)
    if (this.#statements.length === 0) return `(view) => ${exports}`
    return ['(view) => {', ...indented([...this.#statements, `return ${exports}`]), '}'].join('\n')
  }

  #object({ entries }: ExportShape): string {
    const exact: string[] = []
    const properties = entries.flatMap((entry) => {
      const value = this.#value(entry, exact)
      return entry.keys.map((key) => `${keyText(key)}: ${value},`)
    })
    const object = [`${this.#scope.use('bare')}({`, ...indented(properties), '})'].join('\n')
    return exact.reduce(
      (inner, members) => `${this.#scope.use('withExactNames')}(${inner}, ${members}, view)`,
      object,
    )
  }

  /** `exact` gets the lists of members that have to be there under their exact names, too. */
  #value(entry: ExportEntry, exact: string[]): string {
    switch (entry.kind) {
      case 'function':
        return `view(${this.#function(entry, entry.keys[0]!)})`
      case 'instance': {
        const known = this.#instances.get(entry.id)
        if (known !== undefined) return known
        const name = this.#declared('interface', entry, this.#object(entry.shape))
        this.#instances.set(entry.id, name)
        return name
      }
      case 'class': {
        const members = this.#members(entry.members)
        if (entry.members.length > 0) exact.push(members)
        const args = `given.resources[${entry.resource}], ${members}, view, instance0`
        return this.#declared('class', entry, `${this.#scope.use('exportedClass')}(${args})`)
      }
      case 'core-module':
        return entry.module.from === 'file'
          ? `modules[${this.#scope.core.original(entry.module.module)}]`
          : `given.modules[${entry.module.module}].original`
      case 'component': {
        const name = this.#scope.module.name('component')
        const args = `${this.#externs.component(entry.component)}, ${this.#scope.data(entry.path.join('#'))}`
        this.#scope.line(`const ${name} = ${this.#scope.use('exportedComponent')}(${args})`)
        return name
      }
    }
  }

  #declared(hint: string, { keys }: ExportEntry, value: string): string {
    const name = this.#scope.module.name(hint)
    this.#statements.push(`// ${commentText(keys[0]!)}`, `const ${name} = ${value}`)
    return name
  }

  #members(members: readonly ClassMember[]): string {
    const { module } = this.#scope
    const lines = members.map((member) => {
      const { role, exact, keys } = member
      const data = Object.entries({ role, exact, keys }).map(
        ([key, value]) => `${key}: ${module.data(value)}`,
      )
      return `  { ${data.join(', ')}, lifted: ${this.#function(member, exact)} },`
    })
    const name = module.name('members')
    this.#scope.line([`const ${name} = [`, ...lines, ']'].join('\n'))
    return name
  }

  /** Declares a function that users get; returns its name. */
  #function(entry: FunctionEntry, name: string): string {
    const key = this.#scope.data(entry.function)
    const known = this.#names.get(key)
    if (known !== undefined) return known
    const local = this.#scope.module.name('export')
    this.#names.set(key, local)
    const made = this.#functions.exported(entry)
    this.#scope.line(`// ${commentText(name)}\nconst ${local} = ${made}`)
    return local
  }
}
