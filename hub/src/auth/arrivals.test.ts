import { expect, it } from 'vitest'
import { createArrivals } from './arrivals.ts'

/** Arrivals, and the order in which things happened to them. */
function watched() {
  const arrivals = createArrivals()
  const story: string[] = []
  const begin = (name: string) => {
    const { promise, resolve, reject } = Promise.withResolvers<null>()
    const work = async (): Promise<void> => {
      story.push(`${name} begins`)
      await promise
      story.push(`${name} is over`)
    }
    return { work, finish: () => resolve(null), reject }
  }
  return { arrivals, story, begin }
}

it('S5 an ending waits for all who are on their way in, and who comes later for the ending', async () => {
  const { arrivals, story, begin } = watched()
  const [first, second, ending, late] = [begin('1st'), begin('2nd'), begin('end'), begin('late')]
  const works = [
    arrivals.comeIn('ada', first.work),
    arrivals.comeIn('ada', second.work),
    arrivals.end('ada', ending.work),
    arrivals.comeIn('ada', late.work),
  ]
  for (const { finish } of [late, ending, second, first]) finish()
  await Promise.all(works)
  expect(story.slice(0, 2)).toEqual(['1st begins', '2nd begins'])
  expect(story.slice(4)).toEqual(['end begins', 'end is over', 'late begins', 'late is over'])
})

it('S5 nobody waits for another person, nor for what has failed', async () => {
  const { arrivals, story, begin } = watched()
  const [slow, failing, ending] = [begin('slow'), begin('failing'), begin('end')]
  const coming = arrivals.comeIn('bea', slow.work)
  const failed = arrivals.comeIn('ada', failing.work)
  failing.reject(new Error('the disk is full'))
  await expect(failed).rejects.toThrow('the disk is full')
  ending.reject(new Error('the disk is full'))
  await expect(arrivals.end('ada', ending.work)).rejects.toThrow('the disk is full')
  expect(await arrivals.comeIn('ada', () => Promise.resolve('in'))).toBe('in')
  expect(story).not.toContain('slow is over')
  slow.finish()
  await coming
})
