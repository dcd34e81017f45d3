/**
 * A process that decodes and validates a component again and again, and prints what each part took as JSON: in its first
 * run, with cold code, and in the median. The core modules are read apart, as far as the component layer reads them; their code is
 * left to the engine.
 */
import { readFileSync } from 'node:fs'
import { readCoreModuleType } from '../../src/binary/core-module.ts'
import { decode } from '../../src/binary/decode.ts'
import type { Component } from '../../src/component/component.ts'
import { validate } from '../../src/validation/validate.ts'
import { median } from '../harness.ts'

/** Milliseconds. */
export interface Load {
  readonly decode: number
  /** Without reading the core modules. */
  readonly validate: number
  readonly coreModules: number
}

export interface Measurement {
  readonly bytes: number
  readonly first: Load
  readonly median: Load
}

const [path = '', runs = '20'] = process.argv.slice(2)
const bytes = readFileSync(path)
const loads = Array.from({ length: Number(runs) }, load)
const measurement: Measurement = {
  bytes: bytes.length,
  first: loads[0]!,
  median: {
    decode: median(loads.map((each) => each.decode)),
    validate: median(loads.map((each) => each.validate)),
    coreModules: median(loads.map((each) => each.coreModules)),
  },
}
console.log(JSON.stringify(measurement))

function load(): Load {
  const start = performance.now()
  const component = decode(bytes)
  const decoded = performance.now()
  readModules(component)
  const read = performance.now()
  validate(component)
  const end = performance.now()
  const coreModules = read - decoded
  return { decode: decoded - start, validate: Math.max(end - read - coreModules, 0), coreModules }
}

function readModules({ bytes, definitions }: Component): void {
  for (const definition of definitions) {
    if (definition.kind === 'core-module') readCoreModuleType(bytes, definition.range)
    if (definition.kind === 'component') readModules(definition.component)
  }
}
