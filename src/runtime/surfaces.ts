/** Core modules and components that are only known at run time, against what was declared of them, by names and kinds. */
import type { ComponentSurface, CoreKind, ExternKind, ModuleSurface, Plan } from '../compile/plan.ts'
import type { LinkableModule } from './core-module.ts'

/** How a module differs from what was declared; undefined where it fits. The engine checks the types. */
export function moduleMismatch(
  { module, memories, start }: LinkableModule,
  declared: ModuleSurface,
): string | undefined {
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (from === memories?.module) continue
    const known = declared.imports.some(
      (one) => one.module === from && one.name === name && one.kind === coreKind(kind),
    )
    if (!known) return `a core module that imports the ${kind} \`${from}\` \`${name}\``
  }
  const exports = new Map(WebAssembly.Module.exports(module).map(({ name, kind }) => [name, coreKind(kind)]))
  if (start !== undefined) exports.delete(start)
  for (const { name, kind } of declared.exports) {
    if (exports.get(name) !== kind) return `a core module without the ${kind} export \`${name}\``
  }
  return undefined
}

/** The engine's word for each kind; `tag` is one that TypeScript's library does not know. */
function coreKind(kind: string): CoreKind {
  return kind === 'function' ? 'func' : (kind as CoreKind)
}

/** How a component differs from what was declared; undefined where it fits. */
export function componentMismatch(plan: Plan, declared: ComponentSurface): string | undefined {
  for (const { name, item } of plan.imports) {
    const given = declared.imports.find((one) => one.name === name)
    if (!given) return `a component that imports \`${name}\``
    if (!fits(given.kind, item.kind)) {
      return `a component that imports \`${name}\` as a ${item.kind}, not a ${given.kind}`
    }
  }
  for (const { name, kind } of declared.exports) {
    const found = plan.exports.find((one) => one.name === name)
    if (!found) return `a component without the export \`${name}\``
    if (!fits(found.item.kind, kind)) {
      return `a component that exports \`${name}\` as a ${found.item.kind}, not a ${kind}`
    }
  }
  return undefined
}

/** What is known as a type may turn out to be a resource type. */
function fits(given: ExternKind, wanted: ExternKind): boolean {
  return given === wanted || wanted === 'type' || (given === 'type' && wanted === 'resource')
}
