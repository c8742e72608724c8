import { describe, expect, it } from 'vitest'
import { outcomeOfError } from './relay-answer.ts'

const outcome = (code: string, responseCode: number) =>
  outcomeOfError({ message: 'x', code, responseCode, response: `${responseCode} x` }, 'talking')

describe('M2: a relay that says no', () => {
  it.each([
    ['EENVELOPE', 550],
    ['EENVELOPE', 501],
    ['EENVELOPE', 556],
    ['EMESSAGE', 552],
    ['EMESSAGE', 554],
  ])('to a mail, with %s and %d, is believed', (code, responseCode) => {
    expect(outcome(code, responseCode)).toMatchObject({ outcome: 'refused', code: responseCode })
  })

  it.each([
    ['EPROTOCOL', 554, 'at its greeting'],
    ['ECONNECTION', 421, 'as it goes away'],
    ['ETLS', 502, 'to STARTTLS'],
    ['EAUTH', 535, 'to a password'],
    ['EAUTH', 534, 'to the way of signing in'],
    ['EENVELOPE', 530, 'to a mail of somebody who is not signed in'],
    ['EENVELOPE', 503, 'to the order of commands'],
  ])('with %s and %d, %s, is asked again', (code, responseCode) => {
    expect(outcome(code, responseCode)).toMatchObject({
      outcome: 'deferred',
      code: responseCode,
      isChannelFault: true,
    })
  })

  it.each([
    ['EENVELOPE', 450],
    ['EMESSAGE', 452],
  ])('for now, with %s and %d, is no fault of the relay', (code, responseCode) => {
    expect(outcome(code, responseCode)).toMatchObject({
      outcome: 'deferred',
      isChannelFault: false,
    })
  })

  it('in many lines is told in one', () => {
    const response = '550-5.7.1 no\r\n550 5.7.1 \u0007never'
    const error = { message: 'x', code: 'EENVELOPE', responseCode: 550, response }
    expect(outcomeOfError(error, 'talking').answer).toBe('550-5.7.1 no 550 5.7.1 never')
  })
})
