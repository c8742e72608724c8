// An OpenID Connect provider on loopback for tests: a real one, with its own pages for development, which let in by any password.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export interface Claims {
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
  readonly groups?: readonly string[]
}

export const CLIENT = { id: 'vigie', secret: 'a secret of the client' }
export const CALLBACK = '/api/auth/oidc/callback'

export class OidcProvider {
  /** What it says of people, by subject: what they write as their name. */
  readonly people: Map<string, Claims>
  readonly #server: Server

  private constructor(server: Server, people: Map<string, Claims>) {
    this.#server = server
    this.people = people
  }

  /** Listens; it answers once it knows its hub, which asks for its address first. */
  static async start(people: Map<string, Claims>): Promise<OidcProvider> {
    const server = createServer()
    await once(server.listen(0, '127.0.0.1'), 'listening')
    return new OidcProvider(server, people)
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  serve(hubUrl: string): void {
    const provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: CLIENT.id,
          client_secret: CLIENT.secret,
          redirect_uris: [`${hubUrl}${CALLBACK}`],
        },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
      pkce: { required: () => true },
      findAccount: (_, id) => ({
        accountId: id,
        claims: () => {
          const { groups = [], ...claims } = this.people.get(id) ?? {}
          return { sub: id, ...claims, groups: [...groups] }
        },
      }),
    })
    this.#server.on('request', provider.callback() as (...args: unknown[]) => void)
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}
