/** A call that is being written: forms and text, of which one was edited last and the other follows. */
import { type Callable, parseCallText, printCall } from './call-text.ts'
import { suitability } from './form-limits.ts'
import { type FormPath, replaceAt } from './form-path.ts'
import { blank, type FormValue } from './form-value.ts'
import type { FormProblem } from './read-form.ts'

export interface Draft {
  /** One for each parameter; undefined where there is no form, but only text. */
  readonly forms: readonly FormValue[] | undefined
  /** Empty where the forms say no call yet. */
  readonly text: string
  /** WAVE, one text a parameter; undefined where something is wrong. */
  readonly parameters: readonly string[] | undefined
  /** Of the text, where it was edited last: the forms show what could be read before. */
  readonly wrongText: { readonly problem: string; readonly frame: string } | undefined
  /** Of the forms, where they were edited last. */
  readonly problems: readonly FormProblem[]
}

const fresh = new WeakMap<Callable, Draft>()

/** How the form of a function begins: the same object each time. */
export function newDraft(callable: Callable): Draft {
  const known = fresh.get(callable)
  if (known !== undefined) return known
  const { impossible, textOnly } = suitability(callable)
  const draft: Draft =
    impossible === undefined && textOnly === undefined
      ? withForms(
          callable,
          callable.parameters.map(({ type }) => blank(type)),
        )
      : { forms: undefined, text: '', parameters: undefined, wrongText: undefined, problems: [] }
  fresh.set(callable, draft)
  return draft
}

/** The same call of a function whose types may have changed; undefined where it is none any more. */
export function carryDraft({ text }: Draft, callable: Callable): Draft | undefined {
  const draft = editText(newDraft(callable), callable, text)
  return draft.wrongText === undefined ? draft : undefined
}

/** @param path the parameter's index, and then that of each part */
export function editForms(draft: Draft, callable: Callable, path: FormPath, value: FormValue): Draft {
  return draft.forms === undefined ? draft : withForms(callable, replaceAt(draft.forms, path, value))
}

export function editText(draft: Draft, callable: Callable, text: string): Draft {
  const parsed = parseCallText(callable, text)
  if ('problem' in parsed) return { ...draft, text, parameters: undefined, wrongText: parsed, problems: [] }
  const { forms, parameters } = parsed
  return { forms: draft.forms && forms, text, parameters, wrongText: undefined, problems: [] }
}

function withForms(callable: Callable, forms: readonly FormValue[]): Draft {
  const printed = printCall(callable, forms)
  return 'problems' in printed
    ? { forms, text: '', parameters: undefined, wrongText: undefined, problems: printed.problems }
    : { forms, ...printed, wrongText: undefined, problems: [] }
}
