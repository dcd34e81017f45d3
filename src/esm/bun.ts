import { sourceOf } from './loader.ts'

/** What we use of Bun. */
interface Bun {
  plugin(plugin: { readonly name: string; setup(build: Build): void }): void
}

interface Build {
  onLoad(options: { readonly filter: RegExp }, load: (module: { readonly path: string }) => object): void
}

/** Whether this is Bun: then it loads components from now on. */
export function registerWithBun(): boolean {
  const { Bun: bun } = globalThis as { readonly Bun?: Bun }
  if (bun === undefined) return false
  bun.plugin({
    name: 'tenon',
    setup: ({ onLoad }) =>
      onLoad({ filter: /\.wasm(?:\?|$)/ }, ({ path }) => {
        const file = path.replace(/\?.*$/, '')
        const contents = sourceOf(file, path)
        // What Bun makes of other files it does not know the type of: their path.
        return contents === undefined
          ? { loader: 'object', exports: { default: file } }
          : { loader: 'js', contents }
      }),
  })
  return true
}
