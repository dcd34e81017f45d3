import type { PortRef } from '../contract/graph.ts'

export function ComparePanel({ from, to }: { readonly from: PortRef; readonly to: PortRef }) {
  return <section aria-label={`${from.port} beside ${to.port}`} />
}
