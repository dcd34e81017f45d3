import { ActionIcon, Button, SegmentedControl, Text, Textarea, TextInput, Title } from '@mantine/core'
import { Cross2Icon, PlusIcon } from '@radix-ui/react-icons'
import { useRef } from 'react'
import { canWaitForInput, useRun } from '../run-store.ts'
import { splitWords } from '../words.ts'
import { Limits } from './limits.tsx'
import classes from './setup.module.css'

/** What a run is given: arguments, environment, standard input and limits. All of it counts at the next start. */
export function SetupPane() {
  const { args, stdinFrom, stdin } = useRun((run) => run.setup)
  const { changeSetup } = useRun.getState()
  const words = splitWords(args)
  return (
    <div className={classes.pane}>
      <TextInput
        size="xs"
        label="Arguments"
        description="As in a shell: words, with quotes around those with spaces. Nothing is expanded."
        value={args}
        onChange={({ currentTarget }) => changeSetup({ args: currentTarget.value })}
        error={'problem' in words ? words.problem : undefined}
        autoCapitalize="none"
        spellCheck={false}
        classNames={{ input: classes.code! }}
      />
      {'words' in words && words.words.length > 0 && (
        <Text size="xs" c="dimmed" component="div" className={classes.words}>
          {words.words.slice(0, 50).map((word, index) => (
            <code key={`${index} ${word}`}>{word === '' ? '(empty)' : word}</code>
          ))}
        </Text>
      )}
      <Environment />
      <section aria-label="Standard input" className={classes.section}>
        <Title order={3} size="xs">
          Standard input
        </Title>
        <SegmentedControl
          size="xs"
          aria-label="Where standard input comes from"
          value={stdinFrom}
          onChange={(next) => changeSetup({ stdinFrom: next === 'text' ? 'text' : 'terminal' })}
          data={[
            { value: 'terminal', label: 'Typed in the terminal', disabled: !canWaitForInput },
            { value: 'text', label: 'The text below' },
          ]}
        />
        {!canWaitForInput && (
          <Text size="xs" c="dimmed">
            This browser cannot hold a component while it waits (it lacks JavaScript Promise Integration), so
            its input is given beforehand.
          </Text>
        )}
        {stdinFrom === 'text' && (
          <Textarea
            size="xs"
            aria-label="Text of standard input"
            autosize
            minRows={3}
            maxRows={12}
            value={stdin}
            onChange={({ currentTarget }) => changeSetup({ stdin: currentTarget.value })}
            classNames={{ input: classes.code! }}
          />
        )}
      </section>
      <Limits />
    </div>
  )
}

function Environment() {
  const env = useRun((run) => run.setup.env)
  const { changeSetup } = useRun.getState()
  const section = useRef<HTMLElement>(null)
  const set = (index: number, name: string, value: string) =>
    changeSetup({ env: env.with(index, [name, value]) })
  const focus = (selector: string) =>
    requestAnimationFrame(() => section.current?.querySelector<HTMLElement>(selector)?.focus())
  return (
    <section ref={section} aria-label="Environment" className={classes.section}>
      <Title order={3} size="xs">
        Environment
      </Title>
      {env.length === 0 && (
        <Text size="xs" c="dimmed">
          No variable is set: components see none of this machine's.
        </Text>
      )}
      {env.map(([name, value], index) => (
        // Variables may be of the same name while they are typed.
        <div key={index} className={classes.variable} data-variable={index}>
          <TextInput
            size="xs"
            aria-label={`Name of variable ${index + 1}`}
            placeholder="NAME"
            value={name}
            onChange={({ currentTarget }) => set(index, currentTarget.value, value)}
            error={nameProblem(name, env, index)}
            autoCapitalize="none"
            spellCheck={false}
            classNames={{ input: classes.code! }}
          />
          <TextInput
            size="xs"
            aria-label={`Value of variable ${index + 1}`}
            placeholder="value"
            value={value}
            onChange={({ currentTarget }) => set(index, name, currentTarget.value)}
            autoCapitalize="none"
            spellCheck={false}
            classNames={{ input: classes.code! }}
          />
          <ActionIcon
            size={30}
            aria-label={`Remove variable ${index + 1}`}
            onClick={() => {
              changeSetup({ env: env.toSpliced(index, 1) })
              focus(env.length > 1 ? `[data-variable="${Math.max(0, index - 1)}"] input` : '[data-add]')
            }}
          >
            <Cross2Icon aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <Button
        data-add
        size="compact-sm"
        variant="default"
        className={classes.add!}
        leftSection={<PlusIcon aria-hidden />}
        onClick={() => {
          changeSetup({ env: [...env, ['', '']] })
          focus(`[data-variable="${env.length}"] input`)
        }}
      >
        Add variable
      </Button>
    </section>
  )
}

function nameProblem(
  name: string,
  env: readonly (readonly [string, string])[],
  index: number,
): string | undefined {
  if (/[=\0]/.test(name)) return 'A name has no =.'
  const isTwice = name !== '' && env.findIndex(([other]) => other === name) < index
  return isTwice ? 'Set twice: this one counts.' : undefined
}
