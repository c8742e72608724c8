// What texts become: the marks of Markdown and HTML as sources write them, and what hostile ones could write.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainLine, plainText } from './plain-text.ts'

describe('a text', () => {
  it.each([
    ['## Solution\n\nMettre à\njour.', 'Solution\n\nMettre à jour.'],
    ['**\\[Mise à jour\\]** *vu* le 3', '[Mise à jour] vu le 3'],
    ['une *mise à\njour* et **deux\nautres**', 'une mise à jour et deux autres'],
    ['-   un ;\n-   deux\n    encore.', '- un ;\n- deux encore.'],
    ['1.  un\n2.  deux', '1. un\n2. deux'],
    ['a\n\n------------\n\nb', 'a\n\nb'],
    ['<p>un</p><p align="justify">deux<br/>trois</p>', 'un\n\ndeux trois'],
    ['<ul><li>un</li><li><strong>deux</strong></li></ul>', '- un\n- deux'],
    ['<span\nclass="important">[Màj]</span> vu', '[Màj] vu'],
    ['voir <https://phare.example/a?b=1>', 'voir https://phare.example/a?b=1'],
    ['le [journal](https://phare.example/a)', 'le journal (https://phare.example/a)'],
    ['```\nsc stop <NOM>\n  net start *x*\n```', 'sc stop <NOM>\nnet start *x*'],
    ['version \\< 4.2 et 3 < 4', 'version < 4.2 et 3 < 4'],
    ['R&amp;D, &lt;b&gt;, &#233;, &#x41;, &inconnu;', 'R&D, <b>, é, A, &inconnu;'],
    ['a\u00a0b\u202ec\u0000d\u200be\ufefff', 'a bcdef'],
    ['a<script>alert(1)</script>b<!-- c -->d<style>e', 'a bd'],
    ['<b', ''],
    ['snake_case_name et __gras__', 'snake_case_name et gras'],
  ])('%j is %j', (source, plain) => {
    expect(plainText(source)).toBe(plain)
  })

  it('is cut where it is too long, never inside a letter', () => {
    expect(plainText('abcdef', 4)).toBe('abc…')
    expect(plainText('ab😀cdef', 4)).toBe('ab…')
    expect(plainLine('a\n\nb', 10)).toBe('a b')
  })

  it('never has what cannot be seen, and is never longer than it may be', () => {
    const piece = fc.constantFrom(
      ...['<', '>', '</', '<!--', '-->', '**', '`', '```', '\n', '[', '](http://a)', '&#8238;'],
      ...['\\', '\u202e', '\u0007', '\ud800', '#', '- ', '_', '<script>', 'a', ' ', '\u200b'],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
        const text = plainText(pieces.join(''), 100)
        expect(text.length).toBeLessThanOrEqual(100)
        expect(text.isWellFormed()).toBe(true)
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u200b-\u200f\u202a-\u202e]/)
        expect(text).toBe(text.trim())
      }),
    )
  })

  // Each would take minutes with a pattern that looks at a letter twice for each letter before it.
  it.each([
    '*',
    '**a',
    '[',
    '[a](http:',
    '<',
    '</',
    '<!--',
    '`',
    '_',
    '__a',
    '&#',
    '\\',
    '> ',
    '# ',
    '- ',
    ' ',
    '\n',
    '```\n',
    '<script>',
    '<script></script>',
  ])('of 200,000 characters of %j is read', (piece) => {
    const text = plainText(piece.repeat(Math.floor(200_000 / piece.length)))
    expect(text.length).toBeLessThanOrEqual(40_000)
  })
})
