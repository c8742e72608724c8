// Owns whether this browser shows the fleet as a table or as a grid, where the address does not say.
import { remember, remembered } from '../storage.ts'
import type { FleetForm } from './view-state.ts'

const STORED = 'vigie-fleet-form'

class RememberedForm {
  #current = $state<FleetForm>(remembered(STORED) === 'grid' ? 'grid' : 'table')

  get current(): FleetForm {
    return this.#current
  }

  set(form: FleetForm): void {
    this.#current = form
    remember(STORED, form)
  }
}

export const fleetForm = new RememberedForm()
