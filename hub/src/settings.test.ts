import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseSize } from './setting.ts'
import { CONFIG_FILE, loadSettings, parseDuration, SettingsError } from './settings.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigie-settings-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

const load = (environment: Record<string, string>) =>
  loadSettings({ VIGIE_DATA: directory, ...environment })
const write = (content: string) => writeFileSync(join(directory, CONFIG_FILE), content)

describe('settings', () => {
  it('have the documented defaults', () => {
    expect(loadSettings({})).toMatchObject({
      listen: { host: '127.0.0.1', port: 4280 },
      dataDirectory: join(process.cwd(), 'data'),
      publicUrl: undefined,
      retentionMs: 864_000_000,
      rollupRetentionMs: 864_000_000,
      maxDatabaseBytes: undefined,
      minFreeDiskBytes: undefined,
      secondFactorPolicy: 'optional',
      logLevel: 'info',
    })
  })

  it('F8 say of whom a second factor is demanded', () => {
    expect(load({ VIGIE_SECOND_FACTOR: 'everyone' }).secondFactorPolicy).toBe('everyone')
    expect(() => load({ VIGIE_SECOND_FACTOR: 'admins' })).toThrow(
      'VIGIE_SECOND_FACTOR in the environment is "admins": allowed is optional, administrators or everyone',
    )
  })

  it('come from the file, and from the environment before it', () => {
    write('{"retention": "36h", "publicUrl": "https://vigie.example/", "mailTo": "a@b.fr, c@d.fr"}')
    const settings = load({ VIGIE_RETENTION: '2d', VIGIE_LISTEN: '[::1]:0', VIGIE_LOG_LEVEL: '' })
    expect(settings.retentionMs).toBe(172_800_000)
    expect(settings.listen).toEqual({ host: '::1', port: 0 })
    expect(settings.publicUrl?.host).toBe('vigie.example')
    expect(settings.mailTo).toEqual(['a@b.fr', 'c@d.fr'])
    expect(settings.logLevel).toBe('info')
  })

  it.each([
    ['VIGIE_LISTEN', '4280'],
    ['VIGIE_LISTEN', '127.0.0.1:70000'],
    ['VIGIE_LISTEN', '::1:4280'],
    ['VIGIE_LISTEN', '[localhost]:4280'],
    ['VIGIE_PUBLIC_URL', 'vigie.example'],
    ['VIGIE_PUBLIC_URL', 'ftp://vigie.example'],
    ['VIGIE_PUBLIC_URL', 'https://vigie.example/api/'],
    ['VIGIE_PUBLIC_URL', 'https://vigie.example/?q'],
    ['VIGIE_TRUSTED_PROXIES', 'proxy.example'],
    ['VIGIE_TRUSTED_PROXIES', '10.0.0.0/33'],
    ['VIGIE_TRUSTED_PROXIES', '127.0.0.1, ::1/'],
    ['VIGIE_ALLOW_PLAINTEXT', 'true'],
    ['VIGIE_RETENTION', '10'],
    ['VIGIE_RETENTION', '59m'],
    ['VIGIE_RETENTION', '-1d'],
    ['VIGIE_ROLLUP_RETENTION', 'forever'],
    ['VIGIE_MAX_DATABASE_SIZE', '20'],
    ['VIGIE_MAX_DATABASE_SIZE', '15MB'],
    ['VIGIE_MIN_FREE_DISK', '0'],
    ['VIGIE_MIN_FREE_DISK', '5%'],
    ['VIGIE_DATABASE_URL', 'postgres://localhost/vigie'],
    ['VIGIE_SMTP_URL', 'http://relay'],
    ['VIGIE_SMTP_URL', 'smtp://'],
    ['VIGIE_SMTP_URL', 'smtp://relay:587/path'],
    ['VIGIE_SMTP_URL', 'smtp://relay?tls.rejectUnauthorized=false'],
    ['VIGIE_SMTP_FALLBACK_URL', 'relay:25'],
    ['VIGIE_SMTP_TLS', 'never'],
    ['VIGIE_MAIL_FROM', 'Vigie <vigie@example.org>'],
    ['VIGIE_MAIL_TO', 'someone'],
    ['VIGIE_MAIL_TO', 'a@b.fr, c@d.fr\r\nBcc: e@f.fr'],
    ['VIGIE_MAIL_LANGUAGE', 'de'],
    ['VIGIE_MAIL_ZONE', 'Europe/Lutece'],
    ['VIGIE_MAIL_ZONE', '+02:00'],
    ['VIGIE_MAIL_PER_HOUR', '0'],
    ['VIGIE_MAIL_WEEKLY', 'mondays'],
    ['VIGIE_MAIL_WEEKLY', '0 8 30 2 *'],
    ['VIGIE_CERT_CRON', 'hourly'],
    ['VIGIE_LOG_LEVEL', 'loud'],
  ])('refuse %s=%s by key, value and what is allowed', (name, value) => {
    const message = messageOf(() => load({ [name]: value }))
    const shown = JSON.stringify(value)
    expect(message).toContain(`${name} in the environment is ${shown}: allowed is `)
    expect(message).not.toContain('\n')
  })

  it.each([
    ['VIGIE_SMTP_URL', 'http://ops:hunter2@relay.example'],
    ['VIGIE_SMTP_URL', 'smtp://ops:hunter2%@relay.example'],
    ['VIGIE_SMTP_URL', 'smtp:ops:p@hunter2@relay.example'],
    ['VIGIE_SMTP_FALLBACK_URL', 'smtp://hunter2@relay.example'],
    ['VIGIE_SMTP_PASSWORD', 'hunter2'],
    ['VIGIE_WEBHOOK_SECRET', 'hunter2'],
    ['VIGIE_WEBHOOK_URL', 'chat.example/hooks/hunter2'],
    ['VIGIE_HEARTBEAT_URL', 'hc.example/hunter2'],
    ['VIGIE_HEARTBEAT_URL', 'https://ops:hunter2%@hc.example/'],
  ])('refuse %s=%s and do not repeat its secret', (name, value) => {
    const message = messageOf(() => load({ [name]: value }))
    expect(message).toContain(name)
    expect(message).not.toContain('hunter2')
  })

  it('write mail in the language, the zone and the name of the machine unless told otherwise', () => {
    expect(loadSettings({ LANG: 'fr_FR.UTF-8' })).toMatchObject({
      mailLanguage: 'fr',
      mailFrom: `vigie@${hostname()}`,
      mailZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      mailTo: [],
      maxMailsPerHour: 20,
      weeklyCron: '0 8 * * 1',
      smtpTls: undefined,
    })
    const settings = load({
      LANG: 'fr_FR.UTF-8',
      VIGIE_MAIL_LANGUAGE: 'en',
      VIGIE_MAIL_ZONE: 'Europe/Paris',
      VIGIE_SMTP_URL: 'smtps://ops:hunter%402@relay.example',
      VIGIE_SMTP_TLS: 'opportunistic',
    })
    expect(settings).toMatchObject({ mailLanguage: 'en', mailZone: 'Europe/Paris' })
    expect(settings.smtpUrl?.hostname).toBe('relay.example')
  })

  it('refuse an unknown key, in the environment and in the file', () => {
    expect(messageOf(() => load({ VIGIE_RETENSION: '1d' }))).toMatch(
      /^VIGIE_RETENSION=1d in the environment: no such setting; there are .*VIGIE_RETENTION/,
    )
    write('{"retension": "1d"}')
    expect(messageOf(() => load({}))).toMatch(
      /^retension in .*vigie\.config\.json is "1d": no such setting; there are .*retention/,
    )
  })

  it.each([
    ['{"retention": 10}', /^retention in .* is 10: allowed is a string in quotes$/],
    ['{"retention": "x"}', /^retention in .* is "x": allowed is a time from 1h/],
    ['[]', /allowed is an object with listen, /],
    ['{', /vigie\.config\.json is not JSON: /],
    ['{"data": "elsewhere"}', /set VIGIE_DATA/],
    ['{"retention": "20d", "rollupRetention": "19d"}', /^VIGIE_ROLLUP_RETENTION is "19d": allowed/],
    ['{"tlsCert": "hub.pem"}', /^VIGIE_TLS_CERT and VIGIE_TLS_KEY go together/],
  ])('refuse the file %s', (content, message) => {
    write(content)
    expect(messageOf(() => load({}))).toMatch(message)
  })

  it('refuse to be heard by others without TLS, unless it is what is wanted', () => {
    for (const listen of ['0.0.0.0:4280', '192.0.2.7:80', '[::]:4280', 'hub.example:4280']) {
      expect(messageOf(() => load({ VIGIE_LISTEN: listen }))).toMatch(
        /^VIGIE_LISTEN is ".+", where others hear .+ssh -L .+VIGIE_TLS_CERT.+a proxy.+VIGIE_ALLOW_PLAINTEXT=yes [^\n]+$/,
      )
      expect(() => load({ VIGIE_LISTEN: listen, VIGIE_ALLOW_PLAINTEXT: 'yes' })).not.toThrow()
      const tls = { VIGIE_TLS_CERT: 'hub.pem', VIGIE_TLS_KEY: 'hub.key' }
      expect(() => load({ VIGIE_LISTEN: listen, ...tls })).not.toThrow()
    }
    for (const listen of ['localhost:1', '127.0.0.2:1', '[::1]:1']) {
      expect(() => load({ VIGIE_LISTEN: listen })).not.toThrow()
    }
  })

  it('leave the variables of agents and the command line alone', () => {
    const environment = { VIGIE_AGENT_INTERVAL: '1s', VIGIE_HUB: 'x', VIGIE_TOKEN: 'y' }
    expect(() => load(environment)).not.toThrow()
  })

  it('read sizes as people write them', () => {
    const sizes = ['20GB', '512 MiB', '1.5TB', '1GiB', '12', '-1GB', '1gb', '']
    expect(sizes.map(parseSize)).toEqual([
      20e9,
      536_870_912,
      1.5e12,
      1_073_741_824,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })

  it('read times as people write them', () => {
    expect(['90s', '5m', '36h', '10d', '2w', '1y', '1.5h', ''].map(parseDuration)).toEqual([
      90_000,
      300_000,
      129_600_000,
      864_000_000,
      1_209_600_000,
      undefined,
      undefined,
      undefined,
    ])
  })
})

function messageOf(read: () => unknown): string {
  try {
    read()
  } catch (error) {
    if (error instanceof SettingsError) return error.message
    throw error
  }
  throw new Error('it was accepted')
}
