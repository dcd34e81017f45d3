import type { Composition } from '../../compose/composition.ts'
import { encodeComposition } from '../../compose/encode-composition.ts'
import { explainImports } from '../../compose/explain-imports.ts'
import { show } from '../show.ts'
import { styleFor } from '../terminal.ts'
import { stderr, stdout } from '../write.ts'
import { writeOutput } from '../write-output.ts'
import { explanationText } from './explanation.ts'

export interface OutputOptions {
  readonly output?: string | undefined
  readonly explain?: boolean | undefined
  readonly 'import-dependencies'?: boolean | undefined
}

/** Writes a composition; with `--explain` and no file to write to only what is left open, and why. */
export function writeComposition(composition: Composition, options: OutputOptions): void {
  const packages = options['import-dependencies'] ? 'import' : 'nest'
  const bytes = encodeComposition(composition, { packages })
  if (options.explain) {
    const descriptor = options.output === '-' ? stderr : stdout
    show(descriptor, explanationText(explainImports(composition), styleFor(descriptor)))
    if (options.output === undefined) return
  }
  writeOutput(options.output, bytes)
}
