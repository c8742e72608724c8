// Owns which version this agent is: that of its package.
import packageJson from '../../package.json' with { type: 'json' }

export function agentVersion(): string {
  return packageJson.version
}
