import { semverTrack } from '../../component/semver.ts'
import type { PackageName } from '../package.ts'

/** `ns:pkg` */
export function baseName({ namespace, package: own }: PackageName): string {
  return `${namespace}:${own}`
}

/** `ns:pkg/name` */
export function pathOf({
  package: home,
  name,
}: {
  readonly package: PackageName
  readonly name: string | undefined
}): string {
  return `${baseName(home)}/${name}`
}

/** `ns:pkg/name#member` */
export function pathIn(path: string, name: string): string {
  return `${path}#${name}`
}

/** As people call it: `[method]file.read` is `file.read`. */
export function memberName(name: string): string {
  const [, kind, rest = name] = /^\[([a-z]+)\](.*)$/.exec(name) ?? []
  return kind === 'constructor' ? `${rest} constructor` : rest
}

/** Whether versions of another package take each other's place: on one track, or both without one. */
export function isSameTrack(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined ? a === b : semverTrack(a) === semverTrack(b)
}
