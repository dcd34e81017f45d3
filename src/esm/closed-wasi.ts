/** WASI for components that are imported as modules, where nobody grants anything: one host for all of them. */
import { wasi } from '../wasi/index.ts'

export default wasi()
