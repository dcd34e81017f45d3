import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readWitSources } from '../../src/cli/read-wit.ts'
import type { WitSources } from '../../src/wit/resolve.ts'

const folder = fileURLToPath(new URL('../../../shared/conformance/wasi/', import.meta.url))

/**
 * The packages of WASI by name, with what they need; none where the conformance data is not there. In `0.2` and `0.3` each file is
 * a package that may need the others, `config` and `keyvalue` are one package each.
 */
export function readWasi(): Map<string, WitSources> {
  if (!existsSync(folder)) return new Map()
  const flat = ['0.2', '0.3'].flatMap((version): [string, WitSources][] => {
    const names = readdirSync(`${folder}${version}`).filter((name) => name.endsWith('.wit'))
    const files = names.map((name) => readWitSources(`${folder}${version}/${name}`).files)
    return names.map((name, index) => [
      `${version}/${name}`,
      { files: files[index]!, dependencies: files.filter((_, other) => other !== index) },
    ])
  })
  const whole = ['config', 'keyvalue'].map((name): [string, WitSources] => [
    name,
    readWitSources(`${folder}${name}`),
  ])
  return new Map([...flat, ...whole])
}
