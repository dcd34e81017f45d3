import type { Plugin } from 'vite'
import { licensesOf } from '../../scripts/licenses.ts'

const modules = new Set<string>()

/** Notes what goes into a bundle: the page's, and those of its workers. */
export function noteModules(): Plugin {
  return {
    name: 'note-modules',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === 'chunk') for (const id of file.moduleIds) modules.add(id.replace(/^\0|\?.*$/g, ''))
    },
  }
}

/** `licenses.txt`, of all libraries in the page. */
export function licenses(): Plugin {
  return {
    name: 'licenses',
    apply: 'build',
    enforce: 'post',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'licenses.txt', source: licensesOf(modules) })
    },
  }
}
