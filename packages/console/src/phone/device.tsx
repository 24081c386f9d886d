// The phone's body: a frame on a desktop, the whole window on a small screen.
import type { ReactNode } from 'react'
import './device.css'

interface DeviceProps {
  /** The page is this phone; else it is one of several. */
  isAlone?: boolean
  children: ReactNode
}

export function Device({ isAlone = true, children }: DeviceProps) {
  const Body = isAlone ? 'main' : 'div'
  return (
    <Body className="device">
      <div className="device-screen">{children}</div>
    </Body>
  )
}
