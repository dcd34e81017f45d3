/** Components in applications that Rollup or Rolldown bundles: `plugins: [tenon()]`. */
import '../../engine.ts'
import {
  ComponentBundler,
  isComponentModule,
  isOwnImport,
  type Output,
  ownModule,
  type PluginOptions,
  splitQuery,
} from './component-bundler.ts'

export type { PluginOptions }

/** What we use of the context of Rollup's hooks. */
export interface RollupContext {
  addWatchFile(file: string): void
  emitFile(file: { readonly type: 'asset'; readonly name: string; readonly source: Uint8Array }): string
  resolve(
    specifier: string,
    importer: string | undefined,
    options: { readonly skipSelf: true },
  ): Promise<{ readonly id: string } | null>
}

/** What we give Rollup. */
export interface RollupPlugin {
  readonly name: 'tenon'
  resolveId(
    this: RollupContext,
    specifier: string,
    importer: string | undefined,
  ): Promise<{ readonly id: string } | string | null>
  load(this: RollupContext, id: string): string | null
}

/**
 * Core modules become assets.
 *
 * @example
 * tenon({ imports: { 'docs:adder/add': './adder.wasm' } }).name // 'tenon'
 */
export default function tenon(options: PluginOptions = {}): RollupPlugin {
  const bundler = new ComponentBundler(options)
  return {
    name: 'tenon',
    resolveId: resolveOwn,
    load(id) {
      return bundler.load(id, assets(this)) ?? null
    },
  }
}

export async function resolveOwn(
  this: RollupContext,
  specifier: string,
  importer: string | undefined,
): Promise<{ readonly id: string } | string | null> {
  if (isOwnImport(specifier, importer)) {
    // The application's, under its conditions, where it has one.
    return (await this.resolve(specifier, importer, { skipSelf: true })) ?? ownModule(specifier)
  }
  const { path, query } = splitQuery(specifier)
  if (query === '' || !isComponentModule(specifier)) return null
  const found = await this.resolve(path, importer, { skipSelf: true })
  return found && { ...found, id: found.id + query }
}

export function assets(context: RollupContext): Output {
  return {
    emit: (name, source) =>
      `import.meta.ROLLUP_FILE_URL_${context.emitFile({ type: 'asset', name, source })}`,
    watch: (file) => context.addWatchFile(file),
  }
}
