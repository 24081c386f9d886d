// Builds the pages into the folder the platform serves. `vite` alone is the development server; it passes the control API
// on to a platform on its usual port.
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/**
 * The page says itself what it may load, whoever serves it: its own script and style files and its own origin, and pictures
 * from anywhere, because profile pictures and bots' images lie where their owners put them.
 */
function contentSecurityPolicy(): Plugin {
  const content = [
    "default-src 'self'",
    "img-src 'self' https: http: data: blob:",
    "media-src 'self' https: http: blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ')
  return {
    name: 'content-security-policy',
    apply: 'build', // the development server works with inline scripts
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content }, injectTo: 'head-prepend' },
    ],
  }
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), contentSecurityPolicy()],
  resolve: { conditions: ['@hatoba/source', 'module', 'browser', 'development|production'] },
  build: {
    outDir: '../server/public',
    emptyOutDir: true,
    assetsInlineLimit: 0, // a data: URL would be a style or an image that the policy has to allow
    modulePreload: { polyfill: false },
    cssTarget: ['chrome123', 'firefox128', 'safari17.5'], // the first with light-dark()
  },
  server: { proxy: { '/_hatoba': 'http://localhost:8081' } },
})
