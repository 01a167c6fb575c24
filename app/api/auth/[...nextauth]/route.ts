export { handleAuthRequest as GET, handleAuthRequest as POST } from '@/lib/auth/handle-auth-request'
