// The words of the shell, and those that several pages share, in French.
import type { common as english } from '../en/common.ts'

export const common: Record<keyof typeof english, string> = {
  skipToContent: 'Aller au contenu',
  fleet: 'Parc',
  statusUp: 'Bien',
  statusDown: 'En panne',
  statusUnknown: 'Inconnu',
}
