// The page around the screens: whose phone it is, the device, and the panel beside it.
import { Link, Navigate, Outlet, useParams } from 'react-router'
import { Device } from './device.tsx'
import { Failure, Loading, Notice } from './notice.tsx'
import { chatListPath } from './paths.ts'
import { useControlState } from './queries.ts'
import { Session } from './session.tsx'
import { SidePanel } from './side-panel.tsx'
import { texts } from './texts.ts'
import './phone-page.css'

export function PhonePage() {
  const { userId } = useParams()
  const { data: state, error, dataUpdatedAt, refetch } = useControlState()
  if (state === undefined)
    return <BareDevice>{error ? <Failure error={error} retry={refetch} /> : <Loading />}</BareDevice>
  const user = state.users.find((other) => other.userId === userId)
  if (user === undefined)
    return (
      <BareDevice>
        <Notice title={texts.unknownUser} hint={texts.unknownUserHint}>
          <Link className="button" to="/">
            {texts.toFirstUser}
          </Link>
        </Notice>
      </BareDevice>
    )
  return (
    <Session key={user.userId} user={user} state={state} stateReadAtMs={dataUpdatedAt}>
      <div className="stage">
        <Device>
          <Outlet />
        </Device>
        <aside className="stage-panel" aria-label={texts.about}>
          <SidePanel />
        </aside>
      </div>
    </Session>
  )
}

/** Where the address names nobody: the phone of the first user. */
export function FirstUser() {
  const { data: state, error, refetch } = useControlState()
  if (state === undefined)
    return <BareDevice>{error ? <Failure error={error} retry={refetch} /> : <Loading />}</BareDevice>
  const [first] = state.users
  if (first !== undefined) return <Navigate replace to={chatListPath(first.userId)} />
  return (
    <BareDevice>
      <Notice title={texts.noUsers} hint={texts.noUsersHint} />
    </BareDevice>
  )
}

function BareDevice({ children }: { children: React.ReactNode }) {
  return (
    <div className="stage">
      <Device>{children}</Device>
    </div>
  )
}
