/** The composition as files that the command line composes and Node runs. */
import type { FolderFile } from './zip.ts'

/**
 * @param stem of the names of the composition's own files: `calculator`
 * @param text WAC
 * @param program TypeScript; undefined where there is none
 * @param packages all that the text needs, by their names
 * @param paths where they lie, from the texts (`file-names.ts`)
 */
export function compositionFolder(
  stem: string,
  text: string,
  program: string | undefined,
  packages: ReadonlyMap<string, ArrayBuffer>,
  paths: ReadonlyMap<string, string>,
): FolderFile[] {
  const encoder = new TextEncoder()
  const components = Array.from(packages, ([name, bytes]) => ({
    path: `${stem}/${paths.get(name)!}`,
    bytes: new Uint8Array(bytes),
  }))
  const texts = [
    { path: `${stem}/${stem}.wac`, text },
    ...(program === undefined ? [] : [{ path: `${stem}/${stem}.ts`, text: program }]),
  ]
  return [...texts.map(({ path, text }) => ({ path, bytes: encoder.encode(text) })), ...components]
}
