import { useTranslations } from 'next-intl'
import { Field, Select } from '@/components/ui/field'
import { type ReportMuteDays, reportMuteDays } from '@/lib/reports/report-mute-rules'

type MuteReporterProps = { days: ReportMuteDays | null; onChange(days: ReportMuteDays | null): void }

/** Whether what somebody reports from now on is set aside, and for how long. */
export function MuteReporter({ days, onChange }: MuteReporterProps) {
  const t = useTranslations('reports.muteReporter')
  return (
    <Field label={t('label')} className="max-w-80">
      <Select
        value={days ?? ''}
        onChange={({ target }) =>
          onChange(reportMuteDays.find((each) => String(each) === target.value) ?? null)
        }
      >
        <option value="">{t('none')}</option>
        {reportMuteDays.map((each) => (
          <option key={each} value={each}>
            {t('days', { days: each })}
          </option>
        ))}
      </Select>
    </Field>
  )
}
