import type { Command } from './command.ts'

/** The list of commands. */
export async function help(commands: Readonly<Record<string, () => Promise<Command>>>): Promise<string> {
  const summaries = await summariesOf(commands, '')
  const width = Math.max(...summaries.map(([name]) => name.length))
  const lines = summaries.map(([name, summary]) => `  ${name.padEnd(width)}  ${summary}`)
  return `Usage: tenon COMMAND …

Runs, calls and inspects WebAssembly components written in any language.

Commands:
${lines.join('\n')}

Where a command takes a component, it also takes WebAssembly text (.wat) and
what \`tenon compile\` wrote.

\`tenon COMMAND --help\` tells more about one. \`tenon --version\` prints the
version.
`
}

/** Each command is followed by those whose names begin with its own. */
async function summariesOf(
  commands: NonNullable<Command['commands']>,
  prefix: string,
): Promise<readonly (readonly [name: string, summary: string])[]> {
  const parts = await Promise.all(
    Object.entries(commands).map(async ([word, load]) => {
      const [name, command] = [prefix + word, await load()]
      return [[name, command.summary] as const, ...(await summariesOf(command.commands ?? {}, `${name} `))]
    }),
  )
  return parts.flat()
}
