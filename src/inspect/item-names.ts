import { parseExternName } from '../component/names.ts'
import type { ReportedItem } from './inspection.ts'

/**
 * What modules use of an interface, in the words of whoever wrote it: functions, and of each resource what is called.
 * That a resource's handles are dropped goes without saying, unless nothing else happens to them.
 *
 * @example
 * const items = ['poll', '[method]pollable.block', '[resource-drop]pollable', '[method]stream.read', '[method]stream.skip']
 * describeItems({ modules: [{ index: 0, name: 'main', items }] }) // ['poll', 'pollable.block', 'stream.{read', 'skip}']
 */
export function describeItems({ modules }: Pick<ReportedItem, 'modules'>): string[] {
  const functions: string[] = []
  const members = new Map<string, string[]>()
  const dropped: string[] = []
  for (const name of new Set(modules.flatMap((module) => module.items))) {
    const parts = parseExternName(name)
    if (parts.kind === 'label') functions.push(name)
    else if (parts.kind === 'method' || parts.kind === 'static') add(members, parts.resource, parts.label)
    else if (parts.kind === 'constructor') add(members, parts.resource, 'constructor')
    else dropped.push(name.replace('[resource-drop]', ''))
  }
  const resources = Array.from(members).flatMap(([resource, labels]) => qualify(resource, labels))
  const described = [...functions, ...resources]
  return described.length > 0 ? described : dropped.map((resource) => `${resource} (only dropped)`)
}

/** As words that a comma joins. */
function qualify(resource: string, labels: readonly string[]): string[] {
  if (labels.length === 1) return [`${resource}.${labels[0]}`]
  return labels.map((label, index) => {
    const open = index === 0 ? `${resource}.{` : ''
    return `${open}${label}${index === labels.length - 1 ? '}' : ''}`
  })
}

function add(members: Map<string, string[]>, resource: string, label: string): void {
  const labels = members.get(resource)
  if (labels) labels.push(label)
  else members.set(resource, [label])
}
