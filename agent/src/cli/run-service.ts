// Owns the daemon as the service of Windows runs it, which has no signals: until the end of standard input, which is a pipe of
// the program that answers the service control manager (windows-service/service.c).
import { stdin } from 'node:process'
import { run } from './run.ts'

export function runService(environment: NodeJS.ProcessEnv): Promise<void> {
  const stop = new AbortController()
  stdin.once('close', () => stop.abort()).resume()
  // A daemon that could not start is to end.
  stdin.unref()
  return run(environment, { stop: stop.signal })
}
