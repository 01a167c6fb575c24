import type { NoticeLocale } from '@/lib/settings/report-rules'

/** Each language by its own name: it is the reader's, not the moderator's. */
export const languageNames: Record<NoticeLocale, string> = {
  en: 'English',
  'zh-CN': '简体中文',
  ja: '日本語',
}
