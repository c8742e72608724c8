// Owns whether the hub can be reached from here, with TLS that is believed, and how far the two clocks are apart.
import { get as getPlainly, type IncomingMessage } from 'node:http'
import { get as getByTls } from 'node:https'
import { good, type Finding } from './findings.ts'

const DEADLINE_MS = 10_000
/** What the header Date, whole seconds, and the way there and back leave open. */
const CLOCK_TOLERANCE_MS = 3_000

/** `hubUrl`: that of the identity; `settingsFile`: where the agent has its settings. Never rejects. */
export async function reachability(
  hubUrl: string,
  settingsFile: string,
  nowMs = Date.now,
): Promise<Finding[]> {
  const url = new URL(hubUrl)
  const isTls = url.protocol === 'wss:'
  const health = new URL(url.pathname.replace(/\/agent$/, '/healthz'), url)
  health.protocol = isTls ? 'https:' : 'http:'
  const about = `hub ${health.host}`
  let answer: IncomingMessage
  try {
    answer = await asked(health)
  } catch (error) {
    return [
      { about, is: 'bad', ...explained(error as NodeJS.ErrnoException, health, settingsFile) },
    ]
  }
  const status = answer.statusCode ?? 0
  const isWell = status === 200
  const reached: Finding = isWell
    ? good(about, `answers${isTls ? ', and its certificate is believed' : ''}`)
    : {
        about,
        is: status === 503 ? 'lack' : 'bad',
        why:
          status === 503 ? 'answers that it is not well' : `answers ${status}: is it a Vigie hub?`,
        fix: status === 503 ? 'look at the hub' : `check the address ${url.host}`,
      }
  return [reached, ...clock(answer, nowMs())]
}

function asked(url: URL): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const get = url.protocol === 'https:' ? getByTls : getPlainly
    const request = get(
      url,
      { agent: false, signal: AbortSignal.timeout(DEADLINE_MS) },
      (answer) => {
        answer.resume()
        resolve(answer)
      },
    )
    request.on('error', reject)
  })
}

function explained({ code, message }: NodeJS.ErrnoException, { host }: URL, settingsFile: string) {
  const why = message || code || 'no answer'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return {
      why: `${host} is no name that is known here (${code})`,
      fix: 'check the name, and DNS',
    }
  }
  if (/CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO/.test(code ?? '')) {
    return {
      why: `its certificate is not believed (${why})`,
      fix: `name a file with its authority: NODE_EXTRA_CA_CERTS=… in ${settingsFile}, then restart`,
    }
  }
  if (code === 'ABORT_ERR') {
    return { why: `no answer in ${DEADLINE_MS / 1000} s`, fix: 'check firewalls on the way' }
  }
  return { why, fix: `check that the hub runs, and listens where ${host} is` }
}

// What is wrong by a minute or more also makes certificates look expired.
function clock({ headers }: IncomingMessage, nowMs: number): Finding[] {
  const hubMs = Date.parse(headers.date ?? '')
  if (Number.isNaN(hubMs)) return []
  const apartMs = nowMs - hubMs
  if (Math.abs(apartMs) <= CLOCK_TOLERANCE_MS) return [good('clock', "as the hub's")]
  const seconds = Math.round(Math.abs(apartMs) / 1000)
  const why = `${seconds} s ${apartMs > 0 ? 'ahead of' : 'behind'} the hub's; samples are stamped by the hub's`
  return [
    {
      about: 'clock',
      is: 'lack',
      why,
      fix: 'let this machine keep time: timedatectl set-ntp true',
    },
  ]
}
