// Owns how Windows' registry is asked: by its own program, which reads it without starting another.

/** From the machine's root. */
export const REGISTRY_PROGRAM = 'Windows/System32/reg.exe'

/** What it needs to start, and nothing of the agent's own. */
export function registryEnvironment(): NodeJS.ProcessEnv {
  return { SystemRoot: process.env['SystemRoot'] ?? 'C:\\Windows' }
}
