// The phone's body: a frame on a desktop, the whole window on a small screen.
import type { ReactNode } from 'react'
import './device.css'

export function Device({ children }: { children: ReactNode }) {
  return (
    <main className="device">
      <div className="device-screen">{children}</div>
    </main>
  )
}
