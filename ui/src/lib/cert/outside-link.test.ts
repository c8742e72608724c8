import { describe, expect, it } from 'vitest'
import { readView, viewQuery } from './cert-view.ts'
import { cveHref, outsideHref } from './outside-link.ts'

describe('a link that somebody else wrote', () => {
  it('is followed to the web', () => {
    expect(outsideHref('https://brinote.example.org/7?a=1')).toBe(
      'https://brinote.example.org/7?a=1',
    )
    expect(outsideHref('http://brinote.example.org')).toBe('http://brinote.example.org/')
  })

  it.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>1</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'https://vigie@brinote.example.org/',
    '//brinote.example.org',
    '/settings',
    '',
  ])('is not followed when it is %j', (written) => {
    expect(outsideHref(written)).toBeNull()
  })

  it('of a CVE is made of what a CVE looks like, and of nothing else', () => {
    expect(cveHref('CVE-2099-12345')).toContain('id=CVE-2099-12345')
    expect(cveHref('CVE-2099-12345&x=1')).toBeNull()
    expect(cveHref('javascript:1')).toBeNull()
  })
})

describe('the address of the page', () => {
  it('says what is shown, and nothing of what is shown anyway', () => {
    expect(viewQuery({})).toBe('')
    const view = { which: 'all', source: 'cisa-kev', query: 'a&b' } as const
    expect(readView(new URLSearchParams(viewQuery(view)))).toEqual(view)
    expect(readView(new URLSearchParams('which=x&source=y'))).toEqual({
      which: 'concern',
      source: null,
      query: '',
    })
  })
})
