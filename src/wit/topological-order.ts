/** A step in a graph from one name to another. */
export interface Edge<T> {
  readonly to: string
  readonly from: T
}

export interface Cycle<T> {
  /** A step into the cycle. */
  readonly edge: Edge<T>
  /** The names on the way around. */
  readonly names: readonly string[]
}

export interface Ordered<T> {
  /** All names that are in no cycle, nor depend on one. */
  readonly order: readonly string[]
  readonly cycles: readonly Cycle<T>[]
}

/**
 * Puts each name behind those that it has edges to, and otherwise leaves them as they are: of those that could come next,
 * the one that stands first comes first. Edges to unknown names are not followed.
 */
export function topologicalOrder<T>(graph: ReadonlyMap<string, readonly Edge<T>[]>): Ordered<T> {
  const names = [...graph.keys()]
  const indices = new Map(names.map((name, index) => [name, index]))
  const waiting = new Int32Array(names.length)
  const dependents: number[][] = names.map(() => [])
  for (const [index, edges] of [...graph.values()].entries()) {
    for (const { to } of edges) {
      const target = indices.get(to)
      if (target === undefined) continue
      waiting[index]!++
      dependents[target]!.push(index)
    }
  }
  const ready = new Heap()
  for (const index of names.keys()) if (waiting[index] === 0) ready.push(index)
  const order: string[] = []
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    order.push(names[next]!)
    for (const dependent of dependents[next]!) if (--waiting[dependent]! === 0) ready.push(dependent)
  }
  const stuck = (name: string): boolean => waiting[indices.get(name) ?? -1]! > 0
  return { order, cycles: findCycles(graph, stuck) }
}

/** From each name follows an edge that leads on, until it comes to where it, or an earlier walk, has been. */
function findCycles<T>(
  graph: ReadonlyMap<string, readonly Edge<T>[]>,
  stuck: (name: string) => boolean,
): Cycle<T>[] {
  const cycles: Cycle<T>[] = []
  const visited = new Set<string>()
  for (const start of graph.keys()) {
    if (!stuck(start) || visited.has(start)) continue
    const walk: string[] = []
    const onWalk = new Set<string>()
    let name = start
    while (!visited.has(name)) {
      visited.add(name)
      onWalk.add(name)
      walk.push(name)
      name = graph.get(name)!.find(({ to }) => stuck(to))!.to
    }
    if (!onWalk.has(name)) continue
    const edge = graph.get(start)!.find(({ to }) => stuck(to))!
    cycles.push({ edge, names: walk.slice(walk.indexOf(name)) })
  }
  return cycles
}

/** The smallest number first. */
class Heap {
  readonly #items: number[] = []

  push(item: number): void {
    const items = this.#items
    let at = items.push(item) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (items[parent]! <= item) break
      items[at] = items[parent]!
      at = parent
    }
    items[at] = item
  }

  pop(): number | undefined {
    const items = this.#items
    const top = items[0]
    const last = items.pop()
    if (items.length === 0 || last === undefined) return top
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= items.length) break
      if (child + 1 < items.length && items[child + 1]! < items[child]!) child++
      if (items[child]! >= last) break
      items[at] = items[child]!
      at = child
    }
    items[at] = last
    return top
  }
}
