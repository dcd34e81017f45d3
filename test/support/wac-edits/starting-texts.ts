/** Ways to write compositions: names and none, spreads, names alone, one line and many, types in between. */
export const startingTexts: readonly string[] = [
  'package my:app;\n',
  `package my:app;

let base = new p:base {};
let mid = new p:mid { log: base.log, ... };
let top = new p:top { ...mid, ... };
export top.run;
`,
  `package my:app@0.1.0;
import log: func();
import sink as "a:b/log@0.1.0": interface { f: func(); };

let mid = new p:mid {
  log,
  sink,
  "c:d/log@1.0.0": sink,
  out: (new p:base {}).f,
  ...,
};
interface types { record r { a: u8 } }
let again = mid;
let f = mid.f;
let other = new p:mid { log: f, sink, out: again.%list, "c:d/log@1.0.0": mid["a:b/log@0.1.2"], ... };
export mid...;
export other.log as out;
export (new p:base {}).log as deep;
`,
  `package my:app; let base=new p:base{};let let=new p:words@1.0.0{%let:base.f,...};let mid=new p:mid{log:base.log,out:base.f,...base,...};
export let["interface"] as %interface;export mid...;export base...;export base as "x:y/z";`,
  `package my:app;

type t = u8;

let a = new p:top { %list: (new p:mid { log: (new p:base {}).log, ...}).%list, ... };

interface i { f: func(); }

import x: i;
let b = new p:top {
  log: a.log,
  new: a.run
  ,
  ...a, ...
};
let c = new p:top { sink: x, ... };
export a as "a:a/a";
`,
  `package my:app;
let base = new p:base { /* nothing */ };
let mid = new p:mid { ...base, ... /* the rest */ };
let top = new p:top { ...mid, ... };
export base.f;
export base...;
export mid...;
export top...; // all
export (new p:words@1.0.0 { ... })...;
`,
]
