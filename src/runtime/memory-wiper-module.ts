/** The assembled `memory-wiper.wat`, in base64. */
export const memoryWiperBytes =
  'AGFzbQEAAAABBQFgAX8AAgwBAAZtZW1vcnkCAAEDAgEABwgBBHdpcGUAAArLAQHIAQECfwNAIAFBgCBqIQICQANAIAH9AAQAIAH9AAQQ/VAgAf0ABCAgAf0ABDD9UP1QIAH9AARAIAH9AARQ/VAgAf0ABGAgAf0ABHD9UP1Q/VAgAf0ABIABIAH9AASQAf1QIAH9AASgASAB/QAEsAH9UP1QIAH9AATAASAB/QAE0AH9UCAB/QAE4AEgAf0ABPAB/VD9UP1Q/VD9UwRAIAFBACACIAFr/AsADAILIAFBgAJqIQEgASACSQ0ACwsgAiEBIAEgAEkNAAsLADMEbmFtZQISAQADAARzaXplAQJhdAIDZW5kAxgBAAMABmJsb2NrcwEFY2xlYW4CBHNjYW4='

/** `memory-wiper.wat`. */
export function encodeMemoryWiper(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(memoryWiperBytes), (char) => char.charCodeAt(0))
}

let module: WebAssembly.Module | null | undefined

/** Undefined where the engine has no SIMD. */
export function memoryWiper(): WebAssembly.Module | undefined {
  if (module === undefined) module = compile()
  return module ?? undefined
}

function compile(): WebAssembly.Module | null {
  const bytes = encodeMemoryWiper()
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null
}
