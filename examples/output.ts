/** WASI for components that are imported: they may write to standard output, and nothing else. */
import { wasi } from 'tenon/wasi'

export default wasi({ stdout: process.stdout })
