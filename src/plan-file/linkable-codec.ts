import type { MemoryImports, MemoryType } from '../binary/rewrite-core-module.ts'
import type { ByteRange } from '../component/component.ts'
import type { CoreExternType } from '../component/extern-type.ts'
import { boolean, type Codec, integer, list, optional, struct, text } from './codec.ts'
import type { CoreFacts } from './core-facts.ts'
import type { LinkableModule, RewrittenForm } from './linkable-modules.ts'
import { refuse } from './malformed-plan.ts'

/** From -2³⁰ to 2³⁰: the sign is the lowest bit. */
const difference: Codec<number> = {
  write: ({ bytes }, value) => void bytes.u32(value < 0 ? -2 * value - 1 : 2 * value),
  read({ bytes }) {
    const coded = bytes.u32()
    return coded % 2 ? -(coded + 1) / 2 : coded / 2
  },
}

/** Sizes of memories in pages, which go beyond 32 bits. */
const pages: Codec<number> = {
  write: ({ bytes }, value) => void bytes.u32(value),
  read: ({ bytes }) => Number(bytes.u64()),
}

const memoryType = struct<MemoryType>({
  initial: pages,
  maximum: optional(pages),
  shared: boolean,
  index64: boolean,
  pageSizeLog2: integer,
})

const rewrittenForm = struct<RewrittenForm>({
  memories: optional(struct<MemoryImports>({ module: text, types: list('memories', memoryType) })),
  start: optional(text),
  codeShift: difference,
})

/** None in the file of a cache, where core modules are the component's. */
export const linkableModules: Codec<readonly LinkableModule[]> = list(
  'core modules',
  struct<LinkableModule>({
    range: struct<ByteRange>({ start: integer, end: integer }),
    form: optional(rewrittenForm),
  }),
)

/** What is said of a rewritten module is what it imports and exports. */
export function checkForm({ memories, start }: RewrittenForm, facts: CoreFacts): void {
  for (const [i, type] of memories?.types.entries() ?? []) {
    const imported = facts.imports(memories!.module, String(i))
    if (imported.length !== 1 || !isMemory(imported[0]!, type))
      refuse(`a core module imports no such memory ${i} from \`${memories!.module}\``)
  }
  if (start === undefined) return
  const type = facts.export(start)
  if (type === 'unknown' || type?.kind !== 'func' || type.parameters.length + type.results.length > 0)
    refuse(`a core module exports no start function \`${start}\``)
}

function isMemory(type: CoreExternType, { initial, maximum, ...rest }: MemoryType): boolean {
  if (type.kind !== 'memory') return false
  const { limits, pageSizeLog2 } = type
  return (
    Number(limits.minimum) === initial &&
    (limits.maximum === undefined ? undefined : Number(limits.maximum)) === maximum &&
    limits.shared === rest.shared &&
    limits.index64 === rest.index64 &&
    pageSizeLog2 === rest.pageSizeLog2
  )
}
