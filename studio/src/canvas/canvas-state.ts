/** What only the canvas needs to know while it is used; what is worth keeping is in the page's store. */
import type { ReactFlowInstance } from '@xyflow/react'
import { create } from 'zustand'
import type { PortRef } from '../contract/graph.ts'
import type { Position } from '../contract/studio.ts'
import type { Fit } from '../contract/workshop.ts'
import type { Choice } from './choices.ts'
import type { Copied } from './copy-blocks.ts'
import type { BoxNode, WireEdge } from './flow-items.ts'
import { FINE, type Metrics } from './geometry.ts'

export interface CanvasState {
  readonly view: 'drawing' | 'outline'
  readonly metrics: Metrics
  /** Zoomed out so far that rows cannot be read. */
  readonly isFar: boolean
  /** The composition's imports are pointed at: wires show who wants them. */
  readonly isTracing: boolean
  /** Boxes whose WASI imports are shown one by one. */
  readonly opened: ReadonlySet<string>
  /** A wire is being dragged; `fits` is undefined until the workshop has answered. */
  readonly wiring:
    | { readonly start: PortRef; readonly fits: ReadonlyMap<string, Fit> | undefined }
    | undefined
  readonly picker: Picker | undefined
  readonly menu: { readonly at: Position; readonly target: MenuTarget } | undefined
  /** A box, or the row of an export, whose name is being typed. */
  readonly renaming: string | undefined
  readonly isHelpShown: boolean
  readonly copied: Copied | undefined
  /** Files are held over the canvas; the place is one of the page. */
  readonly dropping: { readonly at: Position; readonly count: number } | undefined
  readonly flow: ReactFlowInstance<BoxNode, WireEdge> | undefined
  /** Read out by screen readers. The number makes equal texts different. */
  readonly said: { readonly text: string; readonly number: number }
}

export interface Picker {
  readonly title: string
  /** Undefined while they are being found. */
  readonly choices: readonly Choice[] | undefined
  /** Where a block that is made shall be. */
  readonly place: Position | undefined
}

export type MenuTarget =
  | { readonly kind: 'box'; readonly box: string }
  | { readonly kind: 'port'; readonly end: PortRef }
  | { readonly kind: 'export'; readonly name: string }
  | { readonly kind: 'wire'; readonly wire: string }
  | { readonly kind: 'canvas'; readonly place: Position }

export const useCanvas = create<CanvasState>()(() => ({
  view: 'drawing',
  metrics: FINE,
  isFar: false,
  isTracing: false,
  opened: new Set(),
  wiring: undefined,
  picker: undefined,
  menu: undefined,
  renaming: undefined,
  isHelpShown: false,
  copied: undefined,
  dropping: undefined,
  flow: undefined,
  said: { text: '', number: 0 },
}))

export const canvas = {
  get: useCanvas.getState,
  set: (changes: Partial<CanvasState>) => useCanvas.setState(changes),
}

/** Tells what a gesture did to those who do not see it. */
export function say(text: string): void {
  useCanvas.setState(({ said }) => ({ said: { text, number: said.number + 1 } }))
}

export function toggleHost(box: string): void {
  const opened = new Set(useCanvas.getState().opened)
  if (!opened.delete(box)) opened.add(box)
  useCanvas.setState({ opened })
}
