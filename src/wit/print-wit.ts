import type { DecodedWit } from './decode-wit.ts'
import { printPackage } from './print-package.ts'

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
export function printWit({ main, packages, unprintable = [] }: Partial<DecodedWit> & WitToPrint): string {
  const others = packages.filter((one) => one !== main)
  const text = printPackage(main, others)
  if (unprintable.length === 0) return text
  const comments = unprintable.map(
    ({ direction, path, what }) => `// ${direction} ${path.join(' › ')}: ${what}, which WIT cannot say\n`,
  )
  return `${text}\n${comments.join('')}`
}

type WitToPrint = Pick<DecodedWit, 'main' | 'packages'>
