import { Sha256 } from '../plan-file/sha256.ts'

/**
 * SHA-256 in hexadecimal: whether two files are the same. At once, and on pages of plain `http:`, too, which have no `crypto.subtle`.
 *
 * @example
 * hashOf(new TextEncoder().encode('abc')) // 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
 */
export function hashOf(bytes: Uint8Array): string {
  return new Sha256().update(bytes).hex()
}
