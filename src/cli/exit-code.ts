/** Exit codes as shells know them. */
export const exitCode = {
  success: 0,
  /** Something failed: the component, the file, the guest. */
  failure: 1,
  /** The command line is wrong. */
  usage: 2,
  /** The user ended it: 128 + SIGINT. */
  interrupted: 130,
  /** The reader of our output went away: 128 + SIGPIPE, as if the signal had ended us. */
  brokenPipe: 141,
} as const
