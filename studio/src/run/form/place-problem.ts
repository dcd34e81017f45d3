/** What is wrong in a text, and where: UTF-16 offsets. */
export class PlaceProblem extends Error {
  readonly start: number
  readonly end: number

  constructor(message: string, start: number, end: number) {
    super(message)
    this.start = start
    this.end = end
  }
}
