import { Text } from '@mantine/core'
import type { Inspection, ModuleSummary } from '../contract/workshop.ts'
import classes from './contents.module.css'
import { CutText } from './cut-text.tsx'
import { LongList } from './long-list.tsx'
import { ShareBar } from './share-bar.tsx'
import { countText } from './size-text.ts'

/** What a component is made of: core modules, nested components, sections, and the tools that made it. */
export function Contents({ inspection }: { readonly inspection: Inspection }) {
  const { modules, components, sections, producers, size } = inspection
  const largestFirst = modules.toSorted((a, b) => b.size - a.size)
  return (
    <div className={classes.contents}>
      <section aria-labelledby="inspect-modules">
        <h4 id="inspect-modules">{`Core modules (${modules.length.toLocaleString('en')})`}</h4>
        {modules.length === 0 ? (
          <Text size="sm">It has none: it only wires.</Text>
        ) : (
          <LongList
            items={largestFirst}
            noun="module"
            label="Core modules"
            textOf={({ path, name }) => `${path} ${name ?? ''}`}
          >
            {(module) => <Module module={module} whole={size} />}
          </LongList>
        )}
        <Text size="sm" mt="xs">
          {components === 0 ? 'No nested components.' : `${countText(components, 'nested component')}.`}
        </Text>
      </section>
      <section aria-labelledby="inspect-sections">
        <h4 id="inspect-sections">Sections by size</h4>
        <LongList
          items={sections.toSorted((a, b) => b.bytes - a.bytes)}
          noun="section"
          label="Sections by size"
          textOf={({ name }) => name}
        >
          {({ name, bytes }) => (
            <div className={classes.row}>
              <span className={classes.name}>
                <CutText text={name} limit={80} />
              </span>
              <ShareBar bytes={bytes} whole={size} />
            </div>
          )}
        </LongList>
      </section>
      <section aria-labelledby="inspect-producers">
        <h4 id="inspect-producers">Made by</h4>
        <Producers producers={producers} />
      </section>
    </div>
  )
}

function Module({ module, whole }: { readonly module: ModuleSummary; readonly whole: number }) {
  const facts = [
    countText(module.functions, 'function'),
    countText(module.imports, 'import'),
    countText(module.exports, 'export'),
    module.memory === undefined
      ? 'no memory'
      : `memory of ${module.memory} ${module.memory === '1' ? 'page' : 'pages'}`,
  ]
  return (
    <div className={classes.row}>
      <div>
        <span className={classes.name}>
          <CutText text={module.name ?? module.path} limit={80} />
        </span>
        <Text size="xs" c="dimmed">
          {facts.join(' · ')}
        </Text>
      </div>
      <ShareBar bytes={module.size} whole={whole} />
    </div>
  )
}

function Producers({ producers }: Pick<Inspection, 'producers'>) {
  if (producers.length === 0) return <Text size="sm">It does not say.</Text>
  return (
    <LongList
      items={producers}
      noun="tool"
      label="Languages and tools"
      textOf={({ field, name }) => `${field} ${name}`}
    >
      {({ field, name, version }) => (
        <div className={classes.row}>
          <span className={classes.name}>
            <CutText text={`${name} ${version}`.trim()} limit={80} />
          </span>
          <Text size="xs" c="dimmed">
            <CutText text={fieldNames.get(field) ?? field} limit={40} />
          </Text>
        </div>
      )}
    </LongList>
  )
}

/** Of the fields that the tool conventions name. */
const fieldNames: ReadonlyMap<string, string> = new Map([
  ['language', 'language'],
  ['processed-by', 'tool'],
  ['sdk', 'SDK'],
])
