import { defineConfig } from 'vite'
import { exampleComponents } from './build/examples.ts'
import { licenses, noteModules } from './build/licenses.ts'
import { describePage } from './build/service-worker.ts'

export default defineConfig({
  // Served by any host, from any folder.
  base: './',
  // The browser's faces of Tenon's sources: no build of the package comes before that of the page.
  resolve: { conditions: ['tenon-source', 'module', 'browser', 'development|production'] },
  worker: { format: 'es', plugins: () => [noteModules()] },
  plugins: [noteModules(), licenses(), exampleComponents(), describePage()],
  build: {
    outDir: '../dist/studio',
    emptyOutDir: true,
    target: 'es2024',
    // The first with `light-dark()`: what stands in for it in older ones knows nothing of Mantine's schemes.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The page's policy has no place for inline scripts and `data:` modules.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2_000,
    // Libraries say where a server's part of them ends, which there is none of.
    rolldownOptions: {
      input: { index: 'index.html', 'service-worker': 'src/offline/service-worker.ts' },
      // The service worker's address stays, and is that of the page's folder: it can keep only what is below it.
      output: {
        entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
      onLog: (level, log, report) => log.code === 'MODULE_LEVEL_DIRECTIVE' || report(level, log),
    },
  },
})
