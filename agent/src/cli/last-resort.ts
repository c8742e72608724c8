// Owns the end of a process that a call to the kernel keeps alive: a dead file server, a stuck sensor.
const PATIENCE_MS = 1_000

/**
 * Ends this process by SIGTERM when something still keeps it alive in a second, telling `onEnd` first. A signal, because
 * `process.exit` waits for the thread that is stuck; SIGTERM, because service managers take it for a clean stop.
 */
export function endBySignal(onEnd: () => void): void {
  const end = () => {
    onEnd()
    process.removeAllListeners('SIGTERM')
    process.kill(process.pid, 'SIGTERM')
  }
  setTimeout(end, PATIENCE_MS).unref()
}
