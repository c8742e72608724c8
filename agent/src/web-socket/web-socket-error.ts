/** The other side broke RFC 6455; `code` is what to close with, where anything is open yet (section 7.4.1). */
export class WebSocketError extends Error {
  readonly code: 1002 | 1007 | 1009

  constructor(code: 1002 | 1007 | 1009, message: string) {
    super(message)
    this.name = 'WebSocketError'
    this.code = code
  }
}
