/**
 * The path of a `file:` URI, with `/` between its parts, on Windows too; what is no file, such as a text that was never saved, is its
 * own path.
 *
 * @example
 * pathOf('file:///home/me/my%20app.wit') // /home/me/my app.wit
 * pathOf('file:///c%3A/app.wit') // c:/app.wit
 */
export function pathOf(uri: string): string {
  if (!uri.startsWith('file://')) return uri
  try {
    const { pathname } = new URL(uri)
    return decodeURIComponent(pathname).replace(/^\/([A-Za-z]:)/, '$1')
  } catch {
    return uri
  }
}

/** The other way. */
export function uriOf(path: string): string {
  if (!/^(\/|[A-Za-z]:\/)/.test(path)) return path
  const rooted = path.startsWith('/') ? path : `/${path}`
  return `file://${rooted.split('/').map(encodeURIComponent).join('/')}`
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
