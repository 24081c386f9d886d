// Finds texts on a page that are cut off, or that lie over each other.
import type { Page } from 'playwright-core'

// What is cut off on purpose shows an ellipsis or scrolls; what is hidden from the eye is one pixel wide.
const FIND_FAULTS = `(() => {
  const faults = []
  const texts = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const words = node.data.trim()
    const element = node.parentElement
    if (words === '' || element.closest('.visually-hidden, script, noscript, svg, option') !== null) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 1 && rect.height > 1)
    if (rects.length === 0) continue
    let box = element
    let isScrolled = false
    for (; box !== null && !isScrolled; box = box.parentElement) {
      const style = getComputedStyle(box)
      if (/auto|scroll/.test(style.overflowX + style.overflowY)) isScrolled = true
      else if (style.overflow.includes('hidden') && style.textOverflow !== 'ellipsis' && style.webkitLineClamp === 'none') {
        const edge = box.getBoundingClientRect()
        if (rects.some((rect) => rect.left < edge.left - 1.5 || rect.right > edge.right + 1.5)) faults.push('cut off: ' + words)
      }
    }
    if (rects.every((rect) => document.elementsFromPoint(rect.left + rect.width / 2, rect.top + rect.height / 2).includes(element)))
      texts.push({ words, element, rects })
  }
  for (const [at, one] of texts.entries())
    for (const other of texts.slice(at + 1)) {
      const isOver = one.rects.some((a) => other.rects.some((b) =>
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 5))
      if (isOver) faults.push('over each other: ' + one.words + ' / ' + other.words)
    }
  return faults
})()`

export function textFaults(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(FIND_FAULTS)
}
