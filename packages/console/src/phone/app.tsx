// The phone: a page that is one user of the platform. The platform answers the page's own addresses with the page.
import { QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { BrowserRouter, Route, Routes } from 'react-router'
import './fonts.ts'
import './tokens.css'
import './base.css'
import { PHONES_PATH } from './paths.ts'
import { FirstUser, PhonePage } from './phone-page.tsx'
import { phoneScreens } from './phone-screens.tsx'
import { PhonesPage } from './phones-page.tsx'
import { createQueryClient } from './queries.ts'

export function App() {
  const [client] = useState(createQueryClient)
  return (
    <QueryClientProvider client={client}>
      {/* Each of several phones has a history of its own, so the page's address is none of theirs. */}
      {window.location.pathname === PHONES_PATH ? (
        <PhonesPage />
      ) : (
        <BrowserRouter>
          <Routes>
            <Route path="users/:userId" element={<PhonePage />}>
              {phoneScreens}
            </Route>
            <Route path="*" element={<FirstUser />} />
          </Routes>
        </BrowserRouter>
      )}
    </QueryClientProvider>
  )
}
