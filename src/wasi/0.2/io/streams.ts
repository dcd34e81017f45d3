import { InputStream } from './input-stream.ts'
import { OutputStream } from './output-stream.ts'

export const streams = { InputStream, OutputStream }
