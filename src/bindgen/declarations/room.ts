import { limits } from '../../component/limits.ts'
import { TenonError } from '../../errors.ts'

/** How much text the declarations of one world may become. */
export class Room {
  #left: number = limits.declarations

  /**
   * @throws {TenonError} code `limit`
   */
  charge(characters: number): void {
    this.#left -= characters
    if (this.#left >= 0) return
    throw new TenonError(
      'limit',
      `the declarations would be longer than ${limits.declarations} characters: types without names are spelled out wherever they are used`,
    )
  }
}
