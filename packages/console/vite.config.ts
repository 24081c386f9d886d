// Builds the pages into the folder the platform serves. `vite` alone is the development server; it passes the control API
// on to a platform on its usual port.
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { conditions: ['@hatoba/source', 'module', 'browser', 'development|production'] },
  build: {
    outDir: '../server/public',
    emptyOutDir: true,
    assetsInlineLimit: 0, // the platform's content security policy knows files alone
    cssTarget: ['chrome123', 'firefox128', 'safari17.5'], // the first with light-dark()
  },
  server: { proxy: { '/_hatoba': 'http://localhost:8081' } },
})
