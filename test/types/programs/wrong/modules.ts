/** Components as modules, and guests. Where something must be refused, the line says with which error. */
/// <reference path="../types/guest/app.d.ts" />
import { ad } from '../types/modules/adder.wasm' //~ TS2614
import { 'test:resources/blob' as blob } from '../types/modules/app.wasm' //~ TS2614
import instance, { add } from '../types/modules/adder.wasm'
import { Blob } from '../types/resources/exports/test/resources/blobs.js' //~ TS1485
import { defaultSink, Clock } from 'test:resources/sinks@1.2.3'
import { level } from 'test:resources/sinks@1.2.3' //~ TS2305
import { now } from 'now' //~ TS2614
import later from 'later' //~ TS2307
import type * as App from 'test:resources/app@1.2.3'

add('1', 2) //~ TS2345
instance.exports.add(1) //~ TS2554
// There is no class behind a declaration.
new Blob([1]) //~ TS1362
new Clock() //~ TS2673
defaultSink().putLine(1) //~ TS2345
// A guest without a class, with a function of another type.
export const blobs: typeof App.blobs = { open: App.blobs.open } //~ TS1361 TS2739
export const start: typeof App.start = () => '1' //~ TS2322
void [ad, blob, level, now, later]
