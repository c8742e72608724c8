// Owns every parser of what comes from outside, for the tests that fuzz them: each with right input, how it is read, and what it
// may throw. What is thrown besides is a fault.
//
// The block codec, the body of a history, a sealed part, series keys, tables of series, join tokens, handshakes, agent messages, and
// what agents read of a hub; advisories as JSON and as feed, KEV, Debian's data, robots.txt, dates, addresses, references, affected
// lines, names of programs, the versions of every package manager, settings, cron, lines of an import, times of the command line,
// times and cursors of the API. Frames over real sockets: fuzz.test.ts. What the agent reads of its machine: beside those readers.
// The page of an advisory is read by a browser: cert-reading.test.ts.
import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { encodeBlock, decodeBlock } from '@vigie/shared/codec/block'
import { CodecError } from '@vigie/shared/codec/codec-error'
import { decodeHistoryBody, encodeHistoryBody } from '@vigie/shared/api/history-body'
import { metricOf, parseSeries, seriesKey, tableRevision } from '@vigie/shared/metrics/series'
import { AGENT_BLOCK_LIMITS } from '@vigie/shared/protocol/limits'
import { formatJoinToken, parseJoinToken } from '@vigie/shared/protocol/handshake'
import { FrameReader } from '../../agent/src/web-socket/frame-reader.ts'
import { Upgrade } from '../../agent/src/web-socket/upgrade.ts'
import { WebSocketError } from '../../agent/src/web-socket/web-socket-error.ts'
import { parseHubMessage } from '../../agent/src/link/hub-message.ts'
import { beforeIdOf } from '../src/api/page-query.ts'
import { parseTime as parseApiTime } from '../src/api/history-query.ts'
import { programCore, windowsName } from '../src/cert/match/program-name.ts'
import { readAffectedLine } from '../src/cert/match/text/affected-line.ts'
import { ORDERS } from '../src/cert/match/versions/order.ts'
import { createSchedule } from '../src/cert/schedule.ts'
import { certfrFeedOf } from '../src/cert/sources/certfr-feed.ts'
import { documentOfJson } from '../src/cert/sources/certfr-json.ts'
import { feedDayMs, frenchDateMs, isoDayMs } from '../src/cert/sources/dates.ts'
import { readDebianData } from '../src/cert/sources/debian-data-reading.ts'
import { feedItemsOf } from '../src/cert/sources/feed-xml.ts'
import { kevContentOf } from '../src/cert/sources/kev-source.ts'
import { withoutTags } from '../src/cert/sources/markup.ts'
import { referenceIn } from '../src/cert/sources/references.ts'
import { robotsRulesOf } from '../src/cert/sources/robots.ts'
import { SourceFault } from '../src/cert/sources/source-fault.ts'
import { webAddress } from '../src/cert/sources/web-address.ts'
import { CommandError } from '../src/cli/command-error.ts'
import { TickImport } from '../src/cli/imported-ticks.ts'
import { parseSpan, parseTime } from '../src/cli/times.ts'
import { ProblemError } from '../src/http/problem.ts'
import { parseAgentMessage } from '../src/ingest/agent-messages.ts'
import {
  hashOfSecret,
  isAgentProof,
  isCanonicalBase64url,
  isTokenProof,
} from '../src/ingest/handshake.ts'
import { announce, takeBlock } from '../src/ingest/block-intake.ts'
import { loadSettings, SettingsError } from '../src/settings.ts'
import { openPart, writePart } from '../src/store/sealed-part.ts'
import { jsonDocument, feed } from './cert-site/data.ts'
import { firstAlerts } from './cert-site/advisories.ts'
import { KEYS, newKeys } from './test-agent.ts'
import { ALERTS } from './cert-site/pages.ts'

const NOW_MS = 1_795_000_000_000

export interface Parser {
  readonly seeds: readonly (string | Uint8Array)[]
  /** Whether something is read of each seed: undefined would say that it is none. */
  readonly gives?: true
  readonly read: (bytes: Buffer<ArrayBuffer>) => unknown
  readonly throws?: readonly (new (...args: never[]) => Error)[]
}

const ofText =
  (read: (text: string) => unknown) =>
  (bytes: Buffer): unknown =>
    read(bytes.toString())

const revision = tableRevision(KEYS)
const block = encodeBlock({
  revision,
  startMs: NOW_MS,
  stepMs: 1000,
  present: Uint8Array.of(1, 0, 1),
  values: Float64Array.from([1, NaN, 2, 3, NaN, NaN, 2 ** 52, NaN, -4, 0, NaN, 0]),
})
const tables = new Map([[revision, KEYS]])
const part = writePart({
  revision,
  keys: [],
  timesMs: Float64Array.of(1, 1001, 2001),
  stepsMs: Float64Array.of(1000, 1000, 1000),
  columns: [Float64Array.of(1, NaN, 3), Float64Array.of(-5, 2 ** 40, 0)],
})
const alerts = firstAlerts()
const [alert] = alerts
const expected = {
  source: 'certfr-alerts',
  kind: 'alert',
  reference: alert?.reference ?? '',
  url: 'https://cert.example/alerte/x/',
} as const
const kev = JSON.stringify({
  vulnerabilities: [
    {
      cveID: 'CVE-2026-1',
      vendorProject: 'Amarre',
      product: 'VPN',
      vulnerabilityName: 'A flaw',
      dateAdded: '2026-10-01',
      shortDescription: 'x',
      requiredAction: 'y',
      dueDate: '2026-11-01',
      knownRansomwareCampaignUse: 'Known',
      notes: 'https://a.example/ ; https://b.example/',
    },
  ],
})
const debian = JSON.stringify({
  goeland: {
    'CVE-2099-10001': {
      description: 'x',
      scope: 'remote',
      releases: { bookworm: { status: 'resolved', fixed_version: '1.2-3' } },
    },
  },
})
const HUB = { hubPublicKey: 'A'.repeat(43), hubNonce: 'B'.repeat(43) }
const MAC = 'D'.repeat(43)
const handshake = [
  {
    type: 'hello',
    publicKey: newKeys().publicKey,
    nonce: 'C'.repeat(43),
    bootId: 'boot',
    hostname: 'host',
    agentVersion: '0.1.0',
    intervalMs: 1000,
  },
  { type: 'proof', signature: 'E'.repeat(86), enrolment: { tokenId: 'F'.repeat(12), mac: MAC } },
]
  .map((message) => JSON.stringify(message))
  .join('\n')
const HUB_MESSAGES = [
  { type: 'challenge', publicKey: MAC, nonce: MAC, signature: 'E'.repeat(86), timeMs: NOW_MS },
  { type: 'welcome', hostId: 1, name: 'web', timeMs: NOW_MS, inventoryHash: null },
  { type: 'ack', frames: 1 },
  { type: 'clock', sentMs: 1.5, timeMs: NOW_MS },
].map((message) => JSON.stringify(message))
const line = `{"t":${NOW_MS},"v":{"system.cpu.utilization":0.5,"a.b{c=\\"d\\"}":3}}`

export const PARSERS: Readonly<Record<string, Parser>> = {
  'a block': {
    seeds: [block],
    read: (bytes) => decodeBlock(bytes, AGENT_BLOCK_LIMITS),
    throws: [CodecError],
  },
  'a block of an agent': { seeds: [block], read: (bytes) => takeBlock(bytes, tables, NOW_MS) },
  'the body of a history': {
    seeds: [encodeHistoryBody([{ keys: KEYS, block: decodeBlock(block) }])],
    read: (bytes) => decodeHistoryBody(bytes),
    throws: [CodecError],
  },
  'a sealed part': {
    seeds: [part],
    read(bytes) {
      const opened = openPart(bytes)
      opened.stepsMs()
      for (let series = 0; series < Math.min(opened.series, 20); series++) opened.column(series)
    },
    throws: [CodecError],
  },
  'a series key': {
    gives: true,
    seeds: [KEYS.at(-1) ?? '', seriesKey('a.b', { c: 'd "e" \\', f: 'é' }), 'x{y="é"}'],
    read: ofText((text) => {
      const series = parseSeries(text)
      // What is read is written as it was.
      if (series) assert.equal(seriesKey(metricOf(text).name, series.attributes), text)
      return series
    }),
  },
  'a table of series': {
    seeds: [JSON.stringify(KEYS)],
    read: ofText((text) => {
      const keys = text.split(',')
      announce({ type: 'series', revision: tableRevision(keys), keys }, new Map())
    }),
  },
  'a join token': {
    gives: true,
    seeds: [
      formatJoinToken({
        id: 'A'.repeat(12),
        secret: 'B'.repeat(32),
        hubFingerprint: 'C'.repeat(43),
      }),
    ],
    read: ofText((text) => {
      const token = parseJoinToken(text)
      // As it was pasted, with the spaces around it.
      if (token) assert.equal(formatJoinToken(token), text.trim())
      return token
    }),
  },
  'a handshake': {
    seeds: [handshake],
    gives: true,
    async read(bytes) {
      const [hello, proof] = bytes.toString().split('\n', 2).map(parseAgentMessage)
      if (!hello || 'fault' in hello || hello.type !== 'hello') return undefined
      if (!proof || 'fault' in proof || proof.type !== 'proof') return undefined
      if (!isCanonicalBase64url(hello.publicKey)) return undefined
      const facts = { agentPublicKey: hello.publicKey, agentNonce: hello.nonce, ...HUB }
      const isToken = proof.enrolment && isTokenProof(facts, hashOfSecret('x'), proof.enrolment.mac)
      assert.deepEqual(
        [await isAgentProof(facts, proof.signature), isToken ?? false],
        [false, false],
      )
      return proof
    },
  },
  'a message of an agent': {
    seeds: [
      '{"type":"clock","sentMs":1}',
      '{"type":"gap","fromMs":1,"toMs":2,"reason":"network"}',
      JSON.stringify({ type: 'series', revision, keys: KEYS }),
      '{"type":"packages","base":null,"hash":"h","readMs":1,"put":[{"manager":"dpkg","name":"a","version":"1"}],"removed":[],"isLast":true}',
    ],
    read: ofText(parseAgentMessage),
  },
  'a message of the hub, to its agents': {
    seeds: HUB_MESSAGES,
    gives: true,
    read: ofText(parseHubMessage),
  },
  'frames of the hub, to its agents': {
    seeds: [Buffer.from('81057b2261227d8900880203e8', 'hex'), Buffer.from('0101618002c3a9', 'hex')],
    read(bytes) {
      let heardBytes = 0
      const hears = (payload: Buffer): void => void (heardBytes += payload.length)
      const onControl = (_: number, payload: Buffer): void => hears(payload)
      new FrameReader({ maxMessageBytes: 65_536, onMessage: hears, onControl }).push(bytes)
      assert(heardBytes <= bytes.length)
    },
    throws: [WebSocketError],
  },
  'the hub’s answer to an upgrade, to its agents': {
    seeds: [
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: $ACCEPT\r\n\r\nx',
    ],
    gives: true,
    read(bytes) {
      const upgrade = new Upgrade(new URL('ws://hub.example/agent'), ['vigie.agent.1'])
      const [, key = ''] = /^Sec-WebSocket-Key: (.*)\r$/m.exec(upgrade.request()) ?? []
      const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      const answer = bytes.toString('latin1').replace('$ACCEPT', accept.digest('base64'))
      return upgrade.push(Buffer.from(answer, 'latin1'))
    },
    throws: [WebSocketError],
  },
  'an advisory': {
    seeds: alert ? [jsonDocument(ALERTS, alert)] : [],
    read: ofText((text) => documentOfJson(text, expected)),
    throws: [SourceFault],
  },
  'a feed': {
    seeds: [feed('https://cert.example/', ALERTS, alerts.slice(0, 2))],
    read: ofText((text) => [feedItemsOf(text), certfrFeedOf(text, 'ALE')]),
    throws: [SourceFault],
  },
  KEV: { seeds: [kev], read: ofText(kevContentOf), throws: [SourceFault] },
  'Debian’s data': {
    seeds: [debian],
    read: (bytes) => readDebianData(inTwo(bytes)),
    throws: [SourceFault],
  },
  'robots.txt': {
    seeds: ['User-agent: *\nDisallow: /a*b$\nAllow: /a\n\nUser-agent: vigie\nDisallow:\n'],
    read: ofText((text) => robotsRulesOf(text, 'vigie').isAllowed('/a/aaaaaaaaaab')),
  },
  'a date': {
    seeds: ['le 9 octobre 2026', '2026-10-09T00:00:00.000000', 'Fri, 09 Oct 2026 13:30:18 +0000'],
    read: ofText((text) => {
      for (const timeMs of [frenchDateMs(text), isoDayMs(text), feedDayMs(text)]) {
        if (timeMs !== undefined) assert(!Number.isNaN(timeMs))
      }
    }),
  },
  'an address of a page': {
    seeds: ['https://user:pw@cert.example:8080/a/../b?c#d', '//x/y', 'javascript:alert(1)'],
    read: ofText((text) => {
      const address = webAddress(text, 'https://cert.example/')
      if (address !== undefined) assert.match(address, /^https?:\/\//)
    }),
  },
  'marks and references': {
    seeds: ['<p>CERTFR-2026-ALE-011 <b x="y">a</b> &amp;&#x41;<script>x</script>'],
    read: ofText((text) => [withoutTags(text), referenceIn(text)]),
  },
  'an affected line': {
    seeds: [
      'Cisco ASA versions 9.16.x antérieures à 9.16.4.67 (build 9.16.4.67) sur Linux',
      'Debian 12 : linux versions 6.1.x antérieures à 6.1.140-1, et ultérieures',
    ],
    read: ofText(readAffectedLine),
  },
  'the name of a program': {
    seeds: ['Microsoft Visual C++ 2015 Redistributable (x64) - 14.0.24215', 'Java 8 Update 451'],
    read: ofText((text) => [windowsName(text), programCore(text, text)]),
  },
  'versions of every manager': {
    seeds: ['1:2.3~rc1-4+deb12u5', '2.34-60.el9_2.7', '1.2.3_alpha1-r0', '6.1.140.arch1-1'],
    read: ofText((text) => {
      for (const compare of Object.values(ORDERS)) {
        assert.equal(compare(text, text), 0)
        assert.equal(Math.sign(compare(text, '1.2')), -Math.sign(compare('1.2', text)) + 0)
      }
    }),
  },
  'a setting of the hub': {
    seeds: ['127.0.0.1:4280', '[::1]:80', '10d', '20GB', '*/15 * * * *', 'smtps://a:b@c:465'],
    read: ofText((text) => {
      const keys = [
        'LISTEN',
        'PUBLIC_URL',
        'RETENTION',
        'MAX_DATABASE_SIZE',
        'SMTP_URL',
        'CERT_CRON',
      ]
      for (const key of keys)
        tried(() => loadSettings({ VIGIE_DATA: '/var/empty', [`VIGIE_${key}`]: text }))
    }),
  },
  'a schedule': {
    seeds: ['*/15 * * * *', '0 7 * * 1', '0 0 31 2 *', '59 23 29 2 0'],
    read: ofText((cron) => {
      const settings = tried(() =>
        loadSettings({ VIGIE_DATA: '/var/empty', VIGIE_CERT_CRON: cron }),
      )
      if (settings) createSchedule({ cron: settings.certCron, seed: 'x' }).after(NOW_MS)
    }),
  },
  'a line of an import': {
    seeds: [line],
    read(bytes) {
      const window = { keptFromMs: 0, nowMs: NOW_MS + 3_600_000, intervalMs: 1000 }
      const import_ = new TickImport(window)
      import_.take({ number: 1, bytes })
      import_.finish()
    },
    throws: [CommandError],
  },
  'a time of the command line': {
    seeds: ['2026-11-28T12:00', '-6h', 'yesterday', '10d'],
    read: ofText((text) => [parseTime(text, NOW_MS), parseSpan(text)]),
  },
  'a time and a cursor of the API': {
    seeds: ['1795000000000', '12'],
    read: ofText((text) => [parseApiTime(text), beforeIdOf(text)]),
    throws: [ProblemError],
  },
}

/** Rejects with what a parser may not throw. */
export async function readWith(
  { read, throws = [] }: Parser,
  bytes: Buffer<ArrayBuffer>,
): Promise<void> {
  try {
    await read(bytes)
  } catch (error) {
    if (!throws.some((known) => error instanceof known)) throw error
  }
}

/** Undefined where the hub would not start, with a sentence that says why. */
function tried<Result>(read: () => Result): Result | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof SettingsError) return undefined
    throw error
  }
}

async function* inTwo(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes.subarray(0, bytes.length >> 1))
  yield bytes.subarray(bytes.length >> 1)
}
