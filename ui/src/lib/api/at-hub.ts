// Owns the addresses of what the hub answers besides pages: it may live under a path, which the page is told when it is served.
import { resolve } from '$app/paths'

/** `path` as the hub knows it, such as `/api/v1/hosts`. */
export function atHub(path: string): string {
  return resolve('/').replace(/\/$/, '') + path
}
