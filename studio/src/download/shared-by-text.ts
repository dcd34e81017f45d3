import type { SharedBy } from '../contract/studio.ts'

/** How a package goes along with a link, for whoever sends it. */
export const sharedByText: Readonly<Record<SharedBy['by'], string>> = {
  inline: 'in the link',
  example: 'by reference, as one of the examples',
  address: 'by its address: whoever opens the link is asked before it is fetched',
  hash: 'not in the link: whoever opens it is asked for the file',
}

/** Characters that mails, chats and their programs pass on without cutting. */
const safeLength = 2_000

/** @param length of the link, in characters */
export function linkNote(length: number): string {
  const size = `${length.toLocaleString('en')} characters`
  return length <= safeLength ? size : `${size}: some chats and mail programs cut links that are so long`
}
