import type { ITheme } from '@xterm/xterm'

/** The sixteen colours, each with a contrast of at least 4.5 to 1 to the background where it is text. */
export function terminalTheme(scheme: 'light' | 'dark'): ITheme {
  return scheme === 'dark' ? dark : light
}

const light: ITheme = {
  background: '#ffffff',
  foreground: '#1c1f23',
  cursor: '#3b5bdb',
  selectionBackground: '#c8d3f8',
  black: '#1c1f23',
  red: '#b42318',
  green: '#2b7a0b',
  yellow: '#8a5a00',
  blue: '#1a56c4',
  magenta: '#8e24aa',
  cyan: '#0b6f80',
  white: '#5b6169',
  brightBlack: '#5b6169',
  brightRed: '#c92a2a',
  brightGreen: '#2f7d12',
  brightYellow: '#8f5f00',
  brightBlue: '#3b5bdb',
  brightMagenta: '#9c36b5',
  brightCyan: '#0c7285',
  brightWhite: '#1c1f23',
}

const dark: ITheme = {
  background: '#1e2125',
  foreground: '#e3e6ea',
  cursor: '#91a7ff',
  selectionBackground: '#3c4a7d',
  black: '#8b929b',
  red: '#ff8f85',
  green: '#8fd16f',
  yellow: '#e5c07b',
  blue: '#91a7ff',
  magenta: '#dfa0f0',
  cyan: '#6fd0dd',
  white: '#e3e6ea',
  brightBlack: '#a4abb4',
  brightRed: '#ffaba3',
  brightGreen: '#a9e38b',
  brightYellow: '#f0d59b',
  brightBlue: '#b3c1ff',
  brightMagenta: '#e9bcf6',
  brightCyan: '#92e0ea',
  brightWhite: '#ffffff',
}
