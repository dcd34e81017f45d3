import { useStudio } from '../state/store.ts'

/** The system's dialog for files; several become blocks together. */
export async function chooseFiles(): Promise<void> {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.accept = '.wasm,.wat,.wac'
  const files = await new Promise<readonly File[]>((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]))
    input.addEventListener('cancel', () => resolve([]))
    input.click()
  })
  if (files.length > 0) await useStudio.getState().open(files)
}
