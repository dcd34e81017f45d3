import { Button } from '@mantine/core'
import { useState } from 'react'
import type { ComparisonRow } from '../contract/workshop.ts'
import { CutText } from '../inspect/cut-text.tsx'
import classes from './comparison-table.module.css'
import { TypedSide } from './typed-side.tsx'
import { Verdict } from './verdict.tsx'

/** Rows that are drawn at once. */
const page = 100

/** Items by rows: what is exported at the left, what is asked for at the right; below each other where there is no room. */
export function ComparisonTable({
  rows,
  caption,
  said,
}: {
  readonly rows: readonly ComparisonRow[]
  readonly caption: string
  /** A reason that stands above the table, and need not be said again. */
  readonly said?: string | undefined
}) {
  const [count, setCount] = useState(page)
  const rest = rows.length - count
  return (
    <>
      <table className={classes.table}>
        <caption className={classes.caption}>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Item</th>
            <th scope="col">Export</th>
            <th scope="col">Import</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, count).map((row) => (
            <Row key={row.name} row={row.reason === said ? { ...row, reason: undefined } : row} />
          ))}
        </tbody>
      </table>
      {rest > 0 && (
        <Button size="compact-sm" variant="default" onClick={() => setCount(count + page)}>
          {`Show ${Math.min(page, rest)} more of ${rest} items`}
        </Button>
      )}
    </>
  )
}

function Row({ row: { name, exported, imported, verdict, reason } }: { readonly row: ComparisonRow }) {
  const differs = verdict === 'differs'
  return (
    <tr data-verdict={verdict}>
      <th scope="row">
        <span className={classes.name}>
          <CutText text={name === '' ? 'the whole' : name} limit={120} />
        </span>
        <Verdict verdict={verdict} />
        {reason !== undefined && differs && (
          <span className={classes.reason}>
            <CutText text={reason} limit={400} />
          </span>
        )}
      </th>
      <td data-side="export">
        <TypedSide own={exported} other={differs ? imported : undefined} />
      </td>
      <td data-side="import">
        <TypedSide own={imported} other={differs ? exported : undefined} />
      </td>
    </tr>
  )
}
