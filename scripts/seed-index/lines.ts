// The lines of a printed page, read one after another with a look ahead.

export class Lines {
  readonly all: readonly string[]
  #at = 0

  constructor(text: string) {
    this.all = text.split('\n')
  }

  get done(): boolean {
    this.skipBlank()
    return this.#at >= this.all.length
  }

  /** The line `ahead` of the current one, '' past the end. */
  peek(ahead = 0): string {
    return this.all[this.#at + ahead] ?? ''
  }

  take(): string {
    const line = this.peek()
    this.#at += 1
    return line
  }

  skipBlank(): void {
    while (this.#at < this.all.length && this.peek().trim() === '') this.#at += 1
  }

  /** The next line with text after the current one. */
  nextWithText(): string {
    return this.all.slice(this.#at + 1).find((line) => line.trim() !== '') ?? ''
  }

  /** Whether the current line stands alone between blank lines. */
  standsAlone(): boolean {
    return (this.all[this.#at - 1] ?? '').trim() === '' && this.peek(1).trim() === ''
  }
}
