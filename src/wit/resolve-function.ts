import type { FunctionType } from '../component/extern-type.ts'
import type { Field, OwnType, ValueType } from '../component/value-type.ts'
import { excludedDetails, excludedReference } from './excluded.ts'
import type { Gates } from './gates.ts'
import type { PackageName, ResourceHandles, WitFunction } from './package.ts'
import { brokenHandles, TypeResolver } from './resolve-type.ts'
import type {
  Annotations,
  Identifier,
  ResourceDefinitionSyntax,
  ResourceFunctionSyntax,
  SignatureSyntax,
} from './syntax.ts'
import type { Name, TypeScope } from './type-scope.ts'

interface FunctionSource extends Annotations {
  readonly name: Identifier
  readonly signature: SignatureSyntax
}

/** Looks up the types of functions in one scope. */
export class FunctionResolver {
  readonly #scope: TypeScope
  readonly #package: PackageName
  readonly #gates: Gates
  readonly #types: TypeResolver

  constructor(scope: TypeScope, owner: PackageName, gates: Gates) {
    this.#scope = scope
    this.#package = owner
    this.#gates = gates
    this.#types = new TypeResolver(scope)
  }

  /** Undefined where a gate leaves it out, or a name that stands for its type is none of a function type. */
  function(syntax: FunctionSource): WitFunction | undefined {
    this.#types.begin()
    const { reference } = syntax.signature
    if (reference !== undefined) return this.#named(syntax, reference)
    const parameters = this.#parameters(syntax, [])
    return this.#finish(syntax, syntax.name.name, parameters, this.#result(syntax))
  }

  #named(syntax: FunctionSource, reference: Identifier): WitFunction | undefined {
    const type = this.#typeNamed(reference)
    const { parameters, result } = type ?? { parameters: [], result: undefined }
    const made = this.#finish(syntax, syntax.name.name, parameters, result)
    return made && type && { ...made, type }
  }

  #typeNamed({ name, ...span }: Identifier): FunctionType | undefined {
    const found = this.#scope.names.get(name)
    if (found?.kind === 'function-type') return found.type
    if (found?.kind === 'broken') return undefined
    const names = [...this.#scope.names].filter(([, { kind }]) => kind === 'function-type')
    const known = this.#scope.didYouMean(
      name,
      names.map(([each]) => each),
    )
    const message = found ? `\`${name}\` is not a function type` : `undefined name \`${name}\``
    this.#scope.report(span, message, {
      related: found ? [{ ...found.place, text: 'defined here' }] : [],
      notes: known,
    })
    return undefined
  }

  /** Those of the resource's functions that no gate leaves out. */
  *functionsOf({ name, functions }: ResourceDefinitionSyntax): Generator<WitFunction> {
    const found = this.#scope.names.get(name.name)
    const handles = (found?.kind === 'type' ? found.definition.handles : undefined) ?? brokenHandles
    const seen = new Map<string, Identifier>()
    for (const syntax of functions) {
      const other = seen.get(syntax.role === 'constructor' ? '' : syntax.name.name)
      if (other !== undefined) {
        const isConstructor = syntax.role === 'constructor'
        const message = isConstructor
          ? 'duplicate constructors'
          : `duplicate function name \`${syntax.name.name}\``
        this.#scope.report(syntax.name, message, {
          related: [{ ...this.#scope.place(other), text: 'first defined here' }],
        })
        continue
      }
      seen.set(syntax.role === 'constructor' ? '' : syntax.name.name, syntax.name)
      const made = this.#member(syntax, name.name, handles, found)
      if (made !== undefined) yield made
    }
  }

  #member(
    syntax: ResourceFunctionSyntax,
    owner: string,
    { own, borrow }: ResourceHandles,
    found: Name | undefined,
  ): WitFunction | undefined {
    this.#types.begin()
    if (found?.kind === 'excluded') this.#types.excluded = found
    const isConstructor = syntax.role === 'constructor'
    const self: Field[] = [{ name: 'self', type: borrow }]
    const parameters = this.#parameters(syntax, syntax.role === 'method' ? self : [])
    this.#types.borrows = false
    const result = isConstructor ? this.#constructed(syntax, own) : this.#result(syntax)
    const label = isConstructor ? owner : `${owner}.${syntax.name.name}`
    return this.#finish(syntax, `[${syntax.role}]${label}`, parameters, result)
  }

  #parameters({ signature }: FunctionSource, first: readonly Field[]): Field[] {
    const fields = [...first]
    const seen = new Map<string, Identifier | undefined>()
    for (const { name } of first) seen.set(name, undefined)
    for (const syntax of signature.parameters) {
      const { name } = syntax
      const key = name.name.toLowerCase()
      if (seen.has(key)) {
        const other = seen.get(key)
        this.#scope.report(name, `param \`${name.name}\` is defined more than once`, {
          related: other ? [{ ...this.#scope.place(other), text: 'first defined here' }] : [],
          notes: other ? [] : ['a method has a parameter `self` already'],
        })
      }
      seen.set(key, name)
      fields.push(this.#types.field(syntax, 0))
    }
    return fields
  }

  #result({ signature }: FunctionSource): ValueType | undefined {
    this.#types.borrows = false
    return this.#types.optional(signature.result, 0)
  }

  /** WIT.md, "Item: `resource`": none is written, or a `result` whose first type is the resource. */
  #constructed(syntax: FunctionSource, handle: OwnType): ValueType {
    const written = syntax.signature.result
    if (written === undefined) return handle
    const type = this.#types.type(written, 0)
    if (type.kind !== 'result') {
      this.#scope.report(written, 'if a constructor return type is declared it must be a `result`')
    } else if (type.ok?.kind !== 'own' || type.ok.resource !== handle.resource) {
      const place = written.kind === 'result' ? (written.ok ?? written) : written
      this.#scope.report(place, 'the `ok` type must be the resource being constructed')
    }
    return type
  }

  #finish(
    syntax: FunctionSource,
    name: string,
    parameters: readonly Field[],
    result: ValueType | undefined,
  ): WitFunction | undefined {
    const { source } = this.#scope
    const { borrows, excluded } = this.#types
    const stability = this.#gates.stability(source, syntax.attributes)
    const externalId = this.#gates.externalId(source, syntax.attributes)
    const place = this.#scope.place(syntax.name)
    if (stability && !this.#gates.includes(stability, this.#package, place)) return undefined
    if (excluded !== undefined)
      this.#scope.report(syntax.name, excludedReference('a type'), excludedDetails(excluded))
    if (borrows)
      this.#scope.report(
        syntax.name,
        `function \`${name}\` returns a type which contains a \`borrow<T>\` which is not supported`,
        {
          related: syntax.signature.result
            ? [{ ...this.#scope.place(syntax.signature.result), text: 'the result' }]
            : [],
          notes: ['a borrow ends with the call: return an owned handle'],
        },
      )
    const type: FunctionType = { kind: 'function', async: syntax.signature.async, parameters, result }
    return { kind: 'function', name, type, docs: syntax.docs, stability, externalId, place }
  }
}
