import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import { loadSettings, SettingsError } from './settings.ts'

const HOME = { VIGIE_DATA: tmpdir() }

it('G1 tells what is set and what holds by itself, and of secrets only that they are set', () => {
  const { inForce } = loadSettings({
    ...HOME,
    VIGIE_RETENTION: '20d',
    VIGIE_SMTP_URL: 'smtp://ops:hush-relay@relay.example:587',
    VIGIE_WEBHOOK_URL: 'https://example.org/hush-hook',
    VIGIE_WEBHOOK_SECRET: 'hush-webhook-secret',
    VIGIE_OIDC_ISSUER: 'https://id.example.org',
    VIGIE_OIDC_CLIENT_ID: 'vigie',
    VIGIE_OIDC_CLIENT_SECRET: 'hush-client',
  })
  const of = (name: string): unknown => inForce.find((setting) => setting.name === name)
  expect(of('VIGIE_RETENTION')).toMatchObject({ isSet: true, isSecret: false, value: '20d' })
  expect(of('VIGIE_LISTEN')).toMatchObject({ isSet: false, value: '127.0.0.1:4280' })
  expect(of('VIGIE_SMTP_URL')).toMatchObject({ isSet: true, value: 'smtp://…@relay.example:587' })
  expect(of('VIGIE_OIDC_CLIENT_SECRET')).toMatchObject({ isSet: true, isSecret: true, value: null })
  expect(of('VIGIE_HEARTBEAT_URL')).toMatchObject({ isSet: false, isSecret: true, value: null })
  expect(JSON.stringify(inForce)).not.toContain('hush')
})

it.each([
  [{ VIGIE_OIDC_ISSUER: 'https://id.example.org' }, 'go together'],
  [{ VIGIE_OIDC_CLIENT_SECRET: 'hush' }, 'go together'],
  [{ VIGIE_OIDC_ISSUER: 'http://id.example.org', VIGIE_OIDC_CLIENT_ID: 'x' }, 'VIGIE_OIDC_ISSUER'],
])('O7 a provider is reached by TLS, and its settings stand together: %j', (environment, words) => {
  const load = (): unknown => loadSettings({ ...HOME, ...environment })
  expect(load).toThrow(SettingsError)
  expect(load).toThrow(words)
  expect(load).not.toThrow('hush')
})
