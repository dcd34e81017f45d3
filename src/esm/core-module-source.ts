import { keyText, literalText } from '../bindgen/transpile/literal-text.ts'

/**
 * The source of an ES module that instantiates a core module as the platform itself would: namespaces of modules are its imports, its
 * exports are the module's, and a global is its value. For Deno, which takes WebAssembly for text as soon as there is any hook
 * that loads modules (2.9).
 *
 * @param url of its file
 */
export function coreModuleSource(bytes: BufferSource, url: string): string {
  const module = new WebAssembly.Module(bytes)
  const imported = [...new Set(WebAssembly.Module.imports(module).map((one) => one.module))]
  const lines = [
    "import { readFileSync } from 'node:fs'",
    ...imported.map((specifier, i) => `import * as $import${i} from ${literalText(specifier)}`),
    `const $module = new WebAssembly.Module(readFileSync(new URL(${literalText(url)})))`,
    'const { exports: $exports } = new WebAssembly.Instance($module, {',
    ...imported.map((specifier, i) => `  ${keyText(specifier)}: $import${i},`),
    '})',
    'const $value = (one) => (one instanceof WebAssembly.Global ? one.value : one)',
    ...WebAssembly.Module.exports(module).map(
      ({ name }, i) =>
        `const $export${i} = $value($exports[${literalText(name)}])\nexport { $export${i} as ${literalText(name)} }`,
    ),
  ]
  return `${lines.join('\n')}\n`
}
