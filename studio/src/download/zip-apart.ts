import * as comlink from 'comlink'
import type { FolderFile } from './zip.ts'
import type { ZipWorker } from './zip-worker.ts'

/** As {@link zip} does it, elsewhere. The files' bytes are gone from here afterwards. */
export async function zipApart(files: readonly FolderFile[]): Promise<Blob> {
  const worker = new Worker(new URL('./zip-worker.ts', import.meta.url), { type: 'module', name: 'zip' })
  try {
    const broken = new Promise<never>((_, reject) => {
      worker.onerror = ({ message }) => reject(new Error(message || 'the worker did not start'))
    })
    const buffers = files.map(({ bytes }) => bytes.buffer)
    return await Promise.race([
      comlink.wrap<ZipWorker>(worker).zip(comlink.transfer([...files], buffers)),
      broken,
    ])
  } finally {
    worker.terminate()
  }
}
