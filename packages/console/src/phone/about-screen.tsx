// On a small screen: what stands beside the phone on a large one.
import { useParams } from 'react-router'
import { chatListPath, chatPath } from './paths.ts'
import { useSession } from './session.tsx'
import { SidePanel } from './side-panel.tsx'
import { texts } from './texts.ts'
import { TopBar } from './top-bar.tsx'
import './about-screen.css'

export function AboutScreen() {
  const { user } = useSession()
  const { chatId } = useParams()
  const to = chatId === undefined ? chatListPath(user.userId) : chatPath(user.userId, chatId)
  return (
    <>
      <TopBar back={{ to, label: texts.back }}>
        <div className="top-bar-titles">
          <h1 className="top-bar-title">{texts.about}</h1>
        </div>
      </TopBar>
      <div className="about">
        <SidePanel />
      </div>
    </>
  )
}
