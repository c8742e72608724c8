// Owns reading an agent's text frames: JSON that matches the schema of its type, or nothing.
import {
  Bye,
  ClockRequest,
  GapMessage,
  Hello,
  InventoryMessage,
  PackagesMessage,
  Proof,
  SeriesTable,
  SnapshotMessage,
  type AgentMessage,
} from '@vigie/shared/protocol/agent'
import { Compile } from 'typebox/compile'

const validators = {
  hello: Compile(Hello),
  proof: Compile(Proof),
  series: Compile(SeriesTable),
  inventory: Compile(InventoryMessage),
  snapshot: Compile(SnapshotMessage),
  clock: Compile(ClockRequest),
  gap: Compile(GapMessage),
  packages: Compile(PackagesMessage),
  bye: Compile(Bye),
}

/** The message that a text frame holds, or what is wrong with the frame. */
export function parseAgentMessage(text: string): AgentMessage | { readonly fault: string } {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    return { fault: 'not JSON' }
  }
  const type = typeOf(content)
  if (type === undefined) return { fault: 'no known type' }
  const validator = validators[type]
  if (validator.Check(content)) return content
  const [error] = validator.Errors(content)
  return { fault: `${type}${error?.instancePath ?? ''} ${error?.message ?? 'is not valid'}` }
}

function typeOf(content: unknown): keyof typeof validators | undefined {
  if (typeof content !== 'object' || content === null || !('type' in content)) return undefined
  const { type } = content
  if (typeof type !== 'string' || !Object.hasOwn(validators, type)) return undefined
  return type as keyof typeof validators
}

/** Each message by its type. */
export type Text = {
  readonly [Type in AgentMessage['type']]: Extract<AgentMessage, { type: Type }>
}

/** What an agent may say once it is welcome. */
export type WelcomeType = Exclude<AgentMessage['type'], 'hello' | 'proof'>

export function isOfWelcome(message: AgentMessage): message is Text[WelcomeType] {
  return message.type !== 'hello' && message.type !== 'proof'
}
