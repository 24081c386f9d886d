// What the LINE reference of 2017 promises on content, profiles, groups, rooms and beacons.

import { notYet, section } from './requirement.ts'

export const lineChats = [
  ...section({ part: 'platform', source: 'LINE reference 2017, "Content"', rows: '003/content' }, [
    notYet(
      'line.content.operation',
      'GET /v2/bot/message/{messageId}/content returns the file that a user sent',
      '**',
      'http-request#GET https://api.line.me/v2/bot/message/{messageId}/content',
    ),
    notYet(
      'line.content.header-authorization',
      'fetching content needs the channel access token as Bearer',
      'request-headers#Authorization',
    ),
    notYet('line.content.message-id', 'content is fetched by the id of its message', 'url-parameters#messageId'),
    notYet('line.content.response', "content is answered with 200 and the file's bytes", 'response'),
    notYet(
      'line.content.sample-curl',
      'the curl sample fetches the bytes of an image',
      '@content-request-example.curl',
    ),
    notYet('line.content.sample-java', "the Java sample's call is answered", '@content-request-example.java'),
    notYet('line.content.sample-go', "the Go sample's call is answered", '@content-request-example.go'),
    notYet('line.content.sample-ruby', "the Ruby sample's call is answered", '@content-request-example.ruby'),
    notYet('line.content.sample-php', "the PHP sample's call is answered", '@content-request-example.php'),
    notYet('line.content.sample-perl', "the Perl sample's call is answered", '@content-request-example.perl'),
    notYet('line.content.sample-python', "the Python sample's call is answered", '@content-request-example.py'),
    notYet('line.content.sample-node', "the Node sample's call is answered", '@content-request-example.js'),
  ]),
  ...section({ part: 'platform', source: 'LINE reference 2017, "Profile"', rows: '003/profile' }, [
    notYet(
      'line.profile.operation',
      'GET /v2/bot/profile/{userId} returns the profile of a user who has the bot as a friend',
      '**',
      'http-request#GET https://api.line.me/v2/bot/profile/{userId}',
    ),
    notYet(
      'line.profile.header-authorization',
      'a profile needs the channel access token as Bearer',
      'request-headers#Authorization',
    ),
    notYet('line.profile.user-id-parameter', 'a profile is asked for by user id', 'url-parameters#userId'),
    notYet(
      'line.profile.response',
      "a profile answers 200 with the sample's properties",
      'response',
      'response@response-body-example.json',
    ),
    notYet('line.profile.display-name', 'a profile has the display name', 'response#displayName'),
    notYet('line.profile.user-id', 'a profile has the user id', 'response#userId'),
    notYet(
      'line.profile.picture-url',
      "a profile has the picture's URL, or lacks the property for a user without one",
      'response#pictureUrl',
    ),
    notYet(
      'line.profile.status-message',
      'a profile has the status message, or lacks the property for a user without one',
      'response#statusMessage',
    ),
    notYet('line.profile.sample-curl', 'the curl sample gets a profile', '@profile-request-example.curl'),
    notYet('line.profile.sample-java', "the Java sample's call is answered", '@profile-request-example.java'),
    notYet('line.profile.sample-go', "the Go sample's call is answered", '@profile-request-example.go'),
    notYet('line.profile.sample-ruby', "the Ruby sample's call is answered", '@profile-request-example.ruby'),
    notYet('line.profile.sample-php', "the PHP sample's call is answered", '@profile-request-example.php'),
    notYet('line.profile.sample-perl', "the Perl sample's call is answered", '@profile-request-example.perl'),
    notYet('line.profile.sample-python', "the Python sample's call is answered", '@profile-request-example.py'),
    notYet('line.profile.sample-node', "the Node sample's call is answered", '@profile-request-example.js'),
  ]),
  ...section(
    {
      part: 'platform',
      source: 'LINE reference 2017, "Get group/room member profile"',
      rows: '003/get-group-room-member-profile',
    },
    [
      notYet(
        'line.member-profile.operation-group',
        "GET /v2/bot/group/{groupId}/member/{userId} returns the profile of a member of the bot's group",
        '**',
        'http-request#GET https://api.line.me/v2/bot/group/{groupId}/member/{userId}',
      ),
      notYet(
        'line.member-profile.operation-room',
        "GET /v2/bot/room/{roomId}/member/{userId} returns the profile of a member of the bot's room",
        'http-request#GET https://api.line.me/v2/bot/room/{roomId}/member/{userId}',
      ),
      notYet(
        'line.member-profile.without-friendship',
        'a member who has not added, or has blocked, the bot has a profile too',
        '.',
      ),
      notYet(
        'line.member-profile.header-authorization',
        "a member's profile needs the channel access token as Bearer",
        'request-headers#Authorization',
      ),
      notYet(
        'line.member-profile.group-id',
        "a group member is asked for by the group's id",
        'url-parameters/group#groupId',
      ),
      notYet(
        'line.member-profile.group-user-id',
        'a group member is asked for by user id',
        'url-parameters/group#userId',
      ),
      notYet(
        'line.member-profile.room-id',
        "a room member is asked for by the room's id",
        'url-parameters/room#roomId',
      ),
      notYet('line.member-profile.room-user-id', 'a room member is asked for by user id', 'url-parameters/room#userId'),
      notYet(
        'line.member-profile.response',
        "a member's profile answers 200 with the sample's properties",
        'response',
        'response@example-response.json',
      ),
      notYet('line.member-profile.display-name', "a member's profile has the display name", 'response#displayName'),
      notYet('line.member-profile.user-id', "a member's profile has the user id", 'response#userId'),
      notYet('line.member-profile.picture-url', "a member's profile has the picture's URL", 'response#pictureUrl'),
      notYet(
        'line.member-profile.sample-curl',
        "the curl sample gets a group member's profile",
        '@get-group-room-member-profile-example-request.curl',
      ),
      notYet(
        'line.member-profile.sample-node',
        "the Node sample gets a group member's profile",
        '@get-group-room-member-profile-example-request.js',
      ),
    ],
  ),
  ...section(
    {
      part: 'platform',
      source: 'LINE reference 2017, "Get group/room member IDs"',
      rows: '003/get-group-room-member-ids',
    },
    [
      notYet(
        'line.member-ids.operation-group',
        "GET /v2/bot/group/{groupId}/members/ids lists the members of the bot's group",
        '**',
        'http-request#GET https://api.line.me/v2/bot/group/{groupId}/members/ids?start={continuationToken}',
      ),
      notYet(
        'line.member-ids.operation-room',
        "GET /v2/bot/room/{roomId}/members/ids lists the members of the bot's room",
        'http-request#GET https://api.line.me/v2/bot/room/{roomId}/members/ids?start={continuationToken}',
      ),
      notYet(
        'line.member-ids.without-friendship',
        'members who have not added, or have blocked, the bot are listed too',
        '.',
      ),
      notYet(
        'line.member-ids.header-authorization',
        'member ids need the channel access token as Bearer',
        'request-headers#Authorization',
      ),
      notYet('line.member-ids.group-id', "a group's members are asked for by its id", 'url-parameters/group#groupId'),
      notYet(
        'line.member-ids.group-start',
        "a group's list goes on from the continuation token",
        'url-parameters/group#start',
      ),
      notYet('line.member-ids.room-id', "a room's members are asked for by its id", 'url-parameters/room#roomId'),
      notYet(
        'line.member-ids.room-start',
        "a room's list goes on from the continuation token",
        'url-parameters/room#start',
      ),
      notYet(
        'line.member-ids.member-ids',
        'an answer lists at most 100 user ids',
        'response',
        'response#memberIds',
        'response@example-response-body.json',
      ),
      notYet(
        'line.member-ids.next',
        'an answer that is not the last has a continuation token, the last has none',
        'response#next',
        'response@example-response-body.json~2',
      ),
      notYet(
        'line.member-ids.sample-curl',
        "the curl sample lists a group's members",
        '@get-group-and-room-member-ids-request-example.curl',
      ),
      notYet(
        'line.member-ids.sample-node',
        "the Node sample lists a group's members",
        '@get-group-and-room-member-ids-request-example.js',
      ),
    ],
  ),
  ...section({ part: 'platform', source: 'LINE reference 2017, "Leave"', rows: '003/leave' }, [
    notYet(
      'line.leave.operation-group',
      'POST /v2/bot/group/{groupId}/leave takes the bot out of a group',
      '**',
      'http-request#POST https://api.line.me/v2/bot/group/{groupId}/leave',
    ),
    notYet(
      'line.leave.operation-room',
      'POST /v2/bot/room/{roomId}/leave takes the bot out of a room',
      'http-request#POST https://api.line.me/v2/bot/room/{roomId}/leave',
    ),
    notYet(
      'line.leave.header-authorization',
      'leaving needs the channel access token as Bearer',
      'request-headers#Authorization',
    ),
    notYet('line.leave.group-id', 'a group is left by its id', 'url-parameters#groupId'),
    notYet('line.leave.room-id', 'a room is left by its id', 'url-parameters#roomId'),
    notYet(
      'line.leave.response',
      'leaving answers 200 with an empty object',
      'response',
      'response@json-response-example.json',
    ),
    notYet('line.leave.sample-curl', 'the curl sample leaves a room', '@leave-request-example.curl'),
    notYet('line.leave.sample-java', "the Java sample's call is answered", '@leave-request-example.java'),
    notYet('line.leave.sample-go', "the Go sample's call is answered", '@leave-request-example.go'),
    notYet('line.leave.sample-ruby', "the Ruby sample's call is answered", '@leave-request-example.ruby'),
    notYet('line.leave.sample-php', "the PHP sample's call is answered", '@leave-request-example.php'),
    notYet('line.leave.sample-perl', "the Perl sample's call is answered", '@leave-request-example.perl'),
    notYet('line.leave.sample-python', "the Python sample's call is answered", '@leave-request-example.py'),
    notYet('line.leave.sample-node', "the Node sample's call is answered", '@leave-request-example.js'),
  ]),
  ...section({ part: 'platform', source: 'LINE reference 2017, "LINE Beacon"', rows: '003/line-beacon' }, [
    notYet('line.beacon.service', 'users near a beacon are told to the bot that is linked with it', '.'),
    notYet(
      'line.beacon.channel-switch',
      'beacon events are sent only for a channel whose beacon setting is on',
      'connecting-your-bot-with-beacon',
    ),
    notYet(
      'line.beacon.bluetooth',
      'a user whose phone has bluetooth off makes no beacon event',
      'receiving-webhooks-from-a-line-user',
      'receiving-webhooks-from-a-line-user#Make sure that your',
    ),
    notYet(
      'line.beacon.user-setting',
      'a user who has not turned on "Use LINE Beacon" makes no beacon event',
      'receiving-webhooks-from-a-line-user#Select Use LINE Beacon',
      'receiving-webhooks-from-a-line-user#LINE > Settings >',
    ),
    notYet(
      'line.beacon.friends-only',
      'only friends of the bot make beacon events',
      'receiving-webhooks-from-a-line-user#Add the bot account',
      'receiving-webhooks-from-a-line-user#Information is only sent',
    ),
    notYet(
      'line.beacon.in-range',
      'coming near to a beacon that is on sends the event',
      'receiving-webhooks-from-a-line-user#Make sure that the',
      'receiving-webhooks-from-a-line-user#Information is sent to',
    ),
    notYet(
      'line.beacon.banner',
      'one tap on the beacon banner turns the setting on, adds the bot and sends a message',
      'bringing-information-together-with-beacon-banner',
    ),
  ]),
]
