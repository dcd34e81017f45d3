/** `closed-wasi.ts` for bundles that shall run in browsers only. */
import { wasi } from '../wasi/browser.ts'

export default wasi()
