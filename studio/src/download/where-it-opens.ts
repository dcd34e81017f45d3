/** Of a link: what whoever is sent it must know, where it does not open for everybody. */
export interface Reach {
  /** Up to the `#`. */
  readonly address: string
  readonly from: 'this machine' | 'this network'
}

/**
 * @param link to a composition in this page
 * @param isLocalStudio the page comes from `tenon studio`, and from no web host
 * @returns undefined where anybody can open it
 *
 * @example
 * reachOf('http://127.0.0.1:4000/#share=abc', true) // { address: 'http://127.0.0.1:4000/', from: 'this machine' }
 */
export function reachOf(link: string, isLocalStudio: boolean): Reach | undefined {
  const url = new URL(link)
  const isLoopback = /^(?:localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname)
  if (!isLoopback && !isLocalStudio) return undefined
  return { address: link.split('#')[0]!, from: isLoopback ? 'this machine' : 'this network' }
}

/** `tenon studio` forbids its page to be kept: its address may be another program's tomorrow. */
export function isLocalStudio(): boolean {
  return document.querySelector<HTMLMetaElement>('meta[name="offline"]')?.content === 'no'
}
