/** Bytes as a person types them: as text in UTF-8, or as hexadecimal digits. */
import type { Read } from './leaf.ts'

export type BytesMode = 'text' | 'hex'

/** Undefined where bytes are no text. */
export function textOfBytes(bytes: Uint8Array, mode: BytesMode): string | undefined {
  if (mode === 'hex') return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

export function bytesOfText(text: string, mode: BytesMode): Read<Uint8Array> {
  if (mode === 'text') return { value: new TextEncoder().encode(text) }
  const digits = text.replace(/[\s,]|0x/g, '')
  if (!/^[0-9a-fA-F]*$/.test(digits)) return { problem: 'Bytes are pairs of hexadecimal digits: 48 65 6c.' }
  if (digits.length % 2 === 1) return { problem: 'The last byte has one digit: each has two.' }
  return { value: Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) }
}
