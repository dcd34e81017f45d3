import { MemoryImage } from './memory-image.ts'

/** What `files-guest/` asks for: the files. */
export function embeddedFilesText(files: ReadonlyMap<string, Uint8Array>): string {
  const image = new MemoryImage()
  const entries = Array.from(files, ([path, contents]) => [
    ...image.string(path),
    image.bytes(contents),
    contents.length,
  ])
  const result = image.words([image.words(entries.flat()), files.size])
  const type = '(result (list (tuple string (list u8))))'
  return `(component
    (core module $M
      (memory (export "memory") ${image.pages})
      (data (i32.const 0) "${image.text}")
      (func (export "files") (result i32) (i32.const ${result})))
    (core instance $m (instantiate $M))
    (func $files ${type} (canon lift (core func $m "files") (memory $m "memory")))
    (component $Shell (import "files" (func $files ${type})) (export "files" (func $files)))
    (instance $shell (instantiate $Shell (with "files" (func $files))))
    (export "tenon:virt/embedded" (instance $shell)))`
}

/** `wasi:filesystem/preopens` without directories: what cannot be opened cannot be read. @param types the name of `wasi:filesystem/types` */
export function noFilesText(name: string, types: string): string {
  const directories = (descriptor: string): string => `(result (list (tuple (own ${descriptor}) string)))`
  return `(component
    (import "${types}" (instance $types (export "descriptor" (type (sub resource)))))
    (alias export $types "descriptor" (type $descriptor))
    (core module $M
      (memory (export "memory") 1)
      (func (export "none") (result i32) (i32.const 0)))
    (core instance $m (instantiate $M))
    (func $get-directories ${directories('$descriptor')} (canon lift (core func $m "none") (memory $m "memory")))
    (component $Shell
      (import "descriptor" (type $given (sub resource)))
      (import "get-directories" (func $get-directories ${directories('$given')}))
      (export $descriptor "descriptor" (type $given))
      (export "get-directories" (func $get-directories) (func ${directories('$descriptor')})))
    (instance $shell (instantiate $Shell
      (with "descriptor" (type $descriptor)) (with "get-directories" (func $get-directories))))
    (export "${name}" (instance $shell)))`
}
