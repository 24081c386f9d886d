// Reads a chapter of the reference on an SDK: classes, their members, and each member's signature, parameters and result.

import type { Lines } from './lines.ts'
import type { PageRows } from './page-rows.ts'
import { classFact, isTableHeader, takeClassFacts, takeTable } from './tables.ts'

const className = /^Line[A-Z]\w*$/
const classParts = ['Class', 'Interface', 'Protocol', 'Constructor', 'Methods', 'Properties']
const memberParts = [
  ...['Method header', 'Method prototype', 'Constructor header', 'Declaration'],
  ...['Parameters', 'Completion block arguments', 'Return value'],
]
const memberName = /^[a-z]\w*(\(\)|:\w+)*$/
const signatureStart = /^(public |LineApiResponse<|@property |[-+] \()/

export function takeSdkChapter(lines: Lines, page: PageRows): void {
  const chapter = lines.take()
  page.heading(1, chapter)
  let caption: string | undefined
  let member = ''
  while (!lines.done && !(/^(Android|iOS) SDK$/.test(lines.peek()) && lines.peek() !== chapter)) {
    const line = lines.peek()
    if (signatureStart.test(line)) {
      const code = takeBlock(lines)
      if (caption === undefined) page.row('signature', memberOf(code[0] ?? '') ?? member, code)
      else page.sample(caption, 'm', code)
      caption = undefined
    } else if (className.test(line)) {
      member = ''
      page.heading(2, lines.take())
    } else if (classParts.includes(line)) {
      page.heading(3, lines.take())
    } else if (memberParts.includes(line)) {
      page.heading(member === '' ? 4 : 5, lines.take())
      // What a call gives back is told in words that need not end like a sentence.
      if (line === 'Return value' && !memberParts.includes(lines.nextWithText())) takeParagraph(lines, page)
    } else if (memberName.test(line) && lines.standsAlone()) {
      member = line
      page.heading(4, lines.take())
    } else if (classFact.test(line)) {
      takeClassFacts(lines, page)
    } else if (isTableHeader(line)) {
      takeTable(lines, page, () => false)
    } else if (/ Example$/.test(line)) {
      caption = line
      page.caption(lines.take())
    } else {
      takeParagraph(lines, page)
    }
  }
}

function takeParagraph(lines: Lines, page: PageRows): void {
  for (const line of takeBlock(lines)) page.prose(line)
}

function takeBlock(lines: Lines): string[] {
  lines.skipBlank()
  const block: string[] = []
  while (lines.peek() !== '') block.push(lines.take())
  return block
}

/** `public String getMessage()` -> `getMessage`; `- (void)didLogin:(LineSDKLogin *)login` -> `didLogin`. */
function memberOf(signature: string): string | undefined {
  return (
    /^[-+] \([^)]*\)(\w+)/.exec(signature)?.[1] ??
    /^@property .*?(\w+);$/.exec(signature)?.[1] ??
    /(\w+)\(/.exec(signature.replaceAll(/@\w+ /g, ''))?.[1]
  )
}
