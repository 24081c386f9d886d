import { expect, it } from 'vitest'
import { readCurl } from './curl.ts'

it('reads method, headers in both quotes, body and address over continued lines', () => {
  const command = `curl -X POST \\
-H 'Content-Type:application/json' \\
-H "Authorization: Bearer $TOKEN" \\
-d '{"to": "U1",
 "messages": [{"text": "it\\u0027s \\\\ $HOME"}]}' https://api.line.me/v2/bot/message/push`
  expect(readCurl(command, { TOKEN: 'abc' })).toEqual({
    method: 'POST',
    url: 'https://api.line.me/v2/bot/message/push',
    headers: [
      ['Content-Type', 'application/json'],
      ['Authorization', 'Bearer abc'],
    ],
    body: '{"to": "U1",\n "messages": [{"text": "it\\u0027s \\\\ $HOME"}]}',
  })
})

it('takes a line end outside quotes for a space', () => {
  expect(readCurl("curl -d '{}'\nhttps://x.test/a").url).toBe('https://x.test/a')
})

it('posts a form where data has no type of its own, and encodes what it is told to', () => {
  const request = readCurl(
    "curl --data-urlencode 'a=b c&d' --data-urlencode e/f -d g=h --data-urlencode '=i=j' http://x",
  )
  expect(request).toEqual({
    method: 'POST',
    url: 'http://x',
    headers: [['Content-Type', 'application/x-www-form-urlencoded']],
    body: 'a=b%20c%26d&e%2Ff&g=h&i%3Dj',
  })
})

it('puts data into the query with -G, and knows attached values and joined flags', () => {
  expect(readCurl('curl -sG -XPUT -d a=1 --data b=2 "http://x/?c=3"')).toEqual({
    method: 'PUT',
    url: 'http://x/?c=3&a=1&b=2',
    headers: [],
  })
})

it('reads backslashes and variables as a shell does', () => {
  expect(readCurl(`curl http://x/\\$A/$A/"\${A}b\\"\\n\\$"/$`, { A: 'v' }).url).toBe('http://x/$A/v/vb"\\n$/$')
})

it.each([
  ['wget http://x', 'no curl command'],
  ['curl -k http://x', '-k is not known'],
  ['curl http://x -X', '-X lacks its value'],
  ['curl http://x http://y', 'a second URL'],
  ['curl -s', 'no URL'],
  ["curl 'http://x", 'single quote'],
  ['curl "http://x', 'double quote'],
  ['curl http://x/$NONE', 'NONE is not set'],
  ['curl -d @file http://x', 'from a file'],
  ['curl -H bare http://x', 'no header'],
])('refuses %s', (command, why) => {
  expect(() => readCurl(command)).toThrow(why)
})
