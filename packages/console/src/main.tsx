// The page's entry: the phone is the only page so far.
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './phone/app.tsx'
import { applyTheme, readTheme } from './phone/theme.ts'

applyTheme(readTheme())

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
