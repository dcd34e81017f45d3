import { WacEditError } from '../../../errors.ts'
import { packageNameCure, packageNameProblem } from '../../package-source.ts'
import type { PathSyntax } from '../syntax.ts'
import type { Draft } from './draft.ts'
import type { SetPackageAction } from './wac-action.ts'

export function setPackage(draft: Draft, { package: name }: SetPackageAction): void {
  checkDocumentName(name)
  const { package: own, statements, targets } = draft.syntax
  draft.replaceKeeping(own, name)
  const path = name.replace(/@.*$/s, '')
  const rename = ({ package: reference }: PathSyntax): void => {
    if (reference.name === own.name) draft.replaceKeeping(reference.nameSpan, path)
  }
  if (targets) rename(targets)
  for (const each of statements) {
    if (each.kind === 'import' && each.type.kind === 'path') rename(each.type.path)
  }
}

/** @throws {WacEditError} `name` */
export function checkDocumentName(name: string): void {
  const problem = packageNameProblem(name)
  if (problem === undefined) return
  throw new WacEditError('name', problem, { cure: packageNameCure })
}
