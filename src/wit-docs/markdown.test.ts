import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { renderDocs, renderSummary, summaryText } from './markdown.ts'

const none = (): undefined => undefined
const render = (docs: string, level = 3, links: (code: string) => string | undefined = none): string =>
  String(renderDocs(docs, level, links)).replace(/^<div class="docs">\n|<\/div>\n$/g, '')

describe('doc comments as markup', () => {
  const cases: readonly (readonly [what: string, docs: string, wanted: string])[] = [
    ['paragraphs', 'One\nline.\n\nTwo.', '<p>One\nline.</p>\n<p>Two.</p>\n'],
    ['emphasis', '*a* __b__ ~~c~~', '<p><em>a</em> <strong>b</strong> <s>c</s></p>\n'],
    ['code spans', '``a`<b>``', '<p><code>a`&lt;b&gt;</code></p>\n'],
    ['code', '```wit\na < b\n```', '<pre class="scroll" tabindex="0"><code>a &lt; b\n</code></pre>\n'],
    ['lists', '- a\n- b\n  1. c', '<ul>\n<li>a</li>\n<li>b\n<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>\n'],
    ['quotes', '> a', '<blockquote>\n<p>a</p>\n</blockquote>\n'],
    [
      'links',
      '[a](https://b.c/?d&e "f") [g]\n\n[g]: http://h',
      '<p><a href="https://b.c/?d&amp;e" rel="noreferrer nofollow">a</a> <a href="http://h" rel="noreferrer nofollow">g</a></p>\n',
    ],
    [
      'bare addresses, where they say that they are',
      'https://a.b. c.dev',
      '<p><a href="https://a.b" rel="noreferrer nofollow">https://a.b</a>. c.dev</p>\n',
    ],
    ['images are their text', '![a *b*](https://c.d/e.png)', '<p>a *b*</p>\n'],
    ['tags are text', '<b onclick="x">a</b>', '<p>&lt;b onclick=&quot;x&quot;&gt;a&lt;/b&gt;</p>\n'],
    ['tags in blocks, too', '<script>\nx()\n</script>', '<p>&lt;script&gt;\nx()\n&lt;/script&gt;</p>\n'],
    ['character references', '&lt;b&gt; &amp;', '<p>&lt;b&gt; &amp;</p>\n'],
    ['control characters', 'a\u0000\u001b\u202eb', '<p>a\ufffd\ufffd\ufffdb</p>\n'],
  ]
  for (const [what, docs, wanted] of cases) test(what, () => assert.equal(render(docs), wanted))

  test('tables', () => {
    const text = render('| a | b |\n|---|--:|\n| 1 | `2` |')
    assert.match(text, /^<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>/)
    assert.match(text, /<td>1<\/td>\n<td.*><code>2<\/code><\/td>/)
  })

  test('headings stand below the one around them, without gaps', () => {
    const tags = (docs: string, level: number): string[] =>
      Array.from(render(docs, level).matchAll(/<(h\d)>/g), ([, name]) => name!)
    assert.deepEqual(tags('# a\n### b\n## c\n# d', 3), ['h4', 'h5', 'h5', 'h4'])
    assert.deepEqual(tags('### a\n# b\n###### c', 5), ['h6', 'h6', 'h6'])
  })

  test('only links to the web are links', () => {
    for (const target of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      '&#106;avascript:alert(1)',
      'java\tscript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc/passwd',
      'page.html',
      '#top',
      '//host/x',
    ]) {
      for (const docs of [`[a](${target})`, `[a](<${target}>)`, `<${target}>`, `[a]\n\n[a]: ${target}`])
        assert.doesNotMatch(render(docs), /<a/, docs)
    }
  })

  test('code that names something leads to it, but in links', () => {
    const links = (code: string): string | undefined => (code === 'a' ? 'x.html#"a' : undefined)
    assert.equal(
      render('`a` `b` [`a`](http://c)', 3, links),
      '<p><a href="x.html#&quot;a"><code>a</code></a> <code>b</code> <a href="http://c" rel="noreferrer nofollow"><code>a</code></a></p>\n',
    )
  })

  test('what is made to take long does not', () => {
    const started = performance.now()
    for (const piece of [
      '[',
      '![',
      '*a ',
      '**a _',
      '`',
      '<a',
      '- ',
      '> ',
      '(',
      '[a](',
      '|a',
      '\\',
      '&',
      '_*',
    ])
      assert.ok(render(piece.repeat(10_000)).length > 0)
    assert.ok(performance.now() - started < 20_000)
  })
})

test('summaries are first paragraphs in one line, without links', () => {
  assert.equal(
    String(renderSummary('# Title\n\nA *b*\n[c](http://d) `e<`.\n\nMore.')),
    'A <em>b</em> c <code>e&lt;</code>.',
  )
  assert.equal(summaryText('A *b*\n[c](http://d) `e<`.\n\nMore.'), 'A b c e<.')
  assert.equal(renderSummary('```\nx\n```'), undefined)
  assert.equal(renderSummary(undefined), undefined)
  assert.equal(summaryText('> quoted'), '')
})
