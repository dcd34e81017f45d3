/** The capability to draw random numbers. */
export interface Random {
  /** Fills the buffer with cryptographically secure bytes. */
  secure(buffer: Uint8Array<ArrayBuffer>): void
  /** Fills the buffer with bytes that need not be secure. */
  insecure(buffer: Uint8Array<ArrayBuffer>): void
  /** 128 bits to seed hash maps with. */
  insecureSeed(): [bigint, bigint]
}

/** What `crypto.getRandomValues` fills at once, by its specification. */
const quota = 65_536

function fill(buffer: Uint8Array<ArrayBuffer>): void {
  for (let at = 0; at < buffer.length; at += quota) crypto.getRandomValues(buffer.subarray(at, at + quota))
}

export const portableRandom: Random = {
  secure: fill,
  insecure: fill,
  insecureSeed() {
    const [lower, upper] = crypto.getRandomValues(new BigUint64Array(2))
    return [lower!, upper!]
  },
}
