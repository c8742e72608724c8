// Owns light and dark: the system's unless one was chosen here. Canvases read `theme.isDark` to know when to redraw.
import { MediaQuery } from 'svelte/reactivity'
import { remember, remembered } from '../storage.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const STORED = 'vigie-theme'

class ThemeState {
  #choice = $state<Theme>(THEMES.find((theme) => theme === remembered(STORED)) ?? 'system')
  readonly #systemIsDark = new MediaQuery('prefers-color-scheme: dark')

  get choice(): Theme {
    return this.#choice
  }

  get isDark(): boolean {
    return this.#choice === 'system' ? this.#systemIsDark.current : this.#choice === 'dark'
  }

  set(theme: Theme): void {
    this.#choice = theme
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
    remember(STORED, theme)
  }
}

export const theme = new ThemeState()
