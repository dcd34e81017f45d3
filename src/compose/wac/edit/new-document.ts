import { checkDocumentName } from './set-package.ts'

/**
 * A text that composes nothing yet, for `editWac`.
 *
 * @param name `namespace:name`, with `@version` where it has one
 * @throws {WacEditError} `name`, where it is none
 * @example
 * newDocument('my:app').trim() // 'package my:app;'
 */
export function newDocument(name: string): string {
  checkDocumentName(name)
  return `package ${name};\n`
}
