// System, light or dark.
import { useId, useState } from 'react'
import { texts } from './texts.ts'
import { applyTheme, keepTheme, readTheme, THEMES, type Theme } from './theme.ts'
import './theme-switch.css'

export function ThemeSwitch() {
  const group = useId()
  const [chosen, setChosen] = useState(readTheme)
  const choose = (theme: Theme) => {
    setChosen(theme)
    applyTheme(theme)
    keepTheme(theme)
  }
  return (
    <fieldset className="theme-switch">
      <legend className="visually-hidden">{texts.theme}</legend>
      {THEMES.map((theme) => (
        <label key={theme} className="theme-choice">
          <input
            type="radio"
            name={group}
            className="visually-hidden"
            checked={theme === chosen}
            onChange={() => choose(theme)}
          />
          <span>{texts.themes[theme]}</span>
        </label>
      ))}
    </fieldset>
  )
}
