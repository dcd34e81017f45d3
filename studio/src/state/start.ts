/** What the page begins with: a link, the document that this tab had, or the files that `tenon studio` was given. */
import type { Model } from './model.ts'
import { listBeside } from './page-lists.ts'
import { isShareLink } from './share-link.ts'
import { openShared } from './share.ts'

const documentKey = 'tenon-studio-document'
const filesKey = 'tenon-studio-files'

export async function start(model: Model): Promise<void> {
  const lists = Promise.all([listBeside('examples'), listBeside('files')])
  const watched = model.documents.watch()
  const id = session()?.getItem(documentKey)
  model.store.subscribe(({ document }, before) => {
    if (document !== before.document) remember(documentKey, document)
  })
  saveBeforeLeaving(model)
  addEventListener('hashchange', () => void openLink(model))
  if (!(await openLink(model)) && id) await model.documents.open(id)
  const [examples, files] = await lists
  model.set({ examples })
  await openGiven(model, files)
  await watched
}

/** A link is opened once: loading the page anew goes on with what became of it. */
async function openLink(model: Model): Promise<boolean> {
  const { hash } = location
  if (!isShareLink(hash)) return false
  history.replaceState(null, '', location.pathname + location.search)
  await openShared(model, hash)
  return true
}

/** Of `tenon studio FILES…`: once a tab, so that a block that was removed stays removed when the page is loaded anew. */
async function openGiven(model: Model, files: Awaited<ReturnType<typeof listBeside>>): Promise<void> {
  const key = JSON.stringify(files)
  if (files.length === 0 || session()?.getItem(filesKey) === key) return
  remember(filesKey, key)
  await model.studio.open(files.map(({ file }) => new URL(`files/${file}`, document.baseURI)))
}

function saveBeforeLeaving(model: Model): void {
  const save = () => void model.documents.save()
  addEventListener('pagehide', save)
  // What is stored nowhere is lost with the page.
  addEventListener('beforeunload', (event) => {
    if (model.studio.saving === 'off') event.preventDefault()
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') save()
    else void model.documents.refresh()
  })
}

/** Undefined where the browser stores nothing. */
function session(): Storage | undefined {
  try {
    return sessionStorage
  } catch {
    return undefined
  }
}

function remember(key: string, value: string | undefined): void {
  try {
    if (value === undefined) session()?.removeItem(key)
    else session()?.setItem(key, value)
  } catch {
    // The tab forgets, and begins with the start screen.
  }
}
