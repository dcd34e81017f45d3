import { Button, Text } from '@mantine/core'
import type { WantedPackage } from '../contract/studio.ts'
import { sizeText } from '../inspect/size-text.ts'
import { useStudio } from '../state/store.ts'
import { chooseFiles } from './choose-files.ts'
import classes from './wanted-packages.module.css'

/** Parts of a shared composition that did not come along: nothing is fetched before the person says so. */
export function WantedPackages() {
  const wanted = useStudio((studio) => studio.wanted)
  if (wanted.length === 0) return null
  return (
    <section className={classes.wanted} aria-labelledby="wanted">
      <Text fw={600} size="sm" id="wanted">
        {wanted.length === 1 ? 'One component is' : `${wanted.length} components are`} missing from this
        composition
      </Text>
      <ul className={classes.list}>
        {wanted.map((one) => (
          <li key={one.name + one.hash} className={classes.item}>
            <Wanted wanted={one} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Wanted({ wanted: { name, hash, size, origin } }: { readonly wanted: WantedPackage }) {
  const open = useStudio((studio) => studio.open)
  return (
    <>
      <span className={classes.words}>
        <Text ff="monospace" size="sm" truncate>
          {name}
        </Text>
        <Text size="xs" c="dimmed" className={classes.about}>
          {origin.kind === 'address' ? origin.address : fileOf(origin)}, {sizeText(size)}, SHA-256{' '}
          {hash.slice(0, 12)}…
        </Text>
      </span>
      {origin.kind === 'address' ? (
        <Button size="xs" onClick={() => void open([new URL(origin.address)])}>
          Fetch from {new URL(origin.address).host}
        </Button>
      ) : (
        <Button size="xs" variant="default" onClick={() => void chooseFiles()}>
          Choose the file…
        </Button>
      )}
    </>
  )
}

function fileOf(origin: Exclude<WantedPackage['origin'], { kind: 'address' }>): string {
  return origin.kind === 'file' ? `drop ${origin.name} here` : `the example ${origin.file}, as it was`
}
