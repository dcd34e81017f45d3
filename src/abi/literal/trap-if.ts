import { Trap, type TrapCode } from '../../errors.ts'

/** CanonicalABI.md, `trap_if`. What it throws never goes through guest frames: see `canon-lower.ts`. */
export function trapIf(condition: boolean, code: TrapCode, message: string): void {
  if (condition) throw new Trap(code, message)
}
