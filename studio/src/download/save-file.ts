/** Long after a browser has begun to save: it tells nobody when it ends. */
const keptFor = 60_000

/** Hands a file to the browser to be saved, under a name that is one part of a path. */
export function saveFile(name: string, content: BlobPart, type = 'application/octet-stream'): void {
  const address = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), keptFor)
}
