// The screens of a phone, by their addresses under the user's.
import { Route } from 'react-router'
import { AboutScreen } from './about-screen.tsx'
import { AddFriendScreen } from './add-friend-screen.tsx'
import { ChatListScreen } from './chat-list-screen.tsx'
import { ChatMenuScreen } from './chat-menu-screen.tsx'
import { ChatScreen } from './chat-screen.tsx'
import { NewGroupScreen } from './new-group-screen.tsx'
import { SettingsScreen } from './settings-screen.tsx'

export const phoneScreens = (
  <>
    <Route index element={<ChatListScreen />} />
    <Route path="about" element={<AboutScreen />} />
    <Route path="add" element={<AddFriendScreen />} />
    <Route path="new-group" element={<NewGroupScreen />} />
    <Route path="settings" element={<SettingsScreen />} />
    <Route path="chats/:chatId" element={<ChatScreen />} />
    <Route path="chats/:chatId/about" element={<AboutScreen />} />
    <Route path="chats/:chatId/menu" element={<ChatMenuScreen />} />
  </>
)
