/** CanonicalABI.md, "canon error-context.new": an immutable value, which handles of several components may share. */
export class ErrorContext {
  /** No resource's handle: see `handle.ts`. */
  readonly resource: undefined
  /** What the guest said when it made it; meant for people, hosts may discard it. */
  readonly debugMessage: string

  constructor(debugMessage: string) {
    this.debugMessage = debugMessage
  }
}
