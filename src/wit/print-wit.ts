import type { DecodedWit } from './decode-wit.ts'
import { forbiddenCharacters } from './forbidden-characters.ts'
import { printPackage } from './print-package.ts'
import type { Unprintable } from './world-reader.ts'

type WitToPrint = Pick<DecodedWit, 'main' | 'packages'> & Partial<Pick<DecodedWit, 'unprintable'>>

/**
 * What a component says in WIT as one text: its package first, then those that it needs. What WIT has no words for stands at the end, in
 * comments.
 *
 * @example
 * printWit(decodeWit(decode(bytes)))
 * // package root:component;
 * //
 * // world root {
 * //   export add: func(a: s32, b: s32) -> s32;
 * // }
 */
export function printWit({ main, packages, unprintable = [] }: WitToPrint): string {
  const others = packages.filter((one) => one !== main)
  const text = printPackage(main, others)
  return unprintable.length === 0 ? text : `${text}\n${unprintable.map(printComment).join('')}`
}

/** Names that say where to find something can have any characters. */
function printComment({ direction, path, what }: Unprintable): string {
  const line = `${direction} ${path.join(' › ')}: ${what}, which WIT cannot say`
  return `// ${line.replace(/[\n\r]/g, '\ufffd').replace(forbiddenCharacters, '\ufffd')}\n`
}
