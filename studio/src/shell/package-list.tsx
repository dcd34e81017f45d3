import { Text, UnstyledButton } from '@mantine/core'
import { countText, sizeText } from '../inspect/size-text.ts'
import { useStudio } from '../state/store.ts'
import classes from './package-list.module.css'

/** All components of the document, to look inside. */
export function PackageList() {
  const packages = useStudio((studio) => studio.packages)
  const show = useStudio((studio) => studio.show)
  if (packages.length === 0) {
    return (
      <Text c="dimmed" p="md">
        No components yet.
      </Text>
    )
  }
  return (
    <ul className={classes.list} aria-label="Components">
      {packages.map(({ name, size, imports, exports }) => (
        <li key={name}>
          <UnstyledButton className={classes.row} onClick={() => show({ kind: 'inspect', package: name })}>
            <Text ff="monospace" size="sm" truncate>
              {name.slice(0, 200)}
            </Text>
            <Text size="xs" c="dimmed">
              {sizeText(size)}, {countText(imports.length, 'import')}, {countText(exports.length, 'export')}
            </Text>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  )
}
