/** Components for applications that import them. */
import { readFileSync } from 'node:fs'
import { parseWat } from '../../src/wat/index.ts'
import { counter as counterText } from '../support/load-component.ts'

export const adder = readFileSync('examples/adder/rust/adder.wasm')
export const interfacedAdder = readFileSync('examples/interfaced-adder/rust/interfaced-adder.wasm')
export const calculator = readFileSync('examples/calculator/rust/calculator.wasm')
export const keyValueStore = readFileSync('examples/kv-store/rust/kv-store.wasm')

/** Counts its calls: instances can be told apart. */
export const counter = parseWat(`(component ${counterText})`)

/** Exports names that mean something else to JavaScript modules. */
export const names = parseWat(`(component
  (core module $M (func (export "f") (result i32) i32.const 7))
  (core instance $m (instantiate $M))
  (func $f (result u32) (canon lift (core func $m "f")))
  (export "default" (func $f))
  (export "then" (func $f))
  (export "await" (func $f))
  (export "get-it" (func $f)))`)

/** Exports an interface with a class, and imports one in some version. */
export const blobs = parseWat(`(component
  (import "docs:sums/add@1.2.0" (instance $sums (export "add" (func (param "a" s32) (param "b" s32) (result s32)))))
  (core func $add (canon lower (func $sums "add")))
  (core module $M
    (import "" "add" (func $add (param i32 i32) (result i32)))
    (func (export "make") (param i32) (result i32) (call $add (local.get 0) (i32.const 100)))
    (func (export "size") (param i32) (result i32) (local.get 0)))
  (type $blob' (resource (rep i32)))
  (core func $new (canon resource.new $blob'))
  (core module $New
    (import "" "make" (func $make (param i32) (result i32)))
    (import "" "new" (func $new (param i32) (result i32)))
    (func (export "constructor") (param i32) (result i32) (call $new (call $make (local.get 0)))))
  (core instance $m (instantiate $M (with "" (instance (export "add" (func $add))))))
  (core instance $n (instantiate $New (with "" (instance
    (export "make" (func $m "make")) (export "new" (func $new))))))
  (func $constructor (param "size" u32) (result (own $blob')) (canon lift (core func $n "constructor")))
  (func $size (param "self" (borrow $blob')) (result u32) (canon lift (core func $m "size")))
  (component $Blobs
    (import "type" (type $b (sub resource)))
    (import "constructor" (func $constructor (param "size" u32) (result (own $b))))
    (import "size" (func $size (param "self" (borrow $b)) (result u32)))
    (export $blob "blob" (type $b))
    (export "[constructor]blob" (func $constructor) (func (param "size" u32) (result (own $blob))))
    (export "[method]blob.size" (func $size) (func (param "self" (borrow $blob)) (result u32))))
  (instance $blobs (instantiate $Blobs
    (with "type" (type $blob')) (with "constructor" (func $constructor)) (with "size" (func $size))))
  (export "docs:blobs/blobs@0.1.0" (instance $blobs)))`)

/** Imports an interface that another component has, and exports one; two of them can import each other. */
export const passing = (from: string, to: string) =>
  parseWat(`(component
    (import "${from}" (instance $in (export "next" (func (result u32)))))
    (core func $next (canon lower (func $in "next")))
    (core module $M
      (import "" "next" (func $next (result i32)))
      (func (export "next") (result i32) (i32.add (call $next) (i32.const 1))))
    (core instance $m (instantiate $M (with "" (instance (export "next" (func $next))))))
    (func $out (result u32) (canon lift (core func $m "next")))
    (instance $out (export "next" (func $out)))
    (export "${to}" (instance $out)))`)
