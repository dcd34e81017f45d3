import type { Span } from '../diagnostics/span.ts'
import type { TypeDefinitionSyntax, TypeSyntax } from './syntax.ts'

/** Calls `visit` with each name that a definition needs to be defined before it, in the order of the text. */
export function referencesOf(
  definition: TypeDefinitionSyntax,
  visit: (name: string, span: Span) => void,
): void {
  switch (definition.kind) {
    case 'alias':
      visitType(definition.type, visit)
      return
    case 'record':
      for (const { type } of definition.fields) visitType(type, visit)
      return
    case 'variant':
      for (const { type } of definition.cases) if (type) visitType(type, visit)
  }
}

function visitType(type: TypeSyntax, visit: (name: string, span: Span) => void): void {
  switch (type.kind) {
    case 'name':
      visit(type.name, type)
      return
    case 'own':
    case 'borrow':
      visit(type.resource.name, type.resource)
      return
    case 'list':
      visitType(type.element, visit)
      return
    case 'stream':
    case 'future':
      if (type.element) visitType(type.element, visit)
      return
    case 'option':
      visitType(type.type, visit)
      return
    case 'map':
      visitType(type.key, visit)
      visitType(type.value, visit)
      return
    case 'result':
      if (type.ok) visitType(type.ok, visit)
      if (type.error) visitType(type.error, visit)
      return
    case 'tuple':
      for (const each of type.types) visitType(each, visit)
  }
}
