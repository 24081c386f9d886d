// Light or dark: as the system says, unless the person chose. The choice is kept in this browser.

export const THEMES = ['system', 'light', 'dark'] as const

export type Theme = (typeof THEMES)[number]

const KEPT_AS = 'hatoba.theme'

export function readTheme(): Theme {
  const kept = storage()?.getItem(KEPT_AS)
  return THEMES.find((theme) => theme === kept) ?? 'system'
}

/** tokens.css gives each theme its colours by `color-scheme`. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
}

export function keepTheme(theme: Theme): void {
  try {
    storage()?.setItem(KEPT_AS, theme)
  } catch {
    // Full or forbidden storage: the choice then lasts as long as the page.
  }
}

/** Reading the property alone throws where the person forbade storage. */
function storage(): Storage | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}
