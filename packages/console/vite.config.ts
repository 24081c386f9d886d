// Builds the pages into the folder the platform serves. `vite` alone is the development server; it passes the control API
// on to a platform on its usual port.
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

// Every browser that can show the pages reads woff2; the older form would double what is shipped.
const woff2Only: Plugin = {
  name: 'woff2-only',
  enforce: 'pre',
  transform(code, id) {
    if (!/@fontsource.*\.css/.test(id)) return undefined
    return code.replace(/, url\([^)]*\.woff\) format\('woff'\)/g, '')
  },
}

export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn', // some hundred pieces of fonts are no news
  plugins: [woff2Only, react()],
  resolve: { conditions: ['@hatoba/source', 'module', 'browser', 'development|production'] },
  build: {
    outDir: '../server/public',
    emptyOutDir: true,
    assetsInlineLimit: 0, // the platform's content security policy knows files alone
    cssTarget: ['chrome123', 'firefox128', 'safari17.5'], // the first with light-dark()
  },
  server: { proxy: { '/_hatoba': 'http://localhost:8081' } },
})
