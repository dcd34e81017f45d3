export function Editor() {
  return <section aria-label="WAC source" />
}
