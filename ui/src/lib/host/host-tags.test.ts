import { describe, expect, it } from 'vitest'
import { readTags } from './host-tags.ts'

describe('tags that are typed', () => {
  it('are separated by spaces or commas', () => {
    expect(readTags(' web, site=paris  équipe:a ')).toEqual(['web', 'site=paris', 'équipe:a'])
    expect(readTags('')).toEqual([])
  })

  it('are refused together when one is none', () => {
    expect(readTags('web, -db')).toBeNull()
    expect(readTags('a<b')).toBeNull()
    expect(readTags('x'.repeat(41))).toBeNull()
  })
})
