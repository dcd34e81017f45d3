/** A call that is being written: forms and text, of which one was edited last and the other follows. */
import { parseJsonArguments, printJsonArguments } from './call-json.ts'
import { type Callable, callName, type Parsed, parseCallText, printCall } from './call-text.ts'
import { suitability } from './form-limits.ts'
import { type FormPath, replaceAt } from './form-path.ts'
import { blank, type FormValue } from './form-value.ts'
import type { FormProblem } from './read-form.ts'

/** `wave`: the call, `f(1, 2)`; `json`: its arguments, `[1, 2]`. */
export type TextFormat = 'wave' | 'json'

export interface Draft {
  readonly format: TextFormat
  /** One for each parameter; undefined where there is no form, but only text. */
  readonly forms: readonly FormValue[] | undefined
  /** Empty where the forms say no call yet. */
  readonly text: string
  /** As they are sent: WAVE, one text a parameter; undefined where something is wrong. */
  readonly parameters: readonly string[] | undefined
  /** Of the text, where it was edited last: the forms show what could be read before. */
  readonly wrongText: { readonly problem: string; readonly frame: string } | undefined
  /** Of the forms, where they were edited last. */
  readonly problems: readonly FormProblem[]
}

const fresh = { wave: new WeakMap<Callable, Draft>(), json: new WeakMap<Callable, Draft>() }

/** How the form of a function begins: the same object each time. */
export function newDraft(callable: Callable, format: TextFormat = 'wave'): Draft {
  const known = fresh[format].get(callable)
  if (known !== undefined) return known
  const { impossible, textOnly } = suitability(callable)
  const draft: Draft =
    impossible === undefined && textOnly === undefined
      ? withForms(
          format,
          callable,
          callable.parameters.map(({ type }) => blank(type)),
        )
      : { format, forms: undefined, text: '', parameters: undefined, wrongText: undefined, problems: [] }
  fresh[format].set(callable, draft)
  return draft
}

/** The same call of a function whose types may have changed; undefined where it is none any more. */
export function carryDraft({ format, text }: Draft, callable: Callable): Draft | undefined {
  const draft = editText(newDraft(callable, format), callable, text)
  return draft.wrongText === undefined ? draft : undefined
}

/** @param path the parameter's index, and then that of each part */
export function editForms(draft: Draft, callable: Callable, path: FormPath, value: FormValue): Draft {
  const { format, forms } = draft
  return forms === undefined ? draft : withForms(format, callable, replaceAt(forms, path, value))
}

export function editText(draft: Draft, callable: Callable, text: string): Draft {
  const parsed = parse(draft.format, callable, text)
  if ('problem' in parsed) return { ...draft, text, parameters: undefined, wrongText: parsed, problems: [] }
  const { forms, parameters } = parsed
  return { ...draft, forms: draft.forms && forms, text, parameters, wrongText: undefined, problems: [] }
}

/** The same call in the other format. A text that is wrong may have been meant in that one: it stays, and is read as such. */
export function changeFormat(draft: Draft, callable: Callable, format: TextFormat): Draft {
  if (draft.format === format) return draft
  const changed = { ...draft, format }
  if (draft.wrongText !== undefined) return editText(changed, callable, draft.text)
  if (draft.forms !== undefined) return withForms(format, callable, draft.forms)
  const parsed = parse(draft.format, callable, draft.text)
  return 'problem' in parsed ? changed : { ...changed, text: print(format, callable, parsed.forms) }
}

/** Its text as WAVE, whatever it is written in: what is remembered of a call. */
export function waveOf({ format, text, parameters }: Draft, callable: Callable): string {
  return format === 'wave' ? text : `${callName(callable)}(${(parameters ?? []).join(', ')})`
}

function withForms(format: TextFormat, callable: Callable, forms: readonly FormValue[]): Draft {
  const printed = printCall(callable, forms)
  if ('problems' in printed)
    return {
      format,
      forms,
      text: '',
      parameters: undefined,
      wrongText: undefined,
      problems: printed.problems,
    }
  const { parameters, text } = printed
  return {
    format,
    forms,
    parameters,
    text: format === 'wave' ? text : printJsonArguments(callable, forms),
    wrongText: undefined,
    problems: [],
  }
}

function parse(format: TextFormat, callable: Callable, text: string): Parsed {
  return format === 'wave' ? parseCallText(callable, text) : parseJsonArguments(callable, text)
}

/** @param forms without mistakes */
function print(format: TextFormat, callable: Callable, forms: readonly FormValue[]): string {
  if (format === 'json') return printJsonArguments(callable, forms)
  const printed = printCall(callable, forms)
  return 'text' in printed ? printed.text : ''
}
