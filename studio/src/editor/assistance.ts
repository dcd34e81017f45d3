/** What the workshop knows about a place in the text: how it can go on, and what it means. */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { type EditorView, hoverTooltip, type Tooltip } from '@codemirror/view'
import type { Completions } from '../contract/workshop.ts'
import { workshop } from '../workshop/client.ts'

type Item = Completions['items'][number]

const icons: Readonly<Record<Item['kind'], string>> = {
  keyword: 'keyword',
  package: 'namespace',
  instance: 'variable',
  export: 'property',
  import: 'property',
  type: 'type',
  function: 'function',
}

export async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const before = context.matchBefore(/[\w%:@./-]+/)
  const follows = /[{,.:/=;]\s*$|\b(?:new|export|import|let)\s+$/.test(
    context.state.sliceDoc(0, context.pos).slice(-40),
  )
  if (!context.explicit && before === null && !follows) return null
  const found = await workshop.complete(context.state.doc.toString(), context.pos).catch(() => undefined)
  if (found === undefined || found.items.length === 0) return null
  // Whoever went elsewhere meanwhile, into a dialog perhaps, would have the list above it.
  if (context.view?.hasFocus === false) return null
  return { from: found.from, options: found.items.map(optionOf), validFor: /^[\w%-]*$/ }
}

function optionOf({ label, kind, detail, docs, insert }: Item): Completion {
  return {
    label,
    type: icons[kind],
    apply: insert,
    ...(detail === undefined ? {} : { detail: detail.slice(0, 200) }),
    ...(docs === undefined ? {} : { info: () => textElement('cm-docs', docs) }),
  }
}

export const hover = hoverTooltip(
  async (view: EditorView, offset: number): Promise<Tooltip | null> => {
    const text = view.state.doc.toString()
    const said = await workshop.hover(text, offset).catch(() => undefined)
    if (said === undefined || view.state.doc.toString() !== text) return null
    return { pos: offset, above: true, create: () => ({ dom: textElement('cm-hover', withoutFences(said)) }) }
  },
  { hideOnChange: true },
)

/** The words are for editors that draw Markdown; here they are text. */
function withoutFences(said: string): string {
  return said
    .replaceAll(/^```\w*\n?/gm, '')
    .trim()
    .slice(0, 4_000)
}

function textElement(name: string, text: string): HTMLElement {
  const element = document.createElement('div')
  element.className = name
  element.textContent = text.slice(0, 4_000)
  return element
}
