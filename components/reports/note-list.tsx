import { Pin } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { SafeText } from '@/components/ui/safe-text'
import { AbsoluteTime } from '@/components/ui/time'
import type { NoteDto } from '@/lib/reports/note-dtos'
import { SafeLines } from './safe-lines'

/** What moderators wrote about an account, each note with whose and when it is and the case that it was written in. */
export function NoteList({ notes, serverNow }: { notes: readonly NoteDto[]; serverNow: number }) {
  const t = useTranslations('reports.case.notes')
  if (notes.length === 0) return <p className="text-muted">{t('none')}</p>
  return (
    <ul className="flex flex-col gap-2">
      {notes.map((note) => (
        <li key={note.id} className="rounded-control bg-sunken px-2 py-1">
          <div className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
            <SafeText text={note.by} maxLength={40} />
            <AbsoluteTime at={note.writtenAt} serverNow={serverNow} />
            {note.caseId !== null && (
              <Link
                href={`/reports/${note.caseId}`}
                className="inline-flex min-h-6 items-center text-accent-text underline"
              >
                {t('in', { number: note.caseNumber ?? 0 })}
              </Link>
            )}
            {note.isSticky && <Badge icon={<Pin aria-hidden />}>{t('stickyMark')}</Badge>}
          </div>
          <SafeLines text={note.text} />
        </li>
      ))}
    </ul>
  )
}
