/** Lines of TypeScript; an empty one separates. */
export type Lines = readonly string[]

export function indent(lines: Lines): Lines {
  return lines.map((line) => (line === '' ? line : `  ${line}`))
}

/** Blocks with an empty line between those that have several lines. */
export function separate(blocks: readonly Lines[]): Lines {
  const full = blocks.filter((block) => block.length > 0)
  return full.flatMap((block, i) => {
    const before = full[i - 1]
    return before && (before.length > 1 || block.length > 1) ? ['', ...block] : block
  })
}

/** `before { a, b }after`, in several lines where one would be too long. */
export function printNames(before: string, names: readonly string[], after = ''): Lines {
  const line = `${before} { ${names.join(', ')} }${after}`
  return line.length <= 110 ? [line] : [`${before} {`, ...names.map((name) => `  ${name},`), `}${after}`]
}

/** In a module that has such a line, nothing is exported but what says so. */
export function exportTypes(names: readonly string[]): Lines {
  return names.length === 0 ? ['export {}'] : printNames('export type', names)
}
