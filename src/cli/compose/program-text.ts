import { dirname, relative, sep } from 'node:path'
import type { Composition } from '../../compose/composition.ts'
import { linkerProgram } from '../../compose/linker-program.ts'
import { UsageError } from '../../errors.ts'
import type { PackageFolder } from './package-folder.ts'

/**
 * The program that does what a composition does, with the components where they are.
 *
 * @param output where the program goes; undefined: the working directory
 * @throws {UsageError} a component that is no file of bytes
 */
export function programText(
  composition: Composition,
  packages: PackageFolder,
  name: string,
  output: string | undefined,
): string {
  const from = output === undefined || output === '-' ? '.' : dirname(output)
  const fileOf = (packageName: string): string => {
    const [own, version] = packageName.split('@')
    const path = packages.pathOf(own!, version)!
    if (path.endsWith('.wat')) {
      throw new UsageError(`${path} is text, and programs load bytes`, [
        `\`tenon parse\` makes them; then \`--dep ${packageName}=PATH\``,
      ])
    }
    return relative(from, path).split(sep).join('/')
  }
  return linkerProgram(composition, { name, fileOf }).text
}
