import { refuseForeignOrigin } from '@/lib/route'

export const dynamic = 'force-dynamic'

export { refuseForeignOrigin as POST }
