// Owns a letter as HTML: tables and inline styles, which old mail readers need; dark and narrow by style sheet.
// Classes: pg page, cd card, in inset, tx t2 t3 text, tn tone, ln line, ac link, bt b2 buttons, hd not on phones.
import type { Locale } from '@vigie/shared/format/locale'
import { html, type Html } from '../../html.ts'
import type { Block, Inline, LetterContent, Tone } from './content.ts'
import { FONT, LIGHT, styleSheet, TONES } from './design.ts'
import { listRows, measureRows, tableRows } from './html-tables.ts'

export function renderHtml(content: LetterContent, locale: Locale): string {
  const { tone, title, preheader, blocks, footer } = content
  const { light } = TONES[tone]
  const page = html`<!DOCTYPE html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>${title}</title>
        <style>
          ${styleSheet(tone)}
        </style>
      </head>
      <body class="pg" style="margin:0;padding:0;background:${LIGHT.page}">
        <div style="display:none;max-height:0;overflow:hidden">${preheader}</div>
        <table
          class="pg"
          role="presentation"
          width="100%"
          cellpadding="0"
          cellspacing="0"
          border="0"
          bgcolor="${LIGHT.page}"
          style="background:${LIGHT.page}"
        >
          <tr>
            <td align="center" style="padding:24px 8px">
              <table
                class="cd"
                role="presentation"
                width="600"
                cellpadding="0"
                cellspacing="0"
                border="0"
                bgcolor="${LIGHT.card}"
                style="width:600px;max-width:600px;background:${LIGHT.card};border:1px solid ${LIGHT.line};border-top:4px solid ${light};border-radius:6px"
              >
                ${head(content)} ${blocks.map((block) => blockRow(block, tone))}
                <tr>
                  <td
                    class="t3 in"
                    style="${FONT}padding:20px 24px;font-size:12px;line-height:18px;color:${LIGHT.text3}"
                  >
                    <div
                      class="ln"
                      style="border-top:1px solid ${LIGHT.lineQuiet};padding-top:12px"
                    >
                      ${inlines(footer)}
                    </div>
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html> `
  return page.source
}

function head({ tone, kicker, mark, title, titleUrl }: LetterContent): Html {
  const { light, glyph } = TONES[tone]
  const link = html`<a href="${titleUrl}" style="color:${LIGHT.text};text-decoration:none"
    >${title}</a
  >`
  return html`<tr>
      <td class="in" style="padding:20px 24px 0">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
          <tr>
            <td
              class="tn"
              style="${FONT}font-size:14px;line-height:20px;font-weight:600;color:${light}"
            >
              ${glyph} ${kicker}
            </td>
            <td
              class="t3"
              align="right"
              style="${FONT}font-size:13px;line-height:20px;color:${LIGHT.text3}"
            >
              ${mark}
            </td>
          </tr>
        </table>
      </td>
    </tr>
    <tr>
      <td
        class="tx in"
        style="${FONT}padding:4px 24px 0;font-size:24px;line-height:32px;font-weight:600;color:${LIGHT.text};word-break:break-word"
      >
        ${titleUrl === null ? title : link}
      </td>
    </tr>`
}

function blockRow(block: Block, tone: Tone): Html {
  switch (block.type) {
    case 'words': {
      const size = block.isFact
        ? 'padding:16px 24px 0;font-size:14px;line-height:20px'
        : 'padding:8px 24px 0;font-size:15px;line-height:22px'
      return html`<tr>
        <td class="t2 in" style="${FONT}${size};color:${LIGHT.text2};word-break:break-word">
          ${inlines(block.words)}
        </td>
      </tr>`
    }
    case 'actions':
      return html`<tr>
        <td class="in" style="padding:16px 24px 0">
          <table class="fw" role="presentation" cellpadding="0" cellspacing="0" border="0">
            <tr>
              ${block.actions.map(button)}
            </tr>
          </table>
        </td>
      </tr>`
    case 'heading': {
      const note = html` <span class="t3" style="font-weight:400;color:${LIGHT.text3}"
        >${block.note ?? ''}</span
      >`
      return html`<tr>
        <td
          class="tx in"
          style="${FONT}padding:24px 24px 8px;font-size:14px;line-height:20px;font-weight:600;color:${LIGHT.text}"
        >
          ${block.text}${block.note === undefined ? null : note}
        </td>
      </tr>`
    }
    case 'measures':
      return inset(measureRows(block, TONES[tone].light))
    case 'chart':
      return inset(block.picture === null ? sparklineRow(block) : pictures(block.picture))
    case 'table':
      return inset(tableRows(block))
    case 'list':
      return inset(listRows(block))
    case 'names':
      return html`<tr>
        <td
          class="t2 nm in"
          style="${FONT}padding:0 24px;font-size:14px;line-height:22px;color:${LIGHT.text2};word-break:break-word"
        >
          ${joined(block.items.map(name))}
        </td>
      </tr>`
  }
}

function inset(content: Html): Html {
  return html`<tr>
    <td class="in" style="padding:0 24px">${content}</td>
  </tr>`
}

function inlines(words: readonly Inline[]): Html {
  return html`${words.map((word) => {
    if (typeof word === 'string') return html`${word}`
    if ('strong' in word) {
      return html`<b class="tx" style="color:${LIGHT.text};font-weight:600">${word.strong}</b>`
    }
    return html`<a class="ac" href="${word.url}" style="color:${LIGHT.accent}">${word.link}</a>`
  })}`
}

function button({ label, url }: { label: string; url: string }, index: number): Html {
  const gap = index === 0 ? null : html`<td class="hd" width="8">&#160;</td>`
  if (index === 0) {
    return html`<td
      class="bt st"
      bgcolor="${LIGHT.accent}"
      style="background:${LIGHT.accent};border-radius:4px"
    >
      <a
        href="${url}"
        style="${FONT}display:inline-block;padding:10px 16px;font-size:14px;line-height:20px;font-weight:600;color:${LIGHT.onAccent};text-decoration:none"
        >${label}</a
      >
    </td>`
  }
  return html`${gap === null ? null : gap}
    <td class="b2 st" style="border:1px solid ${LIGHT.lineStrong};border-radius:4px">
      <a
        href="${url}"
        style="${FONT}display:inline-block;padding:9px 16px;font-size:14px;line-height:20px;color:${LIGHT.text};text-decoration:none"
        >${label}</a
      >
    </td>`
}

/** Two pictures: a reader that knows neither dark mode nor style sheets shows the light one. */
function pictures({ alt, light, dark }: { alt: string; light: string; dark: string }): Html {
  const size = 'border:0;width:552px;height:210px'
  return html`<img
      class="im lt"
      src="cid:${light}"
      width="552"
      height="210"
      alt="${alt}"
      style="display:block;${size}"
    /><img
      class="im dk"
      src="cid:${dark}"
      width="552"
      height="210"
      alt=""
      style="display:none;mso-hide:all;${size}"
    />`
}

function sparklineRow({ sparkline, words }: { sparkline: string; words: string }): Html {
  return html`<div
      class="tx"
      style="font-family:monospace;font-size:14px;line-height:20px;color:${LIGHT.text};word-break:break-all"
    >
      ${sparkline}
    </div>
    <div class="t3" style="${FONT}font-size:12px;line-height:18px;color:${LIGHT.text3}">
      ${words}
    </div>`
}

function name({ text, url }: { text: string; url: string | null }): Html {
  return url === null ? html`${text}` : html`<a href="${url}">${text}</a>`
}

function joined(items: readonly Html[]): Html {
  return html`${items.map((item, index) => (index === 0 ? item : html`, ${item}`))}`
}
