/** What a file in `commands/` exports. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string
  /** What `tenon NAME --help` prints. */
  readonly help: string
  /** Resolves to the exit code. */
  run(args: readonly string[]): Promise<number>
}
