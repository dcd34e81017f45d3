/** What belongs to this window alone, and to no document: dialogs, widths of panes. */
import { create } from 'zustand'

export type Dialog = 'none' | 'commands' | 'keys' | 'address' | 'documents'

interface ShellState {
  readonly dialog: Dialog
  /** A person wants to write, and needs no start screen. */
  readonly isBegun: boolean
  readonly isSourceOpen: boolean
  /** Pixels. */
  readonly widths: { readonly source: number; readonly panel: number }
  open(dialog: Dialog): void
  begin(isBegun: boolean): void
  close(): void
  showSource(isSourceOpen: boolean): void
  setWidth(pane: 'source' | 'panel', width: number): void
}

export const usualWidths = { source: 380, panel: 420 }
const key = 'tenon-studio-window'

export const useShell = create<ShellState>()((set, get) => ({
  dialog: 'none',
  isBegun: false,
  isSourceOpen: true,
  widths: usualWidths,
  ...kept(),
  open: (dialog) => set({ dialog }),
  begin: (isBegun) => set({ isBegun }),
  close: () => set({ dialog: 'none' }),
  showSource: (isSourceOpen) => {
    set({ isSourceOpen })
    keep(get())
  },
  setWidth: (pane, width) => {
    set({ widths: { ...get().widths, [pane]: width } })
    keep(get())
  },
}))

function keep({ isSourceOpen, widths }: ShellState): void {
  try {
    localStorage.setItem(key, JSON.stringify({ isSourceOpen, widths }))
  } catch {
    // The next visit begins with the usual widths.
  }
}

function kept(): Partial<Pick<ShellState, 'isSourceOpen' | 'widths'>> {
  try {
    const { isSourceOpen, widths } = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<ShellState>
    return {
      isSourceOpen: isSourceOpen !== false,
      widths: {
        source: Number(widths?.source) || usualWidths.source,
        panel: Number(widths?.panel) || usualWidths.panel,
      },
    }
  } catch {
    return {}
  }
}
