import { CloseButton, Code, Progress, Text } from '@mantine/core'
import { CheckCircledIcon, ExclamationTriangleIcon } from '@radix-ui/react-icons'
import { useEffect, useState } from 'react'
import type { Notice } from '../contract/studio.ts'
import { useStudio } from '../state/store.ts'
import classes from './notices.module.css'

/** Milliseconds. Problems stay until they are dismissed. */
const infoTime = 7_000

/** What was said last, and what is on its way in. */
export function Notices() {
  const notices = useStudio((studio) => studio.notices)
  return (
    <section className={classes.notices} aria-label="Notices">
      <Incoming />
      {/* The region is there before what it says, or nothing would be read. */}
      <div role="log" aria-live="polite" className={classes.list}>
        {notices.map((notice) => (
          <NoticeCard key={notice.id} notice={notice} />
        ))}
      </div>
    </section>
  )
}

function NoticeCard({ notice: { id, kind, text, cure, frame } }: { readonly notice: Notice }) {
  const dismiss = useStudio((studio) => studio.dismiss)
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    if (kind === 'problem' || isHeld) return
    const timer = setTimeout(() => dismiss(id), infoTime)
    return () => clearTimeout(timer)
  }, [id, kind, isHeld, dismiss])
  return (
    <fieldset
      className={classes.card}
      data-kind={kind}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {kind === 'problem' ? (
        <ExclamationTriangleIcon className={classes.icon} aria-label="Problem:" />
      ) : (
        <CheckCircledIcon className={classes.icon} aria-hidden />
      )}
      <div className={classes.words}>
        <Text size="sm" className={classes.text}>
          {text}
        </Text>
        {cure !== undefined && (
          <Text size="sm" c="dimmed" className={classes.text}>
            {sentence(cure)}
          </Text>
        )}
        {frame !== undefined && (
          <Code block className={classes.frame} tabIndex={0}>
            {frame}
          </Code>
        )}
      </div>
      <CloseButton aria-label="Dismiss" onClick={() => dismiss(id)} />
    </fieldset>
  )
}

function sentence(cure: string): string {
  const text = cure.charAt(0).toUpperCase() + cure.slice(1)
  return /[.!?]$/.test(text) ? text : `${text}.`
}

function Incoming() {
  const incoming = useStudio((studio) => studio.incoming)
  return (
    <div role="log" aria-label="Files on their way in" className={classes.list}>
      {incoming.map(({ name, step, part }, index) => (
        <div key={index} className={classes.card}>
          <div className={classes.words}>
            <Text size="sm" truncate>
              {name.slice(0, 200)}: {step}
            </Text>
            <Progress
              value={part === 0 ? 100 : part * 100}
              animated={part === 0}
              size="sm"
              mt={6}
              aria-label={`${name.slice(0, 200)}: ${step}`}
            />
          </div>
        </div>
      ))}
    </div>
  )
}
