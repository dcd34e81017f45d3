import { Button, Text, useComputedColorScheme } from '@mantine/core'
import { forceLinting, nextDiagnostic } from '@codemirror/lint'
import type { EditorView } from '@codemirror/view'
import { useEffect, useId, useRef } from 'react'
import { model, useStudio } from '../state/store.ts'
import { createView, setScheme } from './create-view.ts'
import classes from './editor.module.css'
import { follow, selectAt } from './sync.ts'

/** The WAC text, beside the canvas. */
export function Editor() {
  const parent = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const hint = useId()
  const isDark = useComputedColorScheme('light') === 'dark'
  useEffect(() => {
    const { text, setText } = useStudio.getState()
    const created = createView(parent.current!, text, hint, { typed: setText, cursor: selectAt })
    const end = follow(created)
    view.current = created
    return () => {
      end()
      created.destroy()
    }
  }, [hint])
  useEffect(() => {
    if (view.current !== undefined) setScheme(view.current, isDark)
  }, [isDark])
  return (
    <section aria-label="Source" className={classes.pane}>
      <div className={classes.head}>
        <Text component="h2" fw={600} size="sm">
          Source
        </Text>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => void model.format()}>
          Format
        </Button>
      </div>
      <div ref={parent} className={classes.editor} />
      <div className={classes.status}>
        <Problems goToNext={() => view.current && goToNext(view.current)} />
        <Text size="xs" c="dimmed" id={hint}>
          Esc, then Tab leaves the text
        </Text>
      </div>
    </section>
  )
}

function goToNext(view: EditorView): void {
  forceLinting(view)
  nextDiagnostic(view)
  view.focus()
}

function Problems({ goToNext }: { goToNext(): void }) {
  const problems = useStudio((studio) => studio.problems)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  const words = [count(errors, 'error'), count(warnings, 'warning')].filter((text) => text !== '').join(', ')
  return (
    <div role="status">
      {words === '' ? (
        <Text size="xs" c="dimmed">
          No problems
        </Text>
      ) : (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          onClick={goToNext}
          title="Go to the next (F8)"
        >
          {words}
        </Button>
      )}
    </div>
  )
}

function count(number: number, word: string): string {
  return number === 0 ? '' : `${number} ${word}${number === 1 ? '' : 's'}`
}
