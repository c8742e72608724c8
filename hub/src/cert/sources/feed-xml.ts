// Owns reading feeds: RSS 2.0 and RSS 1.0 (RDF). Plain data with limits; no entity but XML's own five is expanded, and a document
// type is refused.
import { SaxesParser } from 'saxes'
import { MAX_FEED_ITEMS } from './limits.ts'
import { SourceFault } from './source-fault.ts'

export interface FeedItem {
  readonly title: string
  readonly link: string
  readonly guid: string
  readonly description: string
  /** As it is written. */
  readonly date: string
}

const FIELDS: Readonly<Record<string, keyof FeedItem>> = {
  title: 'title',
  link: 'link',
  guid: 'guid',
  description: 'description',
  pubDate: 'date',
  'dc:date': 'date',
}
const MAX_DEPTH = 20
const MAX_FIELD_LENGTH = 20_000

/**
 * The items in the order of the feed, the first 500 and no more.
 * @throws {SourceFault} `bad-document` when it is no feed, or broken off.
 */
export function feedItemsOf(xml: string): FeedItem[] {
  const items: FeedItem[] = []
  const path: string[] = []
  let item: Record<keyof FeedItem, string> | undefined
  let root = ''
  const parser = new SaxesParser()
  parser.on('doctype', () => refuse('it declares a document type'))
  parser.on('error', ({ message }) => refuse(message))
  parser.on('opentag', ({ name, attributes }) => {
    path.push(name)
    if (path.length > MAX_DEPTH) refuse('its elements are nested too deeply')
    if (path.length === 1) root = name
    if (name !== 'item') return
    const about = attributes['rdf:about'] ?? ''
    item = { title: '', link: '', guid: about, description: '', date: '' }
  })
  const write = (text: string): void => {
    const field = FIELDS[path.at(-1) ?? '']
    // Only what is the item's own: a title of an image in it is another's.
    if (!item || !field || path.at(-2) !== 'item') return
    item[field] = (item[field] + text).slice(0, MAX_FIELD_LENGTH)
  }
  parser.on('text', write)
  parser.on('cdata', write)
  parser.on('closetag', ({ name }) => {
    path.pop()
    if (name !== 'item' || !item) return
    if (items.length < MAX_FEED_ITEMS) items.push(item)
    item = undefined
  })
  parser.write(xml).close()
  if (root !== 'rss' && root !== 'rdf:RDF') refuse('it is no RSS')
  return items
}

function refuse(why: string): never {
  throw new SourceFault('bad-document', `the feed cannot be read: ${why}`)
}
