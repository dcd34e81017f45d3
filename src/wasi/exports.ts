/** What `tenon/wasi` exports besides `wasi` itself, on every platform. */
export type { Clock, Datetime } from './host/clock.ts'
export type { Limits } from './host/limits.ts'
export { MemoryDirectory, MemorySymlink, type MemoryTree } from './host/memory-directory.ts'
export type { MemoryLimits } from './host/memory-volume.ts'
export type { Random } from './host/random.ts'
export type { Imports, WasiImports } from './imports.ts'
export type { Input, Output, PreopenOption, WasiOptions } from './options.ts'
