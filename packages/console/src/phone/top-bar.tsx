// The bar on top of every screen, and under it the word that the connection is lost.
import type { ReactNode } from 'react'
import { Link, type To } from 'react-router'
import { BackIcon } from './icons.tsx'
import { useSession } from './session.tsx'
import { texts } from './texts.ts'
import './top-bar.css'

interface TopBarProps {
  back?: { to: To; label: string; state?: unknown }
  children: ReactNode
}

export function TopBar({ back, children }: TopBarProps) {
  const { live } = useSession()
  return (
    <header className="top-bar">
      <div className="top-bar-row">
        {back !== undefined && (
          <Link className="icon-button" to={back.to} state={back.state} aria-label={back.label} title={back.label}>
            <BackIcon />
          </Link>
        )}
        {children}
      </div>
      <div role="status">{live === 'lost' && <p className="top-bar-lost">{texts.connectionLost}</p>}</div>
    </header>
  )
}
