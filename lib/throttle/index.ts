import 'server-only'

export { createThrottle, type Throttle, ThrottleBusyError, type ThrottleRequest } from './create-throttle'
