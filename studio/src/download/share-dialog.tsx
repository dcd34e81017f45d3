import { Alert, Button, CopyButton, Group, Loader, Modal, Text, TextInput } from '@mantine/core'
import { CheckIcon, CopyIcon, ExclamationTriangleIcon } from '@radix-ui/react-icons'
import { useEffect, useState } from 'react'
import type { SharedLink } from '../contract/studio.ts'
import type { Refusal } from '../contract/workshop.ts'
import { CutText } from '../inspect/cut-text.tsx'
import { sizeText } from '../inspect/size-text.ts'
import { messageOf } from '../state/message-of.ts'
import { useStudio } from '../state/store.ts'
import classes from './share-dialog.module.css'
import { useShareDialog } from './share-dialog-state.ts'
import { linkNote, sharedByText } from './shared-by-text.ts'
import { isLocalStudio, type Reach, reachOf } from './where-it-opens.ts'

/** The link with the composition in it, and what of it goes along. */
export function ShareDialog() {
  const { isOpen, close } = useShareDialog()
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title="Share as a link"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Sharing />
    </Modal>
  )
}

function Sharing() {
  const [made, setMade] = useState<SharedLink | Refusal>()
  useEffect(() => {
    let isCurrent = true
    void useStudio
      .getState()
      .share()
      .catch((error: unknown) => ({ refused: messageOf(error), cure: undefined }))
      .then((link) => isCurrent && setMade(link))
    return () => {
      isCurrent = false
    }
  }, [])
  if (made === undefined) {
    return (
      <Group role="status" gap="xs">
        <Loader size="xs" aria-hidden />
        <Text size="sm">Making the link…</Text>
      </Group>
    )
  }
  if ('refused' in made) {
    return (
      <Alert color="red" variant="outline" title={made.refused} classNames={{ title: classes.refused! }}>
        {made.cure}
      </Alert>
    )
  }
  return <Link link={made} />
}

function Link({ link: { address, packages } }: { readonly link: SharedLink }) {
  const reach = reachOf(address, isLocalStudio())
  return (
    <div className={classes.dialog}>
      <Text size="sm">
        The link holds the WAC text and the layout. Nothing is uploaded: whoever has the link has the
        composition.
      </Text>
      <div className={classes.address}>
        <TextInput
          label="Link"
          description={linkNote(address.length)}
          value={address}
          readOnly
          data-autofocus
          className={classes.input}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <CopyButton value={address} timeout={3000}>
          {({ copied, copy }) => (
            <Button
              onClick={copy}
              leftSection={copied ? <CheckIcon aria-hidden /> : <CopyIcon aria-hidden />}
              aria-live="polite"
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </div>
      {reach !== undefined && <OpensOnlyHere reach={reach} />}
      {packages.length > 0 && (
        <section aria-labelledby="share-packages">
          <h3 id="share-packages" className={classes.heading}>
            What goes along with it
          </h3>
          <ul className={classes.packages}>
            {packages.map(({ name, size, by }) => (
              <li key={name}>
                <span className={classes.name}>
                  <CutText text={name} limit={80} />
                </span>
                <span className={classes.how}>{`${sizeText(size)}, ${sharedByText[by]}`}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

/** The link of a studio that runs for one person is no use to others as it is, and can be made one. */
function OpensOnlyHere({ reach: { address, from } }: { readonly reach: Reach }) {
  return (
    <Alert
      role="note"
      color="yellow"
      variant="outline"
      icon={<ExclamationTriangleIcon aria-hidden />}
      title={`It opens only from ${from}, and while this studio runs`}
      classNames={{ title: classes.only!, message: classes.only! }}
    >
      <Text size="sm">
        <code>{address}</code> is the address of <code>tenon studio</code> here. Elsewhere, start{' '}
        <code>tenon studio</code>, and put all from # on behind the address that it prints.
      </Text>
    </Alert>
  )
}
