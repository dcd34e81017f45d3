import type { ByteRange } from '../component/component.ts'
import { limits } from '../component/limits.ts'
import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { forgiving } from './name-section.ts'

/** One tool or language that made a module or component. */
export interface Producer {
  /** `language`, `processed-by` or `sdk`. */
  readonly field: string
  readonly name: string
  readonly version: string
}

/**
 * Reads the contents of a `producers` custom section (tool-conventions, ProducersSection.md):
 *
 *     producers ::= vec(field:name vec(value:name version:name))
 *
 * What is malformed, and all after it, is left out.
 *
 * @example
 * const [section] = customSections(bytes, coreSections(bytes), 'producers')
 * section && readProducers(bytes, section) // [{ field: 'processed-by', name: 'wit-component', … }, …]
 */
export function readProducers(bytes: Uint8Array, range: ByteRange): Producer[] {
  const producers: Producer[] = []
  const reader = new ByteReader(bytes, range.start, range.end)
  forgiving(() => {
    for (let fields = reader.count('fields', limits.types); fields > 0; fields--) {
      const field = reader.name()
      for (let values = reader.count('values', limits.types); values > 0; values--) {
        producers.push({ field, name: reader.name(), version: reader.name() })
      }
    }
  })
  return producers
}

/**
 * The contents of a `producers` section, fields in the order in which they are first met.
 *
 * @example
 * const written = encodeProducers([{ field: 'processed-by', name: 'tenon', version: '1.0.0' }])
 * readProducers(written, { start: 0, end: written.length }) // [{ field: 'processed-by', name: 'tenon', version: '1.0.0' }]
 */
export function encodeProducers(producers: readonly Producer[]): Uint8Array {
  const fields = Map.groupBy(producers, ({ field }) => field)
  return new ByteWriter()
    .vector([...fields], ([field, values], writer) =>
      writer.name(field).vector(values, ({ name, version }) => writer.name(name).name(version)),
    )
    .finish()
}
