/** The cases that the browser tests of casework find in the demo's data, by their accused; one set for each test. */
export const workCases = {
  keyboard: ['work_keys_1', 'work_keys_2'],
  together: ['work_two_1', 'work_two_2'],
  look: ['work_look_1'],
} as const

/** A name and a text that would do harm if they were taken for more than text. */
export const hostileName = '\u202Egnp.evil <img src=x onerror=alert(1)>'
export const hostileText = '<script>alert(1)</script> [link](https://evil.example) \u202Eabc\nsecond line'
