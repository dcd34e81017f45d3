export function InspectPanel({ package: name }: { readonly package: string }) {
  return <section aria-label={`Inside ${name}`} />
}
