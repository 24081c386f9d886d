// Days and times as the phone writes them, in the person's own time zone.
import { LANGUAGE, texts } from './texts.ts'

const timeOfDay = new Intl.DateTimeFormat(LANGUAGE, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const dayAndMonth = new Intl.DateTimeFormat(LANGUAGE, { weekday: 'long', day: 'numeric', month: 'long' })
const dayMonthYear = new Intl.DateTimeFormat(LANGUAGE, { day: 'numeric', month: 'long', year: 'numeric' })
const shortDay = new Intl.DateTimeFormat(LANGUAGE, { day: 'numeric', month: 'short' })
const shortDayYear = new Intl.DateTimeFormat(LANGUAGE, { day: 'numeric', month: 'short', year: 'numeric' })

export const formatTime = (atMs: number) => timeOfDay.format(atMs)

export function isSameDay(oneMs: number, otherMs: number): boolean {
  return new Date(oneMs).toDateString() === new Date(otherMs).toDateString()
}

/** For the separator in a chat. @param nowMs the platform's clock, which may stand elsewhere than ours */
export function formatDay(atMs: number, nowMs: number): string {
  if (isSameDay(atMs, nowMs)) return texts.today
  if (isYesterday(atMs, nowMs)) return texts.yesterday
  return isSameYear(atMs, nowMs) ? dayAndMonth.format(atMs) : dayMonthYear.format(atMs)
}

/** For the list of chats: the time today, else the day. */
export function formatWhen(atMs: number, nowMs: number): string {
  if (isSameDay(atMs, nowMs)) return formatTime(atMs)
  if (isYesterday(atMs, nowMs)) return texts.yesterday
  return isSameYear(atMs, nowMs) ? shortDay.format(atMs) : shortDayYear.format(atMs)
}

function isYesterday(atMs: number, nowMs: number): boolean {
  const now = new Date(nowMs)
  return isSameDay(atMs, new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1).getTime()) // a day may have 23 hours
}

const isSameYear = (oneMs: number, otherMs: number) => new Date(oneMs).getFullYear() === new Date(otherMs).getFullYear()
