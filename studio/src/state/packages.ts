/** What a person does with a document's packages: gestures, as those that change its blocks. */
import type { Refusal } from '../contract/workshop.ts'
import type { Model } from './model.ts'
import { renameInText, usesPackage } from './package-names.ts'

export async function renamePackage(model: Model, name: string, to: string): Promise<Refusal | undefined> {
  let isRenamed = false
  return await model.gesture(async ({ text, layout, packages }) => {
    // A gesture is begun anew where the text changed meanwhile; the workshop has the new name then.
    const refusal = isRenamed ? undefined : await model.workshop.renamePackage(name, to)
    if (refusal !== undefined) return refusal
    isRenamed = true
    const before = new Map(packages.map((one) => [one.name, one]))
    const renamed = packages.map((one) => (one.name === name ? { ...one, name: to } : one))
    return { text: renameInText(text, name, to, before), layout, made: [], packages: renamed }
  })
}

export async function removePackage(model: Model, name: string): Promise<Refusal | undefined> {
  return await model.gesture(async ({ text, layout, packages }) => {
    if (usesPackage(text, name)) {
      return { refused: `${name} is used by the text.`, cure: 'remove its blocks first' }
    }
    await model.workshop.removePackage(name)
    return { text, layout, made: [], packages: packages.filter((one) => one.name !== name) }
  })
}

export async function replacePackage(model: Model, name: string, file: File): Promise<Refusal | undefined> {
  const added = await model.cabinet.add(await file.arrayBuffer(), file.name, () => undefined)
  if ('refused' in added) return model.refuse(added)
  const { hash } = added
  model.set({ origins: { ...model.studio.origins, [hash]: { kind: 'file', name: file.name } } })
  return await model.gesture(async ({ text, layout, packages }) => {
    if (packages.some((one) => one.hash === hash)) {
      return { refused: `${file.name} is a package already: ${added.name}.`, cure: undefined }
    }
    const replaced = packages.map((one) => (one.name === name ? { ...added, name } : one))
    await model.workshop.removePackage(added.name)
    await model.cabinet.bring(packages, replaced)
    return { text, layout, made: [], packages: replaced }
  })
}
