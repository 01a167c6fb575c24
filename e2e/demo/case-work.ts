/** The cases that the browser tests of casework find in the demo's data, by their accused, who has no other one. */
export const workCases = {
  keyboard: ['open_isolate', 'two_lines'],
  together: ['nameless', 'looks_empty'],
  look: ['long_word'],
} as const

/** A text that would do harm if it were taken for more than text. */
export const hostileText = '<script>alert(1)</script> [link](https://evil.example) \u202Eabc\nsecond line'
