import { createContext, useContext } from 'react'
import type { LiveResource } from '../../contract/run.ts'
import type { FormPath } from './form-path.ts'
import type { FormValue } from './form-value.ts'

/** What the fields of one form share. */
export interface FormContext {
  readonly update: (path: FormPath, value: FormValue) => void
  /** From which fields of resource types choose. */
  readonly resources: readonly LiveResource[]
}

const context = createContext<FormContext | undefined>(undefined)

export const FormProvider = context.Provider

export function useForm(): FormContext {
  const found = useContext(context)
  if (found === undefined) throw new Error('a field outside of a form')
  return found
}
