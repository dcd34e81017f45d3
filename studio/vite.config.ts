import { defineConfig } from 'vite'

export default defineConfig({
  // Served by any host, from any folder.
  base: './',
  // The browser's faces of Tenon's sources: no build of the package comes before that of the page.
  resolve: { conditions: ['tenon-source', 'module', 'browser', 'development|production'] },
  worker: { format: 'es' },
  build: {
    outDir: '../dist/studio',
    emptyOutDir: true,
    target: 'es2024',
    // The page's policy has no place for inline scripts and `data:` modules.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2_000,
    // Libraries say where a server's part of them ends, which there is none of.
    rolldownOptions: {
      onLog: (level, log, report) => log.code === 'MODULE_LEVEL_DIRECTIVE' || report(level, log),
    },
  },
})
