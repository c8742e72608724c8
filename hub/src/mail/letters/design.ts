// Owns the look of letters: the page's colours (ui/src/lib/styles/tokens.css), inline for light and as a style sheet for dark.
import { Html } from '../../html.ts'
import type { Tone } from './content.ts'

export const FONT =
  "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;"

/** What every reader understands: it stands in each element. */
export const LIGHT = {
  page: '#f7f8f9',
  card: '#ffffff',
  line: '#dfe3e7',
  lineQuiet: '#eceef1',
  lineStrong: '#c3cad2',
  text: '#13171b',
  text2: '#454e58',
  text3: '#5f6873',
  accent: '#0a5fb4',
  onAccent: '#ffffff',
  track: '#e3e7eb',
} as const

export const TONES: Readonly<Record<Tone, { light: string; dark: string; glyph: string }>> = {
  crisis: { light: '#b92318', dark: '#f77a6c', glyph: '■' },
  warning: { light: '#8a5400', dark: '#e5ab43', glyph: '▲' },
  over: { light: '#0a7553', dark: '#3eb489', glyph: '●' },
  calm: { light: '#0a5fb4', dark: '#74b5f5', glyph: '●' },
}

/** What only readers that know dark mode or narrow screens use. Classes: see html-page.ts. */
export function styleSheet(tone: Tone): Html {
  const { dark } = TONES[tone]
  return Html.ofOurs(`
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
.pg { background: #0f1113 !important; }
.cd { background: #14171a !important; border-color: #262b30 !important; border-top-color: ${dark} !important; }
.tx, .tx a { color: #e8eaed !important; }
.t2 { color: #b0b7c0 !important; }
.t3 { color: #8b949f !important; }
.tn { color: ${dark} !important; }
.br { background: ${dark} !important; }
.ln { border-color: #262b30 !important; }
.lm { background: #e8eaed !important; }
.tk { background: #2a3036 !important; }
.ac, .nm a { color: #74b5f5 !important; }
.bt { background: #74b5f5 !important; }
.bt a { color: #08131d !important; }
.b2 { border-color: #3c434b !important; }
.b2 a { color: #e8eaed !important; }
.lt { display: none !important; }
.dk { display: block !important; max-height: none !important; }
}
@media (max-width: 620px) {
.cd, .fw { width: 100% !important; }
.in { padding-left: 16px !important; padding-right: 16px !important; }
.im { width: 100% !important; height: auto !important; }
.hd { display: none !important; }
.st { display: block !important; width: auto !important; margin-bottom: 8px; }
.st a { display: block !important; text-align: center; }
}
`)
}
