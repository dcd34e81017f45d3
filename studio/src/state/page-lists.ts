/** `examples/index.json` and `files/index.json`, beside the page. */
import type { Example } from '../contract/studio.ts'
import { arrayFrom, isName, recordFrom } from './layout-data.ts'

/** @returns none where the list is not there, or is no list */
export async function listBeside(folder: 'examples' | 'files'): Promise<readonly Example[]> {
  try {
    const response = await fetch(new URL(`${folder}/index.json`, document.baseURI))
    return response.ok ? examplesFrom(await response.json()) : []
  } catch {
    return []
  }
}

export function examplesFrom(data: unknown): readonly Example[] {
  return arrayFrom(data).flatMap((row) => {
    const { name, file, size, about, sha256 } = recordFrom(row)
    if (!isName(name) || !isName(file) || typeof size !== 'number') return []
    const hash = typeof sha256 === 'string' ? { sha256 } : {}
    return [{ name, file, size, about: typeof about === 'string' ? about : '', ...hash }]
  })
}
