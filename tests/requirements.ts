// The manifest: every promise of the four documents that the product was asked for, and whether it is kept.
// Tests cite its ids through verifies(); the gate in requirements.test.ts holds manifest, index and citations together,
// and docs/compatibility.md is printed from it. How to write an entry is told in requirements/requirement.ts.

import { eightxeight } from './requirements/eightxeight.ts'
import { lineChats } from './requirements/line-chats.ts'
import { lineCommon } from './requirements/line-common.ts'
import { lineEvents } from './requirements/line-events.ts'
import { lineMessages } from './requirements/line-messages.ts'
import { lineOverview } from './requirements/line-overview.ts'
import { linePartner } from './requirements/line-partner.ts'
import { lineSend } from './requirements/line-send.ts'
import { lineTemplates } from './requirements/line-templates.ts'
import { lineWebhook } from './requirements/line-webhook.ts'
import { loginAndroid } from './requirements/login-android.ts'
import { loginIos } from './requirements/login-ios.ts'
import { loginSocial } from './requirements/login-social.ts'
import { phone } from './requirements/phone.ts'
import type { Requirement, RowsOfPart } from './requirements/requirement.ts'
import { sinchCallbacks } from './requirements/sinch-callbacks.ts'
import { sinchSend } from './requirements/sinch-send.ts'
import { sinchSetup } from './requirements/sinch-setup.ts'

export const requirements: readonly Requirement[] = [
  ...lineOverview,
  ...lineCommon,
  ...lineWebhook,
  ...lineEvents,
  ...lineSend,
  ...lineMessages,
  ...lineTemplates,
  ...lineChats,
  ...linePartner,
  ...loginSocial,
  ...loginAndroid,
  ...loginIos,
  ...eightxeight,
  ...sinchSetup,
  ...sinchCallbacks,
  ...sinchSend,
  ...phone,
]

export const rowsOfParts: readonly RowsOfPart[] = [
  {
    part: 'platform',
    why: 'the frame of the printed page: a place in a menu, a notice, an invitation to follow',
    rows: ['001', '001#Documents', '001#Messaging API', '003', '003/messaging-api/stay-connected'],
  },
  { part: '8x8', why: 'the frame of the printed page', rows: ['000'] },
]
