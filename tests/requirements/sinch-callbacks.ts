// What the LINE guide of Sinch promises on callbacks: contacts, inbound messages, reports.

import { done, notYet, section } from './requirement.ts'

export const sinchCallbacks = [
  ...section(
    { part: 'sinch', source: 'Sinch LINE guide, "Testing the integration"', rows: '002/testing-the-integration' },
    [
      done('sinch.callback.first-contact', 'the first "Add friend" makes two callbacks', '.'),
      done(
        'sinch.callback.opt-in',
        "adding the bot posts an opt_in_notification with the sample's keys",
        '@sample.json',
      ),
      done('sinch.callback.app-id', 'a callback names the app in app_id', '@sample.json'),
      done(
        'sinch.callback.accepted-time',
        'a callback tells in accepted_time when the gateway took the event',
        '@sample.json',
      ),
      done(
        'sinch.callback.event-time',
        'a callback tells in event_time when the channel saw the event',
        '@sample.json',
      ),
      done('sinch.callback.project-id', 'a callback names the project in project_id', '@sample.json'),
      done(
        'sinch.callback.message-metadata',
        'a callback has message_metadata, empty where none was given',
        '@sample.json',
      ),
      done('sinch.callback.opt-in-contact-id', 'opt_in_notification.contact_id is the contact', '@sample.json'),
      done('sinch.callback.opt-in-channel', 'opt_in_notification.channel is LINE', '@sample.json'),
      done('sinch.callback.opt-in-identity', 'opt_in_notification.identity is the LINE user id', '@sample.json'),
      done('sinch.callback.opt-in-status', 'opt_in_notification.status is OPT_IN_SUCCEEDED', '@sample.json'),
      done(
        'sinch.callback.opt-in-request-id',
        'opt_in_notification.request_id is the id of the opt-in',
        '@sample.json',
      ),
      done(
        'sinch.callback.contact-create',
        "a new LINE user posts a contact_create_notification with the sample's keys and an empty app_id",
        '@sample.json~2',
      ),
      done('sinch.callback.contact-id', 'contact.id is the id by which the LINE user can be reached', '@sample.json~2'),
      done(
        'sinch.callback.contact-channel-identities',
        'contact.channel_identities names channel, identity and app',
        '@sample.json~2',
      ),
      notYet(
        'sinch.callback.contact-identity-per-app',
        'the same LINE user has another channel identity in another app',
        '.',
      ),
      done('sinch.callback.contact-channel-priority', 'contact.channel_priority lists LINE', '@sample.json~2'),
      done(
        'sinch.callback.contact-display-name',
        'contact.display_name is empty where it is not known',
        '@sample.json~2',
      ),
      done('sinch.callback.contact-email', 'contact.email is empty where it is not known', '@sample.json~2'),
      done('sinch.callback.contact-external-id', 'contact.external_id is empty where none was given', '@sample.json~2'),
      done('sinch.callback.contact-metadata', 'contact.metadata is empty where none was given', '@sample.json~2'),
      done(
        'sinch.callback.contact-language',
        'contact.language is UNSPECIFIED where it is not known',
        '@sample.json~2',
      ),
    ],
  ),
  ...section({ part: 'sinch', source: 'Sinch LINE guide, "Receiving Messages"', rows: '002/receiving-messages' }, [
    done('sinch.inbound.callback', 'what a LINE user sends is posted to the MESSAGE_INBOUND webhook', '.'),
    done(
      'sinch.inbound.media-url-7d',
      'a media URL of an inbound message is valid for 7 days, then the media is deleted',
      '.',
    ),
    done('sinch.inbound.text', "an inbound text is posted with the sample's keys", '@example-text-mo.json'),
    done('sinch.inbound.message-id', "message.id is the inbound message's id", '@example-text-mo.json'),
    done('sinch.inbound.direction', 'message.direction is TO_APP', '@example-text-mo.json'),
    done(
      'sinch.inbound.text-message-text',
      'contact_message.text_message.text is what the user typed',
      '@example-text-mo.json',
    ),
    done('sinch.inbound.channel-identity-channel', 'channel_identity.channel is LINE', '@example-text-mo.json'),
    done(
      'sinch.inbound.channel-identity-identity',
      'channel_identity.identity is the LINE user id',
      '@example-text-mo.json',
    ),
    done('sinch.inbound.channel-identity-app-id', 'channel_identity.app_id is the app', '@example-text-mo.json'),
    done('sinch.inbound.conversation-id', 'message.conversation_id is the conversation', '@example-text-mo.json'),
    done(
      'sinch.inbound.contact-id',
      'message.contact_id is the contact, made at the first message',
      '@example-text-mo.json',
    ),
    done('sinch.inbound.metadata', 'message.metadata is empty where none was given', '@example-text-mo.json'),
    done(
      'sinch.inbound.accept-time',
      'message.accept_time is the time at which the gateway took the message',
      '@example-text-mo.json',
    ),
    done('sinch.inbound.sender-id', 'message.sender_id is empty for LINE', '@example-text-mo.json'),
    done('sinch.inbound.location', "an inbound place is posted with the sample's keys", '@example-location-mo.json'),
    done('sinch.inbound.location-title', "location_message.title is the place's title", '@example-location-mo.json'),
    done(
      'sinch.inbound.location-latitude',
      'location_message.coordinates.latitude is the latitude',
      '@example-location-mo.json',
    ),
    done(
      'sinch.inbound.location-longitude',
      'location_message.coordinates.longitude is the longitude',
      '@example-location-mo.json',
    ),
    done('sinch.inbound.location-label', 'location_message.label is the address', '@example-location-mo.json'),
    done('sinch.inbound.media', "an inbound file is posted with the sample's keys", '@example-media-mo.json'),
    done('sinch.inbound.media-url', 'media_message.url is where the gateway keeps the file', '@example-media-mo.json'),
    done(
      'sinch.inbound.media-thumbnail-url',
      'media_message.thumbnail_url is empty where there is none',
      '@example-media-mo.json',
    ),
    notYet(
      'sinch.inbound.choice-response',
      "a postback of a choice is posted with the sample's keys",
      '@example-choice-response-message.json',
    ),
    notYet(
      'sinch.inbound.choice-response-message-id',
      'choice_response_message.message_id is the message that held the choice',
      '@example-choice-response-message.json',
    ),
    notYet(
      'sinch.inbound.choice-response-postback-data',
      "choice_response_message.postback_data is the choice's data",
      '@example-choice-response-message.json',
    ),
  ]),
  ...section({ part: 'sinch', source: 'Sinch LINE guide, "Receiving Status"', rows: '002/receiving-status' }, [
    done(
      'sinch.report.queued-on-channel',
      "a message that LINE took is reported QUEUED_ON_CHANNEL with the sample's keys, and nothing later",
      '.',
      '@sample.json',
    ),
    done(
      'sinch.report.message-id',
      'message_delivery_report.message_id is the id that the send answered',
      '@sample.json',
    ),
    done('sinch.report.conversation-id', 'message_delivery_report.conversation_id is the conversation', '@sample.json'),
    done('sinch.report.status', 'message_delivery_report.status is the status', '@sample.json'),
    done(
      'sinch.report.channel-identity',
      'message_delivery_report.channel_identity names channel, identity and app',
      '@sample.json',
    ),
    done('sinch.report.contact-id', 'message_delivery_report.contact_id is the contact', '@sample.json'),
    done('sinch.report.metadata', 'message_delivery_report.metadata is empty where none was given', '@sample.json'),
    done(
      'sinch.report.failed',
      "a message that LINE refused is reported FAILED with the sample's keys",
      '@sample.json~2',
    ),
    done('sinch.report.reason-code', 'reason.code tells the kind of the failure', '@sample.json~2'),
    done('sinch.report.reason-description', 'reason.description tells the failure in words', '@sample.json~2'),
    done(
      'sinch.report.reason-sub-code',
      'reason.sub_code is UNSPECIFIED_SUB_CODE where there is none',
      '@sample.json~2',
    ),
    done(
      'sinch.report.media-not-reachable',
      'media that cannot be fetched fails with MEDIA_NOT_REACHABLE',
      '@sample.json~2',
    ),
  ]),
  ...section({ part: 'sinch', source: 'Sinch LINE guide, blocking and special events', rows: '002' }, [
    done(
      'sinch.callback.opt-out',
      "blocking the bot posts an opt_out_notification with the sample's keys",
      'block-bot',
      'block-bot@sample.json',
    ),
    notYet(
      'sinch.callback.opt-out-contact-id',
      'opt_out_notification.contact_id is the contact',
      'block-bot@sample.json',
    ),
    notYet('sinch.callback.opt-out-channel', 'opt_out_notification.channel is LINE', 'block-bot@sample.json'),
    done(
      'sinch.callback.opt-out-identity',
      'opt_out_notification.identity is the LINE user id',
      'block-bot@sample.json',
    ),
    done('sinch.callback.opt-out-status', 'opt_out_notification.status is OPT_OUT_SUCCEEDED', 'block-bot@sample.json'),
    notYet(
      'sinch.callback.opt-out-request-id',
      'opt_out_notification.request_id is the id of the opt-out',
      'block-bot@sample.json',
    ),
    done(
      'sinch.callback.blocked-no-error',
      'sending to a user who blocked the bot gives no error and shows no message',
      'block-bot',
    ),
    done(
      'sinch.callback.unblock',
      "unblocking the bot posts an opt_in_notification with the sample's keys",
      'unblock-bot',
      'unblock-bot@sample.json',
    ),
    notYet(
      'sinch.callback.video-play-complete',
      "the end of a tracked video posts an unsupported_callback with the sample's keys",
      'receiving-video-play-complete-event',
      'receiving-video-play-complete-event@sample.json',
    ),
    notYet(
      'sinch.callback.unsupported-channel',
      'unsupported_callback.channel is LINE',
      'receiving-video-play-complete-event@sample.json',
    ),
    done(
      'sinch.callback.unsupported-payload',
      "unsupported_callback.payload is the body of LINE's webhook as text",
      'receiving-video-play-complete-event@sample.json',
    ),
  ]),
]
