// The words of the fleet and of adding a host, in French.
import type { fleet as english } from '../en/fleet.ts'

export const fleet: Record<keyof typeof english, string> = {
  title: 'Parc',
}
