/**
 * Frames of the canvas while a block and the whole are dragged, among 200 blocks: `node --conditions=tenon-source test/studio/frames.ts`.
 * Beside it, in the same browser, what the machine can: 200 plain elements under the same drag. Other work on the machine shows in both.
 */
import type { Point } from '../support/browser-page.ts'
import { desktop, noStudio, Studio } from '../support/studio.ts'
import { manyBlocks, manyBlocksFiles } from './many-blocks.ts'

const BLOCKS = 200
const ROUNDS = 3
/** Of one drag, in milliseconds. */
const LENGTH = 1_500
const RADIUS = 120
/** A frame of 60 a second, and a half. */
const DROPPED = 25

export async function measure(studio: Studio): Promise<ReadonlyMap<string, readonly number[]>> {
  const { page } = studio
  const plain = await studio.another()
  const frames = new Map<string, number[]>()
  const add = async (name: string, of: Studio, start: Point) => {
    frames.set(name, [...(frames.get(name) ?? []), ...(await drag(of, start))])
  }
  await plain.page.show(desktop)
  await plain.page.evaluate(plainPage)
  await fill(studio)
  for (let round = 0; round < ROUNDS; round++) {
    await plain.page.send('Page.bringToFront')
    await add('200 plain elements: one of them', plain, { x: 420, y: 330 })
    await add('200 plain elements: all of them', plain, { x: 1_400, y: 880 })
    await page.send('Page.bringToFront')
    await page.click('button', /^Fit all/)
    await studio.still()
    await add('200 blocks, all of them in view: the canvas', studio, await emptyPlace(studio))
    await add('200 blocks, all of them in view: a block', studio, await title(studio, 'store-33'))
    await focus(studio, 'store-33')
    await add('200 blocks, at their full size: the canvas', studio, await emptyPlace(studio))
    await add('200 blocks, at their full size: a block', studio, await title(studio, 'store-33'))
  }
  return frames
}

/** Drops the components, and writes the text. */
export async function fill(studio: Studio): Promise<void> {
  await studio.open(desktop)
  await studio.drop(manyBlocksFiles, { x: 600, y: 400 })
  const text = await studio.untilText(/(?:new [^;]*;\s*(?:let [^;]*)?){3}/)
  const names = ['kv-database', 'kv-store', 'kv-command'].map(
    (name) => new RegExp(`new (\\S*:${name}\\S*)`).exec(text)?.[1] ?? `local:${name}`,
  )
  await studio.write(manyBlocks(BLOCKS, names as [string, string, string]))
  await studio.page.until(`document.querySelectorAll('[data-box]').length >= ${BLOCKS}`)
  await studio.still()
}

/** Milliseconds of each frame while the mouse goes round in circles, as fast as the browser takes its moves. */
async function drag(studio: Studio, start: Point): Promise<readonly number[]> {
  const { page } = studio
  await page.move(start)
  await page.hold(start)
  await page.moveHeld({ x: start.x + 4, y: start.y + 4 })
  await page.evaluate(`globalThis.frames = []; (function next(last) {
    requestAnimationFrame((now) => { if (last) frames.push(now - last); if (globalThis.frames) next(now) }) })()`)
  const begun = performance.now()
  for (let spent = 0; spent < LENGTH; spent = performance.now() - begun) {
    const angle = spent / 250
    await page.moveHeld({
      x: start.x + RADIUS * Math.sin(angle),
      y: start.y + (RADIUS / 2) * (1 - Math.cos(angle)),
    })
  }
  const frames = (await page.evaluate(
    '(() => { const seen = frames; globalThis.frames = undefined; return seen })()',
  )) as number[]
  await page.moveHeld(start)
  await page.release(start)
  await studio.still()
  return frames
}

/** By keyboard: it comes into view. */
async function focus(studio: Studio, name: string): Promise<void> {
  const { page } = studio
  await page.evaluate(`document.querySelector('[data-box="${name}"] [data-title]').focus()`)
  // To its first end, which is drawn near only.
  await page.press('Enter')
  await studio.still()
  await page.press('Escape')
  await studio.still()
}

async function title({ page }: Studio, name: string): Promise<Point> {
  return (await page.evaluate(`(() => {
    const { x, y, width, height } = document.querySelector('[data-box="${name}"] [data-title]').getBoundingClientRect()
    return { x: x + width / 2, y: y + height / 2 } })()`)) as Point
}

/** A place of the canvas where no block is. */
async function emptyPlace({ page }: Studio): Promise<Point> {
  return (await page.until(`(() => {
    for (let y = 200; y < 800; y += 9) for (let x = 200; x < 800; x += 9)
      if (document.elementFromPoint(x, y)?.classList.contains('react-flow__pane')) return { x, y } })()`)) as Point
}

const plainPage = `document.body.innerHTML = '<div style="position:absolute;transform-origin:0 0">' +
  Array.from({ length: ${BLOCKS} }, (_, index) =>
    '<div style="position:absolute;width:60px;height:40px;border:1px solid gray;transform:translate(' +
    index % 20 * 70 + 'px,' + Math.floor(index / 20) * 70 + 'px)">block ' + index + '</div>').join('') + '</div>'
const all = document.body.firstChild
let held
onpointerdown = ({ target }) => { held = target.parentElement === all ? target : all }
onpointermove = ({ clientX, clientY }) => { if (held) held.style.transform = 'translate(' + clientX + 'px,' + clientY + 'px)' }
onpointerup = () => { held = undefined }
true`

function report(name: string, frames: readonly number[]): string {
  const sorted = frames.toSorted((one, other) => one - other)
  const at = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!.toFixed(1)
  const total = frames.reduce((sum, frame) => sum + frame, 0)
  const dropped = frames.filter((frame) => frame > DROPPED).length
  return `${name.padEnd(44)} ${((1_000 * frames.length) / total).toFixed(1)} frames/s, median ${at(0.5)} ms, 95 % ${at(0.95)} ms, over ${DROPPED} ms: ${dropped} of ${frames.length}`
}

if (noStudio) {
  console.log(noStudio)
} else {
  const studio = await Studio.start()
  try {
    for (const [name, frames] of await measure(studio)) console.log(report(name, frames))
  } finally {
    await studio.close()
  }
}
