import { NotFoundScreen } from '@/components/shell/not-found-screen'

/** An address inside the console whose thing is not there: the frame stays. */
export default function NotFound() {
  return <NotFoundScreen />
}
