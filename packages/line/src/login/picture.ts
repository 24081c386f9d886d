// The addresses of profile pictures and of their thumbnails.

/** LINE reference 2017, "Profile image thumbnails": `large` is 200 x 200 pixels, `small` 51 x 51. */
export type PictureSize = 'large' | 'small'

export function pictureOf(pictureUrl: string | undefined, size?: PictureSize): URL | null {
  if (pictureUrl === undefined || !URL.canParse(pictureUrl)) return null
  const url = new URL(pictureUrl)
  if (size !== undefined) url.pathname = `${url.pathname.replace(/\/$/, '')}/${size}`
  return url
}
