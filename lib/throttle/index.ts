import 'server-only'

export { createThrottle, ThrottleBusyError, type ThrottleRequest } from './create-throttle'
