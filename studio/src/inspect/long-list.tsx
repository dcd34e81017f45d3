import { Button, Text, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { matches } from './item-filter.ts'
import classes from './long-list.module.css'
import { countText } from './size-text.ts'

/** Items that are drawn at once; the next ones on request. */
const page = 100

/** From so many on a filter helps. */
const filterFrom = 10

/** A list of any length: what is drawn of it is bounded, and it can be filtered. */
export function LongList<Item>({
  items,
  label,
  noun,
  textOf,
  children,
}: {
  readonly items: readonly Item[]
  readonly label: string
  /** What one item is. */
  readonly noun: string
  /** What the filter looks at. */
  textOf(item: Item): string
  children(item: Item): ReactNode
}) {
  const [query, setQuery] = useState('')
  const [count, setCount] = useState(page)
  const found = query.trim() === '' ? items : items.filter((item) => matches(textOf(item), query.trim()))
  const rest = found.length - count
  return (
    <>
      {items.length >= filterFrom && (
        <TextInput
          size="xs"
          type="search"
          label={`Filter ${label.toLowerCase()}`}
          value={query}
          onChange={({ currentTarget }) => {
            setQuery(currentTarget.value)
            setCount(page)
          }}
        />
      )}
      <Text size="xs" c="dimmed" role="status">
        {query.trim() === ''
          ? ''
          : `${countText(found.length, noun)} of ${items.length.toLocaleString('en')}`}
      </Text>
      <ul className={classes.list} aria-label={label}>
        {found.slice(0, count).map((item, index) => (
          // What a component calls its parts need not be unique.
          <li key={index} className={classes.item}>
            {children(item)}
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <Button size="compact-sm" variant="default" onClick={() => setCount(count + page)}>
          {`Show ${Math.min(page, rest)} more of ${countText(rest, noun)}`}
        </Button>
      )}
    </>
  )
}
