/**
 * Builds the Rust guests, those of the benchmark too, and puts each `.wasm` beside its source, where it is checked in.
 * Needs cargo, `rustup target add wasm32-wasip2 wasm32-unknown-unknown`, and wasm-tools for what `tenon virt` puts into components. `CARGO` names another cargo, as words: `CARGO='cargo +stable'`.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const here = import.meta.dirname
const checkedIn = {
  'adder.wasm': 'adder/rust/adder.wasm',
  'interfaced_adder.wasm': 'interfaced-adder/rust/interfaced-adder.wasm',
  'kv_store.wasm': 'kv-store/rust/kv-store.wasm',
  'calculator.wasm': 'calculator/rust/calculator.wasm',
  'kv_database.wasm': 'kv-database/rust/kv-database.wasm',
  'kv-command.wasm': 'kv-command/rust/kv-command.wasm',
  'hello.wasm': '../bench/guests/hello/hello.wasm',
  'values.wasm': '../bench/guests/values/values.wasm',
  'layer.wasm': '../bench/guests/layer/layer.wasm',
  'files.wasm': '../bench/guests/files/files.wasm',
}

const [cargo = 'cargo', ...words] = (process.env.CARGO ?? 'cargo').split(' ')
// Panic messages name source files: without this, the builder's folders would be in what is checked in.
const cargoHome = process.env.CARGO_HOME ?? join(homedir(), '.cargo')
const root = join(here, '..')
const buildEnvironment = {
  ...process.env,
  RUSTFLAGS: `--remap-path-prefix=${cargoHome}=cargo --remap-path-prefix=${root}=.`,
}
const { status, error } = spawnSync(
  cargo,
  [...words, 'build', '--release', '--locked', '--target', 'wasm32-wasip2'],
  {
    cwd: here,
    stdio: 'inherit',
    env: buildEnvironment,
  },
)
if (error || status !== 0) {
  console.error(error ? `cannot run ${cargo}: ${error.message}` : `${cargo} failed`)
  process.exit(1)
}
await buildFilesGuest()
for (const [built, beside] of Object.entries(checkedIn)) {
  const target = join(here, beside)
  copyFileSync(join(here, 'target/wasm32-wasip2/release', built), target)
  console.log(`${beside}: ${statSync(target).size} bytes`)
}

/** What `tenon virt --files` puts into components: without a system of its own, made a component by wasm-tools, and kept as text. */
async function buildFilesGuest(): Promise<void> {
  const target = 'wasm32-unknown-unknown'
  const core = join(here, 'target', target, 'release/virt_files.wasm')
  const component = join(here, 'target', target, 'release/virt-files.wasm')
  const steps = [
    [cargo, ...words, 'build', '--release', '--locked', '--target', target, '-p', 'virt-files'],
    ['wasm-tools', 'component', 'new', core, '-o', component],
    ['wasm-tools', 'strip', '-a', component, '-o', component],
  ]
  for (const [command, ...args] of steps) {
    const { status } = spawnSync(command!, args, { cwd: here, stdio: 'inherit', env: buildEnvironment })
    if (status !== 0) throw new Error(`${command} ${args[0]} failed`)
  }
  const text = readFileSync(component).toString('base64')
  const comment = '/** `files-guest/` as a component, in base64: written by `examples/build-rust.ts`. */'
  writeFileSync(
    join(root, 'src/virt/files-component.generated.ts'),
    `${comment}\nexport const filesComponent: string =\n  '${text}'\n`,
  )
}
