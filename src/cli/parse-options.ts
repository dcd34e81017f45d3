import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { nearest } from '../diagnostics/nearest.ts'
import { UsageError } from '../errors.ts'

export interface ParsedOptions<O extends ParseArgsOptionsConfig> {
  readonly options: OptionValues<O>
  readonly positionals: readonly string[]
}

export type OptionValues<O extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: O; strict: true }>
>['values']

/**
 * Options and positionals of a command. `ownUntilFirst`: what follows the first positional belongs to somebody else
 * (the guest) and comes back untouched, even if it looks like an option.
 */
export function parseOptions<const O extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: O,
  ownUntilFirst = false,
): ParsedOptions<O> {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true })
  const first = tokens.find((token) => token.kind === 'positional')
  const end = ownUntilFirst && first ? first.index : args.length
  for (const token of tokens) {
    if (token.kind !== 'option' || token.index >= end) continue
    const option = options[token.name]
    if (!option) throw unknownOption(token.rawName, options)
    if (option.type === 'boolean' && token.value !== undefined) {
      throw new UsageError(`the option ${token.rawName} takes no value`)
    }
    if (option.type === 'string' && token.value === undefined) {
      throw new UsageError(`the option ${token.rawName} needs a value`)
    }
    if (option.type === 'string' && !token.inlineValue && /^-./s.test(token.value!)) {
      const inline = token.rawName.startsWith('--') ? `${token.rawName}=` : token.rawName
      throw new UsageError(`the option ${token.rawName} needs a value, found the option ${token.value}`, [
        `if that is the value: ${inline}${token.value}`,
      ])
    }
  }
  const own = parseStrictly(args.slice(0, end), options)
  const positionals = [...own.positionals, ...args.slice(end)]
  return { options: own.values as OptionValues<O>, positionals }
}

/** What is left to be wrong is a value that looks like an option. */
function parseStrictly<O extends ParseArgsOptionsConfig>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true })
  } catch (error) {
    throw new UsageError((error as Error).message.replaceAll('\n', ' '))
  }
}

function unknownOption(name: string, options: ParseArgsOptionsConfig): UsageError {
  const known = Object.keys(options).map((option) => `--${option}`)
  const candidates = nearest(name, known)
  return new UsageError(
    `unknown option ${name}`,
    candidates.length > 0 ? [`did you mean ${candidates.join(' or ')}?`] : [],
  )
}
