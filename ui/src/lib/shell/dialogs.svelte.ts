// Owns which dialog of the shell is open; one at most.

export type DialogName = 'palette' | 'keys'

class Dialogs {
  open = $state<DialogName | null>(null)

  toggle(name: DialogName): void {
    this.open = this.open === name ? null : name
  }
}

export const dialogs = new Dialogs()
