import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reachOf } from './where-it-opens.ts'

const cases: readonly (readonly [link: string, isLocalStudio: boolean, from: string | undefined])[] = [
  ['http://127.0.0.1:4000/#share=a', true, 'this machine'],
  ['http://localhost:4000/studio/#share=a', false, 'this machine'],
  ['http://[::1]:4000/#share=a', true, 'this machine'],
  ['http://studio.localhost/#share=a', false, 'this machine'],
  ['http://192.168.0.7:4000/#share=a', true, 'this network'],
  ['https://localhost.example.org/#share=a', false, undefined],
  ['https://example.org/studio/#share=a', false, undefined],
]

for (const [link, isLocalStudio, from] of cases)
  test(`${link} opens for ${from ?? 'everybody'}`, () => {
    const reach = reachOf(link, isLocalStudio)
    assert.equal(reach?.from, from)
    if (reach !== undefined) assert.equal(reach.address, link.slice(0, link.indexOf('#')))
  })
