/** Branded indices: each index space of the Component Model has its own, so that the type checker keeps them apart. */
declare const space: unique symbol
type Index<Space extends string> = number & { readonly [space]: Space }

export type CoreModuleIndex = Index<'core module'>
export type CoreInstanceIndex = Index<'core instance'>
export type CoreTypeIndex = Index<'core type'>
export type CoreFuncIndex = Index<'core func'>
export type CoreTableIndex = Index<'core table'>
export type CoreMemoryIndex = Index<'core memory'>
export type ComponentIndex = Index<'component'>
export type InstanceIndex = Index<'instance'>
export type FuncIndex = Index<'func'>
export type TypeIndex = Index<'type'>
export type ValueIndex = Index<'value'>
