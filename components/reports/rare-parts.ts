// What few cases have, loaded together with the first of it: a file of its own for each would weigh more than it spares.
export { CaseRuns } from './case-runs'
export { LinkedList } from './linked-list'
export { LinkedNotice, ReporterIsAccused } from './linked-notice'
export { NeedsLead } from './needs-lead'
export { TranscriptGap } from './transcript-gap'
export { TranscriptMedia } from './transcript-media'
