// Loads what the daemon loads and ends, so that Node's cache holds its stripped sources (see bin/vigie-agent.mjs).
import './run.ts'

export async function warmUp(): Promise<void> {
  if (process.platform === 'linux') await import('../collect/linux/linux-collector.ts')
}
