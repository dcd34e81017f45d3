import { WacEditError } from '../../../errors.ts'
import type { ComponentType } from '../../../component/extern-type.ts'
import { nearest } from '../../../diagnostics/nearest.ts'
import { checked } from '../load-package.ts'
import { compareVersions, parseVersion } from '../../../component/names.ts'
import type { Draft } from './draft.ts'
import { formatStatement } from './format-statement.ts'
import { checkNewName, freeName } from './free-name.ts'
import { importedAs, passed } from './open-arguments.ts'
import { insertInstance } from './place-statement.ts'
import type { InstantiateAction } from './wac-action.ts'
import { written } from './written-name.ts'

/** @returns the name of the instance */
export function instantiate(draft: Draft, action: InstantiateAction): string {
  const found = find(draft, action.package)
  if (action.name !== undefined) checkNewName(draft, action.name)
  const name = action.name ?? freeName(draft, found.name)
  const args = [...importedArguments(draft, found.type), ...(found.type.imports.size > 0 ? ['...'] : [])]
  const braces = args.length > 0 ? `{ ${args.join(', ')} }` : '{}'
  insertInstance(draft, formatStatement(`let ${written(name)} = new ${found.name} ${braces};`))
  return name
}

/** What the text imports itself cannot be left open beside that. */
function importedArguments(draft: Draft, { imports }: ComponentType): string[] {
  return Array.from(imports.keys()).flatMap((name) => {
    const imported = importedAs(draft, name)
    return imported === undefined ? [] : [passed(draft, imports, name, imported)]
  })
}

/** In the version that is asked for; where none is, without one if that is there, else in the highest. */
function find(draft: Draft, wanted: string): { readonly name: string; readonly type: ComponentType } {
  const names = [...(draft.finder.names?.() ?? [])]
  const versions = names.filter((each) => each.startsWith(`${wanted}@`)).sort(compareByVersion)
  for (const name of [wanted, ...versions.reverse()]) {
    const [path, version] = name.split('@')
    const found = draft.finder.find(path!, version)
    if (found?.kind === 'wit')
      throw new WacEditError('package', `package \`${name}\` is WIT: there is no component in it`, {
        cure: 'only components can be instantiated',
      })
    if (found !== undefined) return { name, type: checked(found, name).type }
  }
  const near = nearest(wanted, names)
  throw new WacEditError('package', `there is no package \`${wanted}\``, {
    cure: near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'add the component first',
  })
}

/** The lower version first. */
function compareByVersion(a: string, b: string): number {
  const [x, y] = [a, b].map((each) => parseVersion(each.split('@')[1]!))
  return x && y && !('problem' in x) && !('problem' in y) ? compareVersions(x, y) : 0
}
