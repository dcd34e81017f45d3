/** Components from text, for tests of what they do. */
import { suite } from 'node:test'
import { literal } from '../../src/abi/literal/literal.ts'
import { fused } from '../../src/compile/fuse/fused.ts'
import { glue } from '../../src/compile/glue/glue.ts'
import { Component, type LoadOptions } from '../../src/index.ts'
import { assemble } from './assemble.ts'
import { loadTranspiled } from './transpiled-component.ts'

export type Load = (text: string) => Promise<Component>

/**
 * @example
 * const component = await loadComponent(counter)
 */
export async function loadComponent(text: string, options?: LoadOptions): Promise<Component> {
  return Component.fromBytes(await assemble(`(component ${text})`), options)
}

/**
 * The same tests with each back end, and with components that were transpiled: they must not differ.
 *
 * @param tests what only loaded components have is not for `transpiled` ones
 */
export function eachBackEnd(name: string, tests: (load: Load, transpiled: boolean) => void): void {
  eachBackEndInMemory(name, (load) => tests(load, false))
  suite(`${name}, transpiled`, () => tests(transpiledComponent, true))
}

export function eachBackEndInMemory(name: string, tests: (load: Load) => void): void {
  for (const backEnd of [fused, glue, literal]) {
    suite(`${name}, ${backEnd.name}`, () => tests((text) => loadComponent(text, { backEnd })))
  }
}

/** It has what these tests use of a component: `instantiate`. */
async function transpiledComponent(text: string): Promise<Component> {
  const transpiled: unknown = await loadTranspiled(await assemble(`(component ${text})`))
  return transpiled as Component
}

/** Definitions of a component that counts its calls. */
export const counter = `
  (core module $M
    (global $g (mut i32) (i32.const 0))
    (func (export "bump") (result i32)
      (global.set $g (i32.add (global.get $g) (i32.const 1)))
      (global.get $g)))
  (core instance $m (instantiate $M))
  (func (export "bump") (result u32) (canon lift (core func $m "bump")))`
