import type { Command } from './command.ts'

/**
 * A command's work with its errors reported. It stands in each command, not in `main`: a command may be bundled with
 * classes and state of its own, and only there is an error an instance of them.
 */
export function reporting(name: string, work: Command['run']): Command['run'] {
  return async (args) => {
    try {
      return await work(args)
    } catch (error) {
      const { reportError } = await import('./report-error.ts')
      return reportError(error, name)
    }
  }
}
