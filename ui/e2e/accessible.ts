// Owns what every page has to be, checked in a browser: accessible (axe), and no wider than its window.
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
  ).toEqual([])
  const overflowPx = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflowPx).toBeLessThanOrEqual(0)
}

const PHONE = { width: 390, height: 844 }

/** Of wide windows and of phones. */
export async function expectAccessibleAnywhere(page: Page): Promise<void> {
  await expectAccessible(page)
  const usual = page.viewportSize()
  await page.setViewportSize(PHONE)
  await expectAccessible(page)
  if (usual) await page.setViewportSize(usual)
}
