// The page docs/compatibility.md as the manifest says it.

import type { Part, Requirement } from './requirement.ts'

const documents: readonly { seed: string; title: string }[] = [
  { seed: '001', title: 'LINE: guide to the Messaging API' },
  { seed: '003', title: 'LINE: API reference of 2017' },
  { seed: '002', title: 'Sinch: LINE in the Conversation API' },
  { seed: '000', title: '8x8: LINE in the Messaging API' },
]

const parts: readonly { part: Part; title: string }[] = [
  { part: 'platform', title: 'the platform' },
  { part: 'login', title: 'LINE Login, Social API and login SDK' },
  { part: 'sinch', title: 'the gateway, Sinch dialect' },
  { part: '8x8', title: 'the gateway, 8x8 dialect' },
  { part: 'phone', title: 'the phone' },
]

export function compatibilityPage(requirements: readonly Requirement[]): string {
  const groups = documents.flatMap(({ seed, title: document }) =>
    parts.map(({ part, title }) => ({
      title: `${document}, ${title}`,
      entries: requirements.filter((entry) => entry.part === part && entry.index[0]?.startsWith(seed)),
    })),
  )
  const shown = groups.filter(({ entries }) => entries.length > 0)
  return [
    '# Compatibility',
    '',
    'Every promise of the four documents that Hatoba was asked to keep, and whether it is kept. "done" means that at',
    'least one test proves it: search the tests for its id. This page is printed by `scripts/compatibility.ts` from',
    '`tests/requirements.ts`; do not edit it by hand.',
    '',
    '| document and part | done | not yet |',
    '|---|---:|---:|',
    ...shown.map(({ title, entries }) => `| ${title} | ${count(entries, 'done')} | ${count(entries, 'not yet')} |`),
    `| **all** | **${count(requirements, 'done')}** | **${count(requirements, 'not yet')}** |`,
    ...shown.flatMap(({ title, entries }) => ['', `## ${title}`, ...tablesBySource(entries)]),
    '',
  ].join('\n')
}

const count = (entries: readonly Requirement[], status: Requirement['status']): number =>
  entries.filter((entry) => entry.status === status).length

function tablesBySource(entries: readonly Requirement[]): string[] {
  return [...Map.groupBy(entries, ({ source }) => source)].flatMap(([source, ofSource]) => [
    '',
    `### ${source}`,
    '',
    '| id | behaviour | status |',
    '|---|---|---|',
    ...ofSource.map(({ id, behaviour, status, why }) => `| \`${id}\` | ${cell(behaviour)} | ${cell(why ?? status)} |`),
  ])
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
