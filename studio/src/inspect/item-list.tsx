import { Code, Text } from '@mantine/core'
import type { Inspection, ItemSummary } from '../contract/workshop.ts'
import { CutText } from './cut-text.tsx'
import classes from './item-list.module.css'
import { LongList } from './long-list.tsx'

type Why = Inspection['imports'][number]['why']

/** Imports or exports: their names and types, and of imports which core modules use what of them. */
export function ItemList({
  items,
  kind,
}: {
  readonly items: readonly (ItemSummary & { readonly why?: Why })[]
  readonly kind: 'import' | 'export'
}) {
  if (items.length === 0) return <Text size="sm">{`It ${kind}s nothing.`}</Text>
  return (
    <LongList
      items={items}
      noun={kind}
      label={kind === 'import' ? 'Imports' : 'Exports'}
      textOf={({ name, type }) => `${name} ${type}`}
    >
      {({ name, type, why }) => (
        <>
          <h4 className={classes.name}>
            <CutText text={name} />
          </h4>
          <Code className={classes.type}>
            <CutText text={type} limit={400} />
          </Code>
          {why !== undefined && <Reasons why={why} />}
        </>
      )}
    </LongList>
  )
}

/** Why an import is there. */
function Reasons({ why }: { readonly why: Why }) {
  if (why.length === 0) {
    return <p className={classes.unused}>Unused: no core module imports a function of it.</p>
  }
  return (
    <dl className={classes.reasons}>
      {why.map(({ module, functions }, index) => (
        // Modules need not have names of their own.
        <div key={index}>
          <dt>
            <span className={classes.usedBy}>used by </span>
            <CutText text={module} limit={80} />
          </dt>
          <dd>
            <CutText text={functions.join(', ')} limit={240} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
