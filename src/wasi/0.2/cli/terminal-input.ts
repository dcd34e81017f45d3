import { CountedHandle } from '../counted-handle.ts'

/** The input side of a terminal; so far WASI has nothing to do with one. */
export class TerminalInput extends CountedHandle {}

export const terminalInput = { TerminalInput }
