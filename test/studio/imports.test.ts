/** The studio is a user of the package like any other, and the package does not know the studio. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

const specifiers = /(?:\bfrom\s*|\bimport\s*\(?\s*|new URL\(\s*(?=['"]\.))['"]([@\w./-]+)['"]/g

function importsOf(pattern: string): { readonly file: string; readonly specifier: string }[] {
  return globSync(pattern).flatMap((file) =>
    Array.from(readFileSync(file, 'utf8').matchAll(specifiers), ([, specifier]) => ({
      file,
      specifier: specifier!,
    })),
  )
}

const { exports, dependencies } = {
  ...(JSON.parse(readFileSync('studio/package.json', 'utf8')) as { dependencies: Record<string, string> }),
  ...(JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Record<string, unknown> }),
}

test('the studio imports of Tenon what everybody can import', () => {
  const entries = Object.keys(exports).map((subpath) => `tenon${subpath.slice(1)}`)
  const wrong: string[] = []
  let public_ = 0
  const imports = importsOf('studio/src/**/*.{ts,tsx}').filter(({ file }) => !file.endsWith('.test.ts'))
  for (const { file, specifier } of imports) {
    if (specifier.startsWith('.')) {
      const target = join(dirname(file), specifier)
      const isForTests = /\/arbitrary-[^/]*$/.test(file) && target === 'test/support/fast-check.ts'
      if (!target.startsWith('studio/src/') && !isForTests) wrong.push(`${file}: ${specifier}`)
    } else if (specifier === 'tenon' || specifier.startsWith('tenon/')) {
      if (entries.includes(specifier)) public_++
      else wrong.push(`${file}: ${specifier} is no entry of the package`)
    }
  }
  assert.deepEqual(wrong, [])
  assert.ok(public_ > 0, 'no import of Tenon was found')
})

test('the studio imports the packages that it names, and names none that it does not import', () => {
  const packages = importsOf('studio/src/**/*.{ts,tsx}')
    .filter(({ file, specifier }) => !file.endsWith('.test.ts') && !specifier.startsWith('.'))
    .map(({ specifier }) => /^(@[^/]+\/)?[^/]+/.exec(specifier)![0])
  assert.deepEqual([...new Set(packages)].sort(), Object.keys(dependencies).sort())
})

test('nothing in the package imports the studio', () => {
  const wrong = importsOf('{src,bin,scripts}/**/*.{ts,js}').filter(({ specifier }) =>
    /(^|\/)studio\/src|@tenon\/studio/.test(specifier),
  )
  assert.deepEqual(wrong, [])
})
