/** Chat users write their picture's address themselves: anything but http and https is dropped. */
export function webAddress(text: string | undefined): string | null {
  const url = text ? URL.parse(text) : null
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : null
}
