import { TenonError } from '../errors.ts'

/**
 * Which components import which, as far as they were loaded. JavaScript modules may import each other in a circle; a component has to be
 * there before what it exports is.
 *
 * @example
 * const graph = new ImportGraph()
 * graph.add('a.wasm', ['b.wasm', 'log.js'])
 * graph.add('b.wasm', ['c.wasm'])
 * graph.circleThrough('b.wasm') // undefined
 */
export class ImportGraph {
  readonly #imports = new Map<string, readonly string[]>()

  /**
   * Replaces what was known of the imports of a component.
   *
   * @throws {TenonError} link, naming the components of a circle that it is in
   */
  add(component: string, imports: readonly string[]): void {
    this.#imports.set(component, imports)
    const circle = this.circleThrough(component)
    if (circle === undefined) return
    throw new TenonError(
      'link',
      `components import each other in a circle, and none of them can be the first: ${circle.join(' → ')}`,
    )
  }

  /** The way from a component back to itself, if there is one; itself first and last. */
  circleThrough(component: string): readonly string[] | undefined {
    const from = new Map<string, string>()
    const waiting = [component]
    for (const one of waiting) {
      for (const imported of this.#imports.get(one) ?? []) {
        if (from.has(imported)) continue
        from.set(imported, one)
        waiting.push(imported)
      }
    }
    if (!from.has(component)) return undefined
    const way = [component]
    do way.unshift(from.get(way[0]!)!)
    while (way[0] !== component)
    return way
  }
}
