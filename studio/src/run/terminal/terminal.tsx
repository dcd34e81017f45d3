/** The terminal. With xterm it is as large as the rest of the panel: it is loaded when it is shown. */
import '@xterm/xterm/css/xterm.css'
import { useComputedColorScheme } from '@mantine/core'
import { FitAddon } from '@xterm/addon-fit'
import { Terminal as Xterm } from '@xterm/xterm'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { OutputLog } from '../output-log.ts'
import classes from './terminal.module.css'
import { terminalTheme } from './terminal-theme.ts'

interface TerminalProps {
  readonly output: OutputLog
  /** Whether lines that are typed go anywhere. */
  readonly takesInput: boolean
  readonly onInput: (bytes: Uint8Array | undefined) => void
  readonly onInterrupt: () => void
}

const utf8 = new TextEncoder()

export default function Terminal({ output, takesInput, onInput, onInterrupt }: TerminalProps) {
  const parent = useRef<HTMLDivElement>(null)
  const terminal = useRef<Xterm>(null)
  const scheme = useComputedColorScheme('light')
  // Read when a key is pressed: the terminal is not made anew for each.
  const input = useRef({ takesInput, onInput, onInterrupt })
  useLayoutEffect(() => {
    input.current = { takesInput, onInput, onInterrupt }
  })

  useEffect(() => {
    const element = parent.current!
    const xterm = new Xterm({
      convertEol: true,
      screenReaderMode: true,
      scrollback: 10_000,
      fontFamily: getComputedStyle(element).fontFamily,
      fontSize: 13,
      cursorBlink: false,
      minimumContrastRatio: 4.5,
      // Nothing that a guest writes may be followed: links of OSC 8 do not even come this far.
      linkHandler: { activate: () => {} },
      logLevel: 'off',
    })
    const fit = new FitAddon()
    xterm.loadAddon(fit)
    xterm.open(element)
    xterm.textarea?.setAttribute(
      'aria-label',
      'Terminal: what the component writes; lines typed here are its input',
    )
    // A backspace at the start of a row goes to the row before: lines that are edited may be longer than one.
    xterm.write('\x1b[?45h')
    xterm.attachCustomKeyEventHandler((event) => isForTerminal(event, xterm.hasSelection()))
    if (xterm.textarea) takeInsertedText(xterm.textarea, (text) => xterm.input(text))
    xterm.onData((data) => {
      const { takesInput: takes, onInput: send, onInterrupt: interrupt } = input.current
      if (!takes) {
        if (data === '\x03') interrupt()
        return
      }
      const typed = output.line.type(data)
      output.say(typed.echo)
      for (const text of typed.submitted) send(utf8.encode(text))
      if (typed.isEnd) send(undefined)
      if (typed.isInterrupt) interrupt()
    })
    const unfollow = output.follow((text) => xterm.write(text))
    const resize = new ResizeObserver(() => fit.fit())
    resize.observe(element)
    terminal.current = xterm
    return () => {
      unfollow()
      resize.disconnect()
      xterm.dispose()
      terminal.current = null
    }
  }, [output])

  useEffect(() => {
    if (terminal.current !== null) terminal.current.options.theme = terminalTheme(scheme)
  }, [scheme, output])

  useEffect(() => {
    if (terminal.current !== null)
      terminal.current.options.cursorInactiveStyle = takesInput ? 'outline' : 'none'
  }, [takesInput, output])

  return <div ref={parent} className={classes.terminal} />
}

/**
 * Text that comes without keys, from dictation or a panel of characters. For screen readers xterm leaves what is in its text field
 * alone, and so does not take this, either.
 */
function takeInsertedText(field: HTMLTextAreaElement, take: (text: string) => void): void {
  let isKeyDown = false
  field.addEventListener('keydown', () => (isKeyDown = true))
  field.addEventListener('keyup', () => (isKeyDown = false))
  field.addEventListener('blur', () => (isKeyDown = false))
  field.addEventListener('input', (event) => {
    const { inputType, data, isComposing } = event as InputEvent
    if (inputType === 'insertText' && data && !isComposing && !isKeyDown) take(data)
  })
}

/** Tab leaves the terminal; Ctrl+C copies where something is selected, as it does everywhere else. */
function isForTerminal(event: KeyboardEvent, hasSelection: boolean): boolean {
  if (event.key === 'Tab') return false
  const isCopy = event.key === 'c' && (event.ctrlKey || event.metaKey) && !event.shiftKey
  return !(isCopy && hasSelection)
}
