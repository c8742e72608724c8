// Owns what the replica does to its pages when it is not well, or means harm.
import type { ServerResponse } from 'node:http'
import { setInterval } from 'node:timers'
import { constants, deflateRawSync } from 'node:zlib'
import { page } from './pages.ts'

/**
 * `maintenance`, `unavailable` and `broken` answer so to every request; all others only to pages. `tarpit`: no answer; `slow`: a
 * byte now and then; `truncated`: less than was promised; `bomb`: a megabyte that unpacks to one thousand; `redirects`: without end; `elsewhere` and `refresh`: to `trap`;
 * `script`: a page that calls `trap` in every way that it knows.
 */
export type Mood =
  | 'well'
  | 'maintenance'
  | 'unavailable'
  | 'broken'
  | 'missing'
  | 'challenge'
  | 'quiet-challenge'
  | 'empty'
  | 'tarpit'
  | 'slow'
  | 'truncated'
  | 'huge'
  | 'bomb'
  | 'redirects'
  | 'elsewhere'
  | 'refresh'
  | 'script'
  | 'download'
  | 'text'
  | 'hanging-up'

export interface MoodContext {
  readonly answer: ServerResponse
  /** What the page would be. */
  readonly html: string
  readonly path: string
  /** An address that nothing may ask for: the hub's, say. */
  readonly trap: string
}

const HTML = { 'content-type': 'text/html; charset=utf-8' }
const CHUNK = Buffer.alloc(64 * 1024, '<p>marée</p>')

const CHALLENGE = page(
  'Just a moment...',
  '<h1>Vérification de sécurité</h1><p>Activez JavaScript et les cookies pour continuer.</p>',
)

/** True when it has answered. */
export function answerInMood(mood: Mood, { answer, html, path, trap }: MoodContext): boolean {
  switch (mood) {
    case 'well':
      return false
    case 'maintenance':
      return send(
        answer,
        503,
        page('Maintenance', '<h1>Site en maintenance</h1><p>De retour bientôt.</p>'),
      )
    case 'unavailable':
      return send(answer, 503, '<h1>503</h1>')
    case 'broken':
      return send(answer, 500, '<h1>500</h1>')
    case 'missing':
      return send(answer, 404, page('Page non trouvée', '<h1>404</h1>'))
    case 'challenge':
      return send(answer, 403, CHALLENGE)
    case 'quiet-challenge':
      return send(answer, 200, CHALLENGE)
    case 'empty':
      return send(answer, 200, page('Alertes de sécurité', '<h1>Alertes de sécurité</h1>'))
    case 'tarpit':
      return true
    case 'slow':
      return trickle(answer, html)
    case 'truncated':
      answer.writeHead(200, { ...HTML, 'content-length': Buffer.byteLength(html) })
      answer.write(html.slice(0, html.length / 2), () => answer.destroy())
      return true
    case 'huge':
      return flood(answer)
    case 'bomb':
      return explode(answer)
    case 'redirects':
      answer.writeHead(302, { location: `${path}?${Date.now()}` }).end()
      return true
    case 'elsewhere':
      answer.writeHead(302, { location: trap }).end()
      return true
    case 'refresh':
      return send(
        answer,
        200,
        html.replace('<head>', `<head><meta http-equiv="refresh" content="0;url=${trap}">`),
      )
    case 'script':
      return send(
        answer,
        200,
        html.replace('<div class="content">', `${attacks(trap)}<div class="content">`),
      )
    case 'download':
      answer.writeHead(200, {
        'content-type': 'application/octet-stream',
        'content-disposition': 'attachment; filename=a.bin',
      })
      answer.end('abc')
      return true
    case 'text':
      answer.writeHead(200, { 'content-type': 'text/plain' }).end('bonjour')
      return true
    case 'hanging-up':
      answer.destroy()
      return true
  }
}

function attacks(trap: string): string {
  return `<script>
    document.querySelectorAll('article').forEach((card) => card.remove())
    fetch('${trap}script'); new WebSocket('${trap.replace('http', 'ws')}'); navigator.sendBeacon('${trap}beacon')
    window.open('${trap}popup'); navigator.serviceWorker.register('/worker.js'); alert(1); location = '${trap}location'
    for (;;) {}
  </script>
  <img src="${trap}image"><iframe src="${trap}frame"></iframe><link rel="stylesheet" href="${trap}style">
  <link rel="prefetch" href="${trap}prefetch"><link rel="preconnect" href="${trap}"><link rel="dns-prefetch" href="${trap}">
  <object data="${trap}object"></object><embed src="${trap}embed"><video src="${trap}video" autoplay></video>
  <form action="${trap}form" method="post"><input name="a" autofocus></form><a href="${trap}link" ping="${trap}ping" target="_blank">x</a>
  <svg><image href="${trap}svg"/></svg><style>@import "${trap}import"; body { background: url(${trap}background) }</style>`
}

function send(answer: ServerResponse, status: number, html: string): boolean {
  answer.writeHead(status, HTML).end(html)
  return true
}

function trickle(answer: ServerResponse, html: string): boolean {
  answer.writeHead(200, HTML)
  let sent = 0
  const timer = setInterval(() => answer.write(html[sent++ % html.length] ?? ''), 200)
  answer.once('close', () => clearInterval(timer))
  return true
}

function flood(answer: ServerResponse): boolean {
  answer.writeHead(200, HTML)
  const pour = (): void => {
    while (!answer.destroyed && answer.write(CHUNK));
  }
  answer.on('drain', pour)
  answer.on('error', () => undefined)
  pour()
  return true
}

// Of blocks that end at a whole byte, so that they can be sent again and again; the end is never reached.
function explode(answer: ServerResponse): boolean {
  const block = deflateRawSync(Buffer.alloc(10_000_000, 'a'), {
    finishFlush: constants.Z_FULL_FLUSH,
  })
  answer.writeHead(200, { ...HTML, 'content-encoding': 'gzip' })
  answer.write(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]))
  for (let i = 0; i < 100; i++) answer.write(block)
  return true
}
