import { create } from 'zustand'

interface ShareDialogState {
  readonly isOpen: boolean
  open(): void
  close(): void
}

/** Whether the dialog is shown: whoever asks for it may be gone from the page by then, as the items of menus are. */
export const useShareDialog = create<ShareDialogState>()((set) => ({
  isOpen: false,
  open: () => set({ isOpen: true }),
  close: () => set({ isOpen: false }),
}))
