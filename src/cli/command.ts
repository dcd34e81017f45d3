/** What a file in `commands/` exports. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string
  /** What `tenon NAME --help` prints. */
  readonly help: string
  /** What else its name begins: `tenon NAME INNER …`. A file of that name is `./INNER`. */
  readonly commands?: Readonly<Record<string, () => Promise<Command>>>
  /** Resolves to the exit code. */
  run(args: readonly string[]): Promise<number>
}
