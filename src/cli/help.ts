import type { Command } from './command.ts'

/** The list of commands. */
export async function help(commands: Readonly<Record<string, () => Promise<Command>>>): Promise<string> {
  const names = Object.keys(commands)
  const width = Math.max(...names.map((name) => name.length))
  const lines = await Promise.all(
    names.map(async (name) => `  ${name.padEnd(width)}  ${(await commands[name]!()).summary}`),
  )
  return `Usage: tenon COMMAND …

Runs, calls and inspects WebAssembly components written in any language.

Commands:
${lines.join('\n')}

Where a command takes a component, it also takes WebAssembly text (.wat) and what
\`tenon compile\` wrote.

\`tenon COMMAND --help\` tells more about one. \`tenon --version\` prints the version.
`
}
