/** The labels of blocks that are open; a label hides the same one further out. */
export class LabelStack {
  /** Outermost first; undefined for a block without one. */
  readonly #labels: (string | undefined)[] = []
  /** Of each label, where the blocks stand that have it. */
  readonly #positions = new Map<string, number[]>()

  get depth(): number {
    return this.#labels.length
  }

  push(label: string | undefined): void {
    const position = this.#labels.push(label) - 1
    if (label === undefined) return
    const positions = this.#positions.get(label)
    if (positions) positions.push(position)
    else this.#positions.set(label, [position])
  }

  pop(): void {
    const label = this.#labels.pop()
    if (label === undefined) return
    const positions = this.#positions.get(label)!
    positions.pop()
    if (positions.length === 0) this.#positions.delete(label)
  }

  /** The label of the block that is so many further out than the innermost. */
  at(distance: number): string | undefined {
    return this.#labels[this.#labels.length - 1 - distance]
  }

  /** How many blocks out the one is that the label means; undefined where none has it. */
  distance(label: string): number | undefined {
    const position = this.#positions.get(label)?.at(-1)
    return position === undefined ? undefined : this.#labels.length - 1 - position
  }

  /** All labels that mean a block. */
  labels(): Iterable<string> {
    return this.#positions.keys()
  }
}
