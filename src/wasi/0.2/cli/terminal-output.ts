import { CountedHandle } from '../counted-handle.ts'

/** The output side of a terminal; so far WASI has nothing to do with one. */
export class TerminalOutput extends CountedHandle {}

export const terminalOutput = { TerminalOutput }
