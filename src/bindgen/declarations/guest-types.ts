import { camelCase } from '../../component/js-name.ts'
import { nameInPackage, type WitFunction, type WitWorld } from '../../wit/package.ts'
import { type Declared, declareTypes } from './declare-scope.ts'
import { docComment } from './doc-comment.ts'
import { printSignature } from './function.ts'
import type { TypesOptions } from './generate-types.ts'
import { claim, isReserved, propertyKey, quote } from './identifiers.ts'
import { type Layout, layOut, specifierOf } from './layout.ts'
import { indent, type Lines, printNames, separate } from './lines.ts'
import { docsOf } from './resource-class.ts'
import type { Member, Scope } from './scope.ts'
import type { TypeNames } from './value-type.ts'
import { type InterfaceScope, type WorldScopes, worldScopes } from './world-scopes.ts'

/**
 * Declarations for a guest that is written in JavaScript, as componentize-js has it: each interface is a module under its full name,
 * whatever file it is in, and so is each function that the world imports, as a default export. The world is a module that exports what a
 * guest has to. Files by their paths, the world's own first, which refers to the others.
 *
 * @example
 * const text = 'package a:b; world adder { import log: func(message: string); export add: func(a: s32, b: s32) -> s32; }'
 * const world = resolveWit({ files: [{ name: 'adder.wit', text }] }).main.worlds.get('adder')
 * guestTypes(world).get('adder.d.ts').includes("declare module 'a:b/adder'") // true
 */
export function guestTypes(
  world: WitWorld,
  { name = world.name }: Pick<TypesOptions, 'name'> = {},
): ReadonlyMap<string, string> {
  const scopes = worldScopes(world, name, 'guest')
  const layout = layOut(world, name, scopes.interfaces, () => 'interfaces')
  const modules = distinct(scopes.interfaces)
  return new Map([
    [layout.world, worldFile(scopes, layout, modules)],
    ...modules.map((one) => [layout.pathOf(one.scope), interfaceFile(scopes, one)] as const),
  ])
}

/** What is both imported and exported is one module: that which is imported. */
function distinct(interfaces: readonly InterfaceScope[]): readonly InterfaceScope[] {
  const first = new Map(interfaces.toReversed().map((one) => [one.key, one]))
  return interfaces.filter((one) => first.get(one.key) === one)
}

function worldFile(scopes: WorldScopes, layout: Layout, modules: readonly InterfaceScope[]): string {
  const { world, imports, exports } = scopes
  const name = nameOf(scopes)
  const files = modules.map(({ scope }) => specifierOf(layout.world, layout.pathOf(scope)))
  const instances = scopes.interfaces.filter(({ direction }) => direction === 'export')
  const members = exports.members(new Map(instances.map(({ key }) => [key, key])))
  const own = declareTypes(imports, (owner) => scopes.find(owner, 'import'), 'export ')
  const blocks = [...own.blocks, ...members.flatMap((member) => printExport(exports, member))]
  const functions = imports.functions.filter((fn) => !fn.name.startsWith('['))
  return printFile(
    files.map((file) => `/// <reference path="${file.replace(/\.js$/, '.d.ts')}" />`),
    [
      [
        ...docComment({ ...world, notes: [`What a guest of \`${name}\` exports.`] }),
        ...printModule(name, { ...own, blocks }, scopes),
      ],
      ...functions.map((fn) => printImportedFunction(imports, fn, name)),
    ],
  )
}

function interfaceFile(scopes: WorldScopes, { key, scope, item }: InterfaceScope): string {
  const own = declareTypes(scope, (owner) => scopes.find(owner, scope.direction), 'export ')
  const members = scope.members().filter(({ kind }) => kind === 'function')
  const blocks = [...own.blocks, ...members.flatMap((member) => printExport(scope, member))]
  return printFile([], [[...docComment(item.interface), ...printModule(key, { ...own, blocks }, scopes)]])
}

/** A function that the world imports by itself is the default export of a module. */
function printImportedFunction(scope: Scope, fn: WitFunction, world: string): Lines {
  const needed = new Set<string>()
  const { parameters, result } = printSignature(fn.type, scope.role, recording(scope, needed))
  const local = camelCase(fn.name)
  return [
    `declare module ${quote(fn.name)} {`,
    ...indent([
      ...(needed.size > 0 ? printNames('import type', [...needed], ` from ${quote(world)}`) : []),
      ...docsOf(scope, fn),
      `export default function ${isReserved(local) ? `${local}_` : local}${parameters}: ${result}`,
    ]),
    '}',
  ]
}

/** The scope's names, with a note of those that are asked for. */
function recording(scope: Scope, asked: Set<string>): TypeNames {
  return {
    nameOf(type) {
      const name = scope.nameOf(type)
      if (name !== undefined) asked.add(name)
      return name
    },
    global: (name) => scope.global(name),
    streamable: () => scope.streamable(),
    // What is remembered asks for no names.
    remember: (_type, _position, print) => scope.charged(print()),
  }
}

function printModule(name: string, { uses, blocks }: Declared, scopes: WorldScopes): Lines {
  const imports = Array.from(Map.groupBy(uses, ({ scope }) => scope)).flatMap(([scope, names]) => {
    const items = names.map(({ foreign, local }) => (foreign === local ? local : `${foreign} as ${local}`))
    return printNames('import type', items, ` from ${quote(scope.key ?? nameOf(scopes))}`)
  })
  const locals = uses.map(({ local }) => local)
  const exported = locals.length === 0 ? [] : printNames('export type', locals)
  const body = separate([imports, exported, ...blocks].flatMap((block) => [block, []]))
  return [`declare module ${quote(name)} {`, ...indent(body), '}']
}

/** A function, or all of an interface, under its short name; where it has none, under the exact one. */
function printExport(scope: Scope, member: Member): Lines[] {
  const key = member.keys.at(-1)!
  const isName = propertyKey(key) === key && !isReserved(key) && !scope.taken.has(key)
  if (member.kind === 'instance') return [[`export * as ${propertyKey(key)} from ${quote(member.type)}`]]
  if (member.kind === 'class') return []
  const local = isName ? key : claim(`${camelCase(member.keys[0]!)}_`, scope.taken)
  const { parameters, result } = printSignature(member.function.type, scope.role, scope)
  const declaration = `function ${local}${parameters}: ${result}`
  return [
    [...docsOf(scope, member.function), isName ? `export ${declaration}` : declaration],
    isName ? [] : [`export { ${local} as ${propertyKey(key)} }`],
  ]
}

function nameOf({ world }: WorldScopes): string {
  return nameInPackage(world.package, world.name)
}

function printFile(references: Lines, blocks: readonly Lines[]): string {
  const text = separate(blocks.flatMap((block) => [block, []])).join('\n')
  const lib = text.includes('Symbol.dispose]') ? ['/// <reference lib="esnext.disposable" />'] : []
  return `${['// For a guest. Generated by Tenon.', ...lib, ...references].join('\n')}\n\n${text}\n`
}
