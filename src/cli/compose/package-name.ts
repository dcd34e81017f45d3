/** `local:` and what of the file's name can be the name of a package, with a number where that is taken; adds it to those. */
export function packageName(file: string, taken: Set<string> = new Set()): string {
  const words = file
    .replace(/\.[a-z]+$/i, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  const stem = /^[a-z]/.test(words[0] ?? '') ? words.join('-') : ['component', ...words].join('-')
  let name = `local:${stem}`
  for (let count = 2; taken.has(name); count++) name = `local:${stem}-${count}`
  taken.add(name)
  return name
}
