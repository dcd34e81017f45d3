import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

test('scripts run on the pinned Node, whatever the system has', () => {
  const { optionalDependencies } = JSON.parse(readFileSync('tools/node/package.json', 'utf8'))
  for (const version of Object.values(optionalDependencies)) assert.equal(process.version, `v${version}`)
})
