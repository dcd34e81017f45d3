/** The exports of `guests/values`, as every contestant offers them to JavaScript. */
export interface Values {
  add(a: number, b: number): number
  stringLength(s: string): number
  setString(s: string): void
  getString(): string
  bytesLength(bytes: Uint8Array): number
  getBytes(length: number): Uint8Array
  total(items: Item[]): number
  getItems(count: number): Item[]
  callHost(times: number): number
  counters: { Counter: new (start: number) => Counter }
}

export interface Item {
  id: number
  name: string
  price: number
  quantity: number
  inStock: boolean
}

export interface Counter {
  next(): number
}

/** The exports of `guests/files`. */
export interface Files {
  createFile(path: string): void
  writeChunks(chunks: number): void
}

/** The exports of `guests/composed`: each makes so many calls from one component to the other. */
export interface Composed {
  runAdd(times: number): number
  runString(times: number, length: number): number
  /** By hand, a copy that does not look whether it is a string; else the same. */
  runUnchecked(times: number, length: number): number
  runBytes(times: number, length: number): number
}

/** The host function that the guest imports. */
export function ping(n: number): number {
  return n ^ 1
}

/** One way to call the guests: Tenon, a peer, or by hand. Each runs in a process of its own. */
export interface Contestant {
  readonly values: Values
  /** Another instance of the same component. */
  instantiateValues(): Values | Promise<Values>
  composed(): Composed
  /** The same two components in a live composition, as one tree and with the callee as a part of its own. */
  readonly live?: { readonly fixed: Composed; readonly exchangeable: Composed }
  /** Instantiates the Rust adder of the examples, compiled before, and lets go of it. */
  instantiateAdder(): unknown
  /** Instantiates the Rust adder and disposes it. */
  recycleAdder?(): unknown
  /** The same for the Python adder: returns what does so. */
  recyclePythonAdder?(): Promise<() => unknown>
  /** Creates a file in the system's folder for such, and returns what writes chunks of 1 MiB to it (`guests/files`). */
  openFile?(): (chunks: number) => void
}
