// The phone: a page that is one user of the platform. The platform answers the page's own addresses with the page.
import { QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { BrowserRouter, Route, Routes } from 'react-router'
import './tokens.css'
import './base.css'
import { AboutScreen } from './about-screen.tsx'
import { ChatListScreen } from './chat-list-screen.tsx'
import { ChatScreen } from './chat-screen.tsx'
import { FirstUser, PhonePage } from './phone-page.tsx'
import { createQueryClient } from './queries.ts'

export function App() {
  const [client] = useState(createQueryClient)
  return (
    <QueryClientProvider client={client}>
      <BrowserRouter>
        <Routes>
          <Route path="users/:userId" element={<PhonePage />}>
            <Route index element={<ChatListScreen />} />
            <Route path="about" element={<AboutScreen />} />
            <Route path="chats/:chatId" element={<ChatScreen />} />
            <Route path="chats/:chatId/about" element={<AboutScreen />} />
          </Route>
          <Route path="*" element={<FirstUser />} />
        </Routes>
      </BrowserRouter>
    </QueryClientProvider>
  )
}
