/** Finds a Python that can build the Python guests, or says what is missing. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Why a Python guest cannot be built, and the one command that installs what is missing. */
export interface MissingPython {
  readonly reason: string
  readonly cure: string
}

/** The words that start a Python ≥ 3.10 with venv and pip. */
export function findPython(): { readonly command: readonly string[] } | MissingPython {
  let reason = 'Python 3 is not installed'
  for (const command of process.platform === 'win32'
    ? [['py', '-3'], ['python']]
    : [['python3'], ['python']]) {
    const found = tryPython(command)
    if (found === 'good') return { command }
    if (found !== 'absent') reason = `Python 3 is installed, but ${found}`
  }
  return { reason, cure: installCommand() }
}

/** Its last word comes from the program below; an absent command and Windows' shop front print none. */
function tryPython([command = '', ...words]: readonly string[]): string {
  const program = `
import sys
if sys.version_info < (3, 10): print('it is older than 3.10')
else:
  try: import venv
  except ImportError: print('without venv')
  else:
    try: import ensurepip
    except ImportError: print('without pip')
    else: print('good')
`
  const { status, stdout } = spawnSync(command, [...words, '-c', program], { encoding: 'utf8' })
  return status === 0 && stdout.trim() ? stdout.trim() : 'absent'
}

function installCommand(): string {
  if (process.platform === 'win32') return 'winget install Python.Python.3.13'
  if (process.platform === 'darwin') return 'brew install python3'
  const managers = {
    'apt-get': 'sudo apt-get install -y python3 python3-venv',
    dnf: 'sudo dnf install -y python3 python3-pip',
    pacman: 'sudo pacman -S --noconfirm python',
    zypper: 'sudo zypper install -y python3 python3-pip',
    apk: 'sudo apk add python3 py3-pip',
  }
  const found = Object.entries(managers).find(([name]) =>
    ['/usr/bin', '/sbin'].some((bin) => existsSync(`${bin}/${name}`)),
  )
  return found?.[1] ?? managers['apt-get']
}
