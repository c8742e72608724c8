// Owns the colours of canvases: the tokens of the page as the browser resolves them, for the theme in use.
import { theme } from '../theme/theme.svelte.ts'
import type { DataColour } from './chart-plan.ts'

const FURNITURE = ['grid', 'axis', 'hatch', 'panel', 'text', 'text-3'] as const
const DATA = ['data-1', 'data-2', 'data-3', 'data-4', 'data-5', 'data-6', 'data-7'] as const
const HEAT = ['heat-0', 'heat-1', 'heat-2', 'heat-3', 'heat-4', 'heat-5'] as const
const TOKENS = [...FURNITURE, ...DATA, ...HEAT] as const

export type Palette = Readonly<Record<(typeof TOKENS)[number], string>> & {
  readonly isDark: boolean
  /** A token's colour, see-through. */
  readonly fade: (colour: DataColour, alpha: number) => string
  /** The colour of a share from 0 to 1, on the heat ramp. */
  readonly heat: readonly string[]
}

const HEAT_STEPS = 64

class PaletteState {
  readonly #current = $derived.by(() => {
    // Another theme resolves the same tokens to other colours.
    return readPalette(theme.isDark)
  })

  get current(): Palette {
    return this.#current
  }
}

/** The colours of the theme in use; reading it in an effect redraws on a switch. */
export const palette = new PaletteState()

function readPalette(isDark: boolean): Palette {
  const probe = document.createElement('i')
  probe.hidden = true
  document.body.append(probe)
  const colours = TOKENS.map((token) => {
    probe.style.color = `var(--${token})`
    return [token, getComputedStyle(probe).color] as const
  })
  probe.remove()
  const byToken = Object.fromEntries(colours) as Record<(typeof TOKENS)[number], string>
  return {
    ...byToken,
    isDark,
    fade: (colour, alpha) => {
      const [red, green, blue] = channels(byToken[colour])
      return `rgba(${red}, ${green}, ${blue}, ${alpha})`
    },
    heat: ramp(HEAT.map((token) => channels(byToken[token]))),
  }
}

type Rgb = readonly [number, number, number]

function channels(colour: string): Rgb {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  return [red, green, blue]
}

function ramp(stops: readonly Rgb[]): string[] {
  return Array.from({ length: HEAT_STEPS }, (_, step) => {
    const place = (step / (HEAT_STEPS - 1)) * (stops.length - 1)
    const below = Math.min(Math.floor(place), stops.length - 2)
    const mixed = [0, 1, 2].map((channel) => {
      const from = stops[below]?.[channel] ?? 0
      const to = stops[below + 1]?.[channel] ?? from
      return Math.round(from + (to - from) * (place - below))
    })
    return `rgb(${mixed.join(', ')})`
  })
}
