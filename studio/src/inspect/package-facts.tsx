import { ActionIcon, CopyButton } from '@mantine/core'
import { CheckIcon, CopyIcon } from '@radix-ui/react-icons'
import type { PackageSummary } from '../contract/workshop.ts'
import { useStudio } from '../state/store.ts'
import { CutText } from './cut-text.tsx'
import { originText } from './origin-text.ts'
import classes from './package-facts.module.css'
import { countText, sizeText } from './size-text.ts'

/** Characters of a hash that tell it from others. */
const hashStart = 16

/** What a package is, before anything of it is read. */
export function PackageFacts({ summary }: { readonly summary: PackageSummary }) {
  const { hash, size, imports, exports, isCommand } = summary
  const origin = useStudio(({ origins }) => origins[hash])
  return (
    <dl className={classes.facts}>
      <dt>Size</dt>
      <dd>{`${sizeText(size)} (${size.toLocaleString('en')} bytes)`}</dd>
      <dt>World</dt>
      <dd>
        {`${countText(imports.length, 'import')}, ${countText(exports.length, 'export')}`}
        {isCommand && ', a command'}
      </dd>
      <dt>From</dt>
      <dd>
        <CutText text={originText(origin)} limit={120} />
      </dd>
      <dt>SHA-256</dt>
      <dd className={classes.hash}>
        <code title={hash}>{`${hash.slice(0, hashStart)}…`}</code>
        <CopyButton value={hash}>
          {({ copied, copy }) => (
            <ActionIcon
              size={24}
              variant="subtle"
              onClick={copy}
              aria-label={copied ? 'Copied' : 'Copy the hash'}
            >
              {copied ? <CheckIcon aria-hidden /> : <CopyIcon aria-hidden />}
            </ActionIcon>
          )}
        </CopyButton>
      </dd>
    </dl>
  )
}
