import { createHash } from 'node:crypto'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import type { Plugin } from 'vite'
import type { PageFiles } from '../src/offline/page-files.ts'

const worker = 'service-worker.js'

/** Tells the service worker which files the page consists of, when all are written, and hosts which headers they should send. */
export function describePage(): Plugin {
  let folder = ''
  return {
    name: 'describe-page',
    apply: 'build',
    configResolved: (config) => {
      folder = resolve(config.root, config.build.outDir)
    },
    writeBundle() {
      const headers = headersOf(readFileSync(join(folder, 'index.html'), 'utf8'))
      writeFileSync(join(folder, 'headers.json'), `${JSON.stringify(headers, undefined, 2)}\n`)
      const paths = globSync('**/*', { cwd: folder, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== worker)
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(folder.length + 1)
            .replaceAll(sep, '/'),
        )
        .sort()
      const files = paths.map((path) => [path, integrityOf(join(folder, path))] as const)
      const version = createHash('sha256')
        .update(JSON.stringify([files, headers]))
        .digest('hex')
        .slice(0, 16)
      const page: PageFiles = { version, files, headers }
      const code = readFileSync(join(folder, worker), 'utf8')
      writeFileSync(join(folder, worker), `const TENON_PAGE=${JSON.stringify(page)};\n${code}`)
    },
  }
}

/** The page's policy stands in its text, for hosts that send no headers; some of it only headers can say. */
function headersOf(html: string): Record<string, string> {
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html)?.[1]
  if (policy === undefined) throw new Error('index.html has no policy')
  return {
    'Content-Security-Policy': `${policy}; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  }
}

function integrityOf(file: string): string {
  return `sha256-${createHash('sha256').update(readFileSync(file)).digest('base64')}`
}
