// Owns the look of status pages: the dashboard's colours (ui/src/lib/styles/tokens.css), light and dark as the system is.
import { createHash } from 'node:crypto'
import { Html } from '../html.ts'

const STYLE = `
:root { color-scheme: light dark;
--bg: light-dark(#f7f8f9, #0f1113); --panel: light-dark(#ffffff, #14171a); --line: light-dark(#dfe3e7, #262b30);
--quiet: light-dark(#eceef1, #1c2024); --text: light-dark(#13171b, #e8eaed); --text-2: light-dark(#454e58, #b0b7c0);
--text-3: light-dark(#5f6873, #8b949f); --accent: light-dark(#0a5fb4, #74b5f5); --well: light-dark(#0a7553, #3eb489);
--warning: light-dark(#c07600, #e5ab43); --crisis: light-dark(#b92318, #f77a6c); --unknown: light-dark(#5f6873, #8b949f); }
* { box-sizing: border-box; margin: 0; padding: 0; }
body { background: var(--bg); color: var(--text); font: 16px/24px system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif; }
main { max-width: 1040px; margin: 0 auto; padding: 40px 24px; display: grid; gap: 24px; }
h1, h2, p, b, summary { overflow-wrap: anywhere; }
h1 { font-size: 24px; line-height: 32px; font-weight: 600; }
h2 { font-size: 16px; line-height: 24px; font-weight: 600; }
header p { color: var(--text-2); margin-top: 4px; max-width: 64ch; }
ul, ol { list-style: none; }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; }
.sum { display: flex; gap: 16px; align-items: flex-start; padding: 20px 24px; border-left: 4px solid; }
.sum .glyph { width: 24px; height: 24px; margin-top: 2px; }
.lead { font-size: 20px; line-height: 28px; font-weight: 550; color: var(--text); }
.sum p + p { color: var(--text-2); }
.glyph { width: 14px; height: 14px; flex: none; display: block; }
.cut { fill: none; stroke: var(--panel); stroke-width: 1.5; stroke-linecap: round; }
.ring { fill: none; stroke: currentColor; stroke-width: 1.5; stroke-dasharray: 2.2 2.2; }
.crisis, .down { color: var(--crisis); } .warning { color: var(--warning); } .unknown { color: var(--unknown); }
.maintenance { color: var(--accent); } .well, .up { color: var(--well); }
.row { display: grid; grid-template-columns: minmax(0, 1fr) 400px 88px; gap: 8px 24px; align-items: center; padding: 12px 24px; border-top: 1px solid var(--quiet); }
.head { border-top: 0; align-items: end; padding-block: 12px 8px; }
.head p, .small, footer, details { font-size: 13px; line-height: 20px; color: var(--text-3); }
.days { display: grid; grid-template-columns: repeat(10, minmax(0, 1fr)); gap: 2px; }
.days li { text-align: center; font-size: 11px; line-height: 16px; color: var(--text-3); font-variant-numeric: tabular-nums; }
.days svg { display: block; width: 100%; height: 28px; }
.days .hollow { fill: none; stroke: currentColor; stroke-width: 1; vector-effect: non-scaling-stroke; }
.days .dashed { stroke-dasharray: 2 3; }
.days .full { fill: currentColor; }
.who b { font-weight: 550; }
.who p { display: flex; gap: 6px; align-items: baseline; font-size: 14px; line-height: 20px; color: var(--text-2); }
.who .glyph { align-self: center; }
.total { text-align: right; font-variant-numeric: tabular-nums; font-weight: 550; white-space: nowrap; }
.total small { display: none; font-size: 12px; line-height: 16px; font-weight: 400; color: var(--text-3); }
summary { cursor: pointer; color: var(--text-2); padding: 4px 0; width: fit-content; }
summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
a { color: var(--accent); }
details p { max-width: 80ch; margin-top: 4px; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 760px) {
main { padding: 24px 12px; gap: 16px; }
.sum { padding: 16px 12px; }
.row { grid-template-columns: minmax(0, 1fr) auto; padding: 12px; }
.row > .days { grid-column: 1 / -1; grid-row: 2; }
.head { grid-template-columns: minmax(0, 1fr); }
.head .total { display: none; }
.total small { display: block; }
summary { padding: 10px 0; }
}
@media (forced-colors: active) { .days svg, .glyph { forced-color-adjust: none; } }
`

/** Whole, since the policy names it by the hash of every character in it. */
export const STYLE_ELEMENT = Html.ofOurs(`<style>${STYLE}</style>`)

/** Of a page that runs no script, loads nothing, sends nothing and is shown in no frame. */
export const CONTENT_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
