/** One column on a phone, contents beside the text where there is room, text alone on paper. */
export const stylesheet = `:root {
  color-scheme: light dark;
  --text: #1c2024;
  --dim: #5b6470;
  --ground: #ffffff;
  --raised: #f4f6f8;
  --line: #d9dee4;
  --link: #0a58b8;
  --keyword: #8a2468;
  --built-in: #0b6660;
  --mark: #fff3c4;
  --warn: #9a3412;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --text: #e3e7eb;
    --dim: #9aa5b1;
    --ground: #14171a;
    --raised: #1d2125;
    --line: #343b42;
    --link: #7db5ff;
    --keyword: #f09bd0;
    --built-in: #6fd3c8;
    --mark: #453a12;
    --warn: #fdba8c;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 4.5rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text); font: 1rem/1.55 system-ui, sans-serif; }
a { color: var(--link); text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 0.15em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code, pre { font-family: var(--mono); font-size: 0.9em; }
code { overflow-wrap: anywhere; }
pre code { font-size: inherit; }
p, li, dd, h1, h2, h3, h4, h5, h6 { overflow-wrap: anywhere; }

.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 0.5rem; z-index: 3; padding: 0.5rem 1rem; background: var(--ground); }

header { position: sticky; top: 0; z-index: 2; display: flex; gap: 0.5rem 1.5rem; align-items: center; flex-wrap: wrap;
  padding: 0.6rem 1.25rem; background: var(--ground); border-bottom: 1px solid var(--line); }
header nav { flex: 1 1 auto; min-width: 0; }
header ol { display: flex; flex-wrap: wrap; margin: 0; padding: 0; list-style: none; }
header li + li::before { content: "/"; padding: 0 0.5rem; color: var(--dim); }
#search { position: relative; flex: 0 1 22rem; }
#search[hidden] { display: none; }
#search input { width: 100%; padding: 0.4rem 0.75rem; border: 1px solid var(--dim); border-radius: 0.4rem;
  background: var(--ground); color: inherit; font: inherit; }
#search input::placeholder { color: var(--dim); opacity: 1; }
#search .status { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }
#results { position: absolute; top: calc(100% + 0.35rem); right: 0; width: min(40rem, calc(100vw - 2.5rem));
  max-height: min(70vh, 36rem); margin: 0; padding: 0.35rem; overflow-y: auto;
  background: var(--ground); border: 1px solid var(--line); border-radius: 0.5rem; box-shadow: 0 0.5rem 1.5rem #0003; }
#results a { display: block; padding: 0.35rem 0.6rem; border-radius: 0.3rem; color: inherit; text-decoration: none; }
#results [aria-selected] { background: var(--raised); outline: 1px solid var(--line); }
#results small { display: inline-block; min-width: 5.5rem; color: var(--dim); }
#results b { font-family: var(--mono); font-size: 0.9em; color: var(--link); }
#results span { color: var(--dim); font-size: 0.85em; }
#results p { margin: 0; overflow: hidden; color: var(--dim); font-size: 0.85em; text-overflow: ellipsis; white-space: nowrap; }

.columns { max-width: 78rem; margin: 0 auto; padding: 0 1.25rem 4rem; }
main { min-width: 0; }
main:focus, #contents:focus { outline: none; }
h1 { margin: 1.6rem 0 0.2rem; font-size: 1.75rem; line-height: 1.25; }
h2 { margin: 2.4rem 0 0.8rem; padding-bottom: 0.25rem; border-bottom: 1px solid var(--line); font-size: 1.3rem; }
h3 { margin: 0 0 0.5rem; font-size: 1.1rem; }
h4, h5, h6 { margin: 0 0 0.5rem; font-size: 1rem; }
.docs h2 { border: 0; }
.docs h2, .docs h3, .docs h4, .docs h5, .docs h6 { margin: 1.2rem 0 0.4rem; font-size: 1.05rem; }
.kind { color: var(--dim); font-weight: 400; }
.full { margin: 0 0 1rem; color: var(--dim); }
.anchor { padding: 0 0.3rem; color: var(--dim); font-weight: 400; text-decoration: none; }
.item { margin: 0 0 2rem; }
.item .item { margin: 1.6rem 0 0 0.1rem; padding-left: 1rem; border-left: 2px solid var(--line); }
:target { background: var(--mark); }

.wit { margin: 0 0 0.8rem; padding: 0.7rem 0.9rem; background: var(--raised); border-radius: 0.4rem;
  white-space: pre-wrap; overflow-wrap: anywhere; }
.wit a { text-decoration-color: var(--line); }
.k { color: var(--keyword); }
.t { color: var(--built-in); }
.d { font-weight: 600; }
.docs pre { padding: 0.7rem 0.9rem; background: var(--raised); border-radius: 0.4rem; }
.docs :not(pre) > code { padding: 0.05em 0.15em; background: var(--raised); border-radius: 0.25rem; }
.docs blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--dim); }
.docs > :first-child { margin-top: 0; }
.docs > :last-child { margin-bottom: 0; }
.docs { margin: 0 0 0.9rem; max-width: 48rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { padding: 0.3rem 0.7rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
dl { margin: 0 0 0.9rem; }
dt { margin-top: 0.6rem; }
dd { margin: 0.15rem 0 0 1.25rem; }
details { margin: 0 0 0.8rem; }
summary { cursor: pointer; color: var(--dim); }
details .wit { margin-top: 0.5rem; }
.used { margin: 0 0 0.8rem; color: var(--dim); font-size: 0.9rem; }
.head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.9rem; }
.badges { display: inline-flex; flex-wrap: wrap; gap: 0.3rem; margin: 0 0 0.5rem; }
.entries .badges, .interfaces .badges { margin: 0; }
.entries > li > a, .interfaces > li > code { margin-right: 0.8rem; }
.badge { padding: 0 0.55rem; border: 1px solid var(--line); border-radius: 1rem; color: var(--dim); font-size: 0.8rem; }
.badge.unstable, .badge.deprecated { border-color: var(--warn); color: var(--warn); }
.entries, .interfaces { margin: 0; padding: 0; list-style: none; }
.entries > li, .interfaces > li { padding: 0.55rem 0; border-bottom: 1px solid var(--line); }
.entries > li > a { font-weight: 600; }
.entries p, .interfaces p { margin: 0.15rem 0 0; color: var(--dim); }
.interfaces { margin-bottom: 2rem; }

#contents { font-size: 0.9rem; }
#contents h2 { margin: 1.4rem 0 0.4rem; font-size: 0.95rem; border: 0; }
#contents ul { margin: 0; padding: 0; list-style: none; }
#contents ul ul { padding-left: 0.9rem; border-left: 1px solid var(--line); }
#contents li { padding: 0.12rem 0; }
#contents li a { display: inline-block; padding: 0.1rem 0; text-decoration: none; }
#contents li a:hover { text-decoration: underline; }
#contents [aria-current] { color: var(--text); font-weight: 600; }

@media (min-width: 60rem) {
  .columns { display: grid; grid-template-columns: minmax(0, 1fr) 17rem; gap: 3rem; }
  #contents { position: sticky; top: 3.8rem; align-self: start; max-height: calc(100vh - 3.8rem); padding-bottom: 2rem;
    overflow-y: auto; }
  .to-contents { display: none; }
}
@media (max-width: 59.99rem) {
  header { position: static; }
  #search { flex: 1 1 100%; }
  #results { left: 0; width: 100%; }
  #contents { margin-top: 3rem; border-top: 1px solid var(--line); }
  #contents li a { padding: 0.3rem 0; }
}
@media print {
  :root { color-scheme: light; }
  header, #contents, .skip, .anchor { display: none; }
  .columns { display: block; max-width: none; padding: 0; }
  .item, pre { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  .wit, .docs pre { border: 1px solid var(--line); background: none; }
}
`
