/** Which properties the exports of a Plan have: computed once, filled for each instance. */
import type { ComponentItem, FunctionItem, Item, ModuleItem, PlanExport } from '../compile/plan.ts'
import type { FunctionType } from '../component/extern-type.ts'
import { assignShortNames, type Collision, memberNames, parseName, shortNamesOf } from './names.ts'

export interface ExportShape {
  readonly entries: readonly ExportEntry[]
  /** Short names that nobody has. */
  readonly collisions: readonly Collision[]
}

/** `keys`: the exact name first, then the short ones. */
export type ExportEntry = { readonly keys: readonly string[] } & (
  | FunctionEntry
  | { readonly kind: 'instance'; readonly id: number; readonly shape: ExportShape }
  | { readonly kind: 'class'; readonly resource: number; readonly members: readonly ClassMember[] }
  | { readonly kind: 'core-module'; readonly module: ModuleItem }
  | { readonly kind: 'component'; readonly component: ComponentItem; readonly path: readonly string[] }
)

export interface FunctionEntry {
  readonly kind: 'function'
  readonly function: FunctionItem
  readonly type: FunctionType
}

export interface ClassMember extends FunctionEntry {
  readonly role: 'constructor' | 'method' | 'static'
  /** The full extern name. */
  readonly exact: string
  readonly keys: readonly string[]
}

type VisibleItem = Exclude<Item, { kind: 'type' }>
type VisibleExport = PlanExport & { readonly item: VisibleItem }

/** `path`: the names of the instances that lead here. */
export function exportShape(exports: readonly PlanExport[], path: readonly string[] = []): ExportShape {
  return new ShapeMaker().shape(exports, path)
}

class ShapeMaker {
  /** By id: instances may be exported under several names. */
  readonly #instances = new Map<number, ExportShape>()

  shape(exports: readonly PlanExport[], path: readonly string[]): ExportShape {
    const members = membersByResource(exports)
    const visible = exports.filter(isVisible)
    const { short, collisions } = assignShortNames(
      new Map(visible.map(({ name, item }) => [name, shortNamesOf(name, item.kind)])),
    )
    const entries = visible.map(({ name, item }): ExportEntry => {
      const keys = [name, ...(short.get(name) ?? [])]
      return { keys, ...this.#entry(name, item, path, members.get(name) ?? []) }
    })
    return { entries, collisions }
  }

  #entry(name: string, item: VisibleItem, path: readonly string[], members: readonly ClassMember[]) {
    switch (item.kind) {
      case 'instance':
        return { kind: item.kind, id: item.id, shape: this.#instance(item, [...path, name]) }
      case 'resource':
        return { kind: 'class' as const, resource: item.resource, members }
      case 'component':
        return { kind: item.kind, component: item.component, path: [...path, name] }
      default:
        return item
    }
  }

  #instance({ id, exports }: Item & { kind: 'instance' }, path: readonly string[]): ExportShape {
    const known = this.#instances.get(id)
    if (known) return known
    const shape = this.shape(exports, path)
    this.#instances.set(id, shape)
    return shape
  }
}

/** Constructors, methods and statics, by the name of their resource. */
function membersByResource(exports: readonly PlanExport[]): ReadonlyMap<string, readonly ClassMember[]> {
  const members = new Map<string, (Omit<ClassMember, 'keys'> & { readonly label: string | undefined })[]>()
  for (const { name, item } of exports) {
    const parts = parseName(name)
    if (item.kind !== 'function') continue
    if (parts?.kind !== 'constructor' && parts?.kind !== 'method' && parts?.kind !== 'static') continue
    const label = parts.kind === 'constructor' ? undefined : parts.label
    const member = { ...item, role: parts.kind, exact: name, label }
    const others = members.get(parts.resource)
    if (others) others.push(member)
    else members.set(parts.resource, [member])
  }
  return new Map(Array.from(members, ([resource, all]) => [resource, withKeys(all)]))
}

function withKeys(
  members: readonly (Omit<ClassMember, 'keys'> & { readonly label: string | undefined })[],
): readonly ClassMember[] {
  const labels = members.flatMap(({ label }) => label ?? [])
  const keys = new Map(memberNames(labels).map((names, i) => [labels[i], names]))
  return members.map(({ label, ...member }) => ({ ...member, keys: keys.get(label) ?? [] }))
}

/** Types that are no resources have nothing at run time, and members stand on the class of their resource. */
function isVisible(exported: PlanExport): exported is VisibleExport {
  return exported.item.kind !== 'type' && !exported.name.startsWith('[')
}
