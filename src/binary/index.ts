/** The binary format of components: bytes → AST. */
export { decode } from './decode.ts'
export { ByteReader } from './byte-reader.ts'
export { ByteWriter } from './byte-writer.ts'
