/** The source of what moves elements of streams and futures (CanonicalABI.md, "Buffer State"). */
import { elementSize } from '../../abi/element-size.ts'
import type { ValueType } from '../../component/value-type.ts'
import type { CanonicalOptions } from '../../runtime/back-end.ts'
import { at } from './address.ts'
import { readFutures } from './async-source.ts'
import { MemoryLoader } from './load-memory.ts'
import { type Generated, Shared, Source } from './source.ts'
import { MemoryWriter } from './store-memory.ts'

/** Who is named in messages. */
export const elementsName = 'stream or future'

/** A function of a place and a count, both of which were checked, that returns a list. */
export function elementLoadSource(element: ValueType, options: CanonicalOptions): Generated {
  const source = newSource()
  // No element is a borrow.
  const loader = new MemoryLoader(source, options, { end: [], locals: [] })
  const list = loader.elements(element, 'p', 'n')
  readFutures(source)
  source.line(`return ${list}`)
  return { text: `function (p, n) {\n${source}\n  }`, shared: source.shared }
}

/** A function of a place and a list for which there is room. */
export function elementStoreSource(element: ValueType, options: CanonicalOptions): Generated {
  const source = newSource()
  const writer = new MemoryWriter(source, options.pointer, undefined)
  const size = elementSize(element, options.pointer)
  source.block(`for (let i = 0, a = p; i < list.length; i++, a += ${size})`, () => {
    const value = source.constant('x', 'list[i]')
    writer.store(element, value, at('a'), { text: 'element #', indices: ['i'] })
  })
  return { text: `function (p, list) {\n${source}\n  }`, shared: source.shared }
}

function newSource(): Source {
  return new Source(new Shared(), { scratch: 'undefined', stamped: true })
}
