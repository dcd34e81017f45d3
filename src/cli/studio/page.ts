import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { TenonError } from '../../errors.ts'

/** The studio's page, as `npm run build:studio` wrote it. */
export interface Page {
  readonly folder: string
  /** What it consists of, by paths in the folder with `/` between the parts: nothing else is ever served. */
  readonly files: ReadonlySet<string>
  /** To be sent with all of it: the policy first of all. */
  readonly headers: Readonly<Record<string, string>>
}

/** @throws {TenonError} code `file`, where the page is not there */
export function readPage(folder: string): Page {
  const headers = join(folder, 'headers.json')
  if (!existsSync(headers))
    throw new TenonError('file', "the studio's page is not built yet: npm run build:studio")
  const files = globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
  return {
    folder,
    files: new Set(files),
    headers: JSON.parse(readFileSync(headers, 'utf8')) as Record<string, string>,
  }
}
