/** What a name says about the thing it names, and what its attributes ask for (Binary.md, "Import and Export Definitions"). */
import type { ExternName, NameAttribute } from '../component/component.ts'
import type { ExternType, FunctionType } from '../component/extern-type.ts'
import { limits } from '../component/limits.ts'
import {
  type ExternNameParts,
  isCanonicalVersion,
  isLabel,
  parseExternName,
  parseVersion,
  uniquenessKey,
} from '../component/names.ts'
import type { Refuse } from '../component/resolve-type.ts'
import type { ResourceType } from '../component/value-type.ts'
import type { ExternList, ResourceNames } from './scope.ts'

/** Checks a name of something that is then added to this side. */
export function checkExternName(list: ExternList, name: ExternName, type: ExternType, refuse: Refuse): void {
  const { kind, resources } = list
  const { parts, key } = known(name.name)
  if (parts.kind === 'invalid')
    refuse(`${kind} name \`${name.name}\` is not a valid extern name: ${parts.problem}`)
  if (kind === 'export' && isDependency(parts)) {
    refuse(`name \`${name.name}\` is not a valid export name: only imports say where to find things`)
  }
  checkAttributes(name, parts, type, refuse)
  const problem = annotationProblem(parts, type, resources)
  if (problem !== undefined) refuse(`${kind} name \`${name.name}\` is not valid: ${problem}`)
  const previous = list.nameOf(key)
  if (previous !== undefined)
    refuse(`${kind} name \`${name.name}\` conflicts with previous name \`${previous}\``)
  if (key !== name.name) list.addKey(key, name.name)
}

interface KnownName {
  readonly parts: ReturnType<typeof parseExternName>
  readonly key: string
}

/** Components import and export the same names again and again. */
const knownNames = new Map<string, KnownName>()

function known(name: string): KnownName {
  // As soon read as found again.
  if (isLabel(name)) return { parts: { kind: 'label', label: name }, key: name.toLowerCase() }
  let found = knownNames.get(name)
  if (found === undefined) {
    if (knownNames.size >= limits.rememberedNames) knownNames.clear()
    found = { parts: parseExternName(name), key: uniquenessKey(name) }
    knownNames.set(name, found)
  }
  return found
}

function isDependency({ kind }: ExternNameParts): boolean {
  return kind === 'unlocked-dep' || kind === 'locked-dep' || kind === 'url' || kind === 'integrity'
}

function checkAttributes(name: ExternName, parts: ExternNameParts, type: ExternType, refuse: Refuse): void {
  if (name.attributes.length === 0) return
  const seen = new Set<NameAttribute['kind']>()
  for (const attribute of name.attributes) {
    if (seen.has(attribute.kind)) {
      refuse(`duplicate '${attribute.kind.replace('version-suffix', 'versionsuffix')}' option in name`)
    }
    seen.add(attribute.kind)
    switch (attribute.kind) {
      case 'implements':
        if (parts.kind !== 'label')
          refuse(`name \`${name.name}\` is not valid with \`implements\`: it is no plain name`)
        if (type.kind !== 'instance') refuse('only instances can have an `implements` attribute')
        checkImplements(attribute.interface, refuse)
        break
      case 'version-suffix':
        checkVersionSuffix(attribute.suffix, parts, refuse)
        break
      case 'external-id':
        break
    }
  }
}

function checkImplements(name: string, refuse: Refuse): void {
  const parts = parseExternName(name)
  if (parts.kind === 'invalid') refuse(`\`${name}\` is not a valid name: ${parts.problem}`)
  if (parts.kind !== 'interface') refuse(`name \`${name}\` must be an interface`)
}

function checkVersionSuffix(suffix: string, parts: ExternNameParts, refuse: Refuse): void {
  const version = parts.kind === 'interface' ? parts.version : undefined
  if (version === undefined || !isCanonicalVersion(version)) {
    refuse('invalid interface version: `versionsuffix` needs a canonical version before it, such as `0.2`')
  }
  const parsed = parseVersion(version + suffix)
  if ('problem' in parsed) refuse(`invalid interface version: \`${version}${suffix}\`: ${parsed.problem}`)
}

/** What is wrong with a `[constructor]`, `[method]` or `[static]` of this type. */
function annotationProblem(
  parts: ExternNameParts,
  type: ExternType,
  resources: ResourceNames,
): string | undefined {
  if (parts.kind !== 'constructor' && parts.kind !== 'method' && parts.kind !== 'static') return undefined
  if (type.kind !== 'function') return 'item is not a func'
  switch (parts.kind) {
    case 'constructor':
      return constructorProblem(type, parts.resource, resources)
    case 'method':
      return methodProblem(type, parts.resource, resources)
    case 'static':
      return resources.has(parts.resource) ? undefined : 'static resource name is not known in this context'
  }
}

function constructorProblem(
  { async, result }: FunctionType,
  resource: string,
  resources: ResourceNames,
): string | undefined {
  if (async) return 'constructor function cannot be async'
  if (!result) return 'function should return one value'
  const made = result.kind === 'result' ? result.ok : result
  if (made?.kind !== 'own') return 'function should return `(own $T)` or `(result (own $T))`'
  return resourceProblem(made.resource, resource, resources)
}

function methodProblem(
  { parameters: [self] }: FunctionType,
  resource: string,
  resources: ResourceNames,
): string | undefined {
  if (!self) return 'function should have at least one argument'
  if (self.name !== 'self') return 'function should have a first argument called `self`'
  if (self.type.kind !== 'borrow') return 'function should take a first argument of `(borrow $T)`'
  return resourceProblem(self.type.resource, resource, resources)
}

function resourceProblem(type: ResourceType, name: string, resources: ResourceNames): string | undefined {
  const known = resources.nameOf(type)
  if (known === undefined) return 'resource used in function does not have a name in this context'
  return known === name ? undefined : `function does not match expected resource name \`${known}\``
}
