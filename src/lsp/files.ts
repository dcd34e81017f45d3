/** What the server reads of a disk. Both take paths with `/`, and none of them throws. */
export interface Files {
  /** Undefined where there is no such file. */
  read(path: string): Uint8Array | undefined
  /** What is in a folder, in no particular order; nothing where there is no such folder. */
  list(folder: string): readonly { readonly name: string; readonly isFolder: boolean }[]
}
