// Owns the tables of a letter as HTML rows: values against limits, figures, and lists of incidents.
import { html, type Html } from '../../html.ts'
import type { Block } from './content.ts'
import { FONT, LIGHT } from './design.ts'

type Of<T extends Block['type']> = Extract<Block, { type: T }>

const BAR_PX = 160
const MARK_PX = 2
const CELL = `${FONT}font-size:14px;line-height:20px;padding:8px 0;border-top:1px solid ${LIGHT.lineQuiet};`
const HEAD = `${FONT}font-size:12px;line-height:16px;color:${LIGHT.text3};padding:0 0 4px;font-weight:400`

export function measureRows({ rows, value, limit }: Of<'measures'>, colour: string): Html {
  return html`<table width="100%" cellpadding="0" cellspacing="0" border="0">
    <tr>
      <td></td>
      <td class="hd"></td>
      <td class="t3" align="right" style="${HEAD}">${value}</td>
      <td class="t3" align="right" style="${HEAD}">${limit}</td>
    </tr>
    ${rows.map(
      (row) =>
        html`<tr>
          <td class="tx ln" style="${CELL}color:${LIGHT.text}">${row.label}</td>
          <td class="ln hd" width="176" style="${CELL}padding-left:16px">
            ${row.bar === null ? null : bar(row.bar, colour)}
          </td>
          <td
            class="tx ln"
            align="right"
            style="${CELL}white-space:nowrap;padding-left:16px;color:${LIGHT.text}"
          >
            <b>${row.value}</b>
          </td>
          <td
            class="t3 ln"
            align="right"
            style="${CELL}white-space:nowrap;padding-left:16px;color:${LIGHT.text3}"
          >
            ${row.limit}
          </td>
        </tr>`,
    )}
  </table>`
}

/** Up to the value in the tone's colour, with a mark where the limit is. */
function bar({ value, limit }: { value: number; limit: number }, colour: string): Html {
  const px = (ratio: number): number =>
    Math.round(Math.min(1, Math.max(0, ratio)) * (BAR_PX - MARK_PX))
  const filled = px(value)
  const mark = px(limit)
  const runs: [fill: string, className: string, width: number][] = [
    [colour, 'br', Math.min(filled, mark)],
    [LIGHT.track, 'tk', mark - Math.min(filled, mark)],
    [LIGHT.text, 'lm', MARK_PX],
    [colour, 'br', Math.max(0, filled - mark)],
    [LIGHT.track, 'tk', BAR_PX - MARK_PX - Math.max(filled, mark)],
  ]
  return html`<table
    role="presentation"
    cellpadding="0"
    cellspacing="0"
    border="0"
    width="${BAR_PX}"
  >
    <tr>
      ${runs
        .filter(([, , width]) => width > 0)
        .map(
          ([fill, className, width]) =>
            html`<td
              class="${className}"
              width="${width}"
              height="8"
              bgcolor="${fill}"
              style="background:${fill};font-size:0;line-height:8px;height:8px"
            >
              &#160;
            </td>`,
        )}
    </tr>
  </table>`
}

export function tableRows({ columns, rows }: Of<'table'>): Html {
  return html`<table width="100%" cellpadding="0" cellspacing="0" border="0">
    <tr>
      ${columns.map(
        (column, index) =>
          html`<td class="t3" align="${index === 0 ? 'left' : 'right'}" style="${HEAD}">
            ${column}
          </td>`,
      )}
    </tr>
    ${rows.map(
      (row) =>
        html`<tr>
          ${row.map(figure)}
        </tr>`,
    )}
  </table>`
}

function figure(text: string, index: number): Html {
  return index === 0
    ? html`<td class="tx ln" style="${CELL}color:${LIGHT.text};word-break:break-word">${text}</td>`
    : html`<td
        class="tx ln"
        align="right"
        style="${CELL}white-space:nowrap;padding-left:16px;color:${LIGHT.text};font-variant-numeric:tabular-nums"
      >
        ${text}
      </td>`
}

export function listRows({ items }: Of<'list'>): Html {
  return html`<table width="100%" cellpadding="0" cellspacing="0" border="0">
    ${items.map(
      ({ text, url, note }) =>
        html`<tr>
          <td class="ln" style="${CELL}word-break:break-word">
            ${itemText(text, url)}${note === '' ? null : html`<br /><span class="t3" style="font-size:13px;color:${LIGHT.text3}">${note}</span>`}
          </td>
        </tr>`,
    )}
  </table>`
}

function itemText(text: string, url: string | null): Html {
  return url === null
    ? html`<span class="tx" style="color:${LIGHT.text}">${text}</span>`
    : html`<a class="ac" href="${url}" style="color:${LIGHT.accent};text-decoration:none"
        >${text}</a
      >`
}
