import { clsx } from 'clsx'
import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { lazy, type ReactNode, Suspense } from 'react'

/** Comes with the first error; where it cannot be loaded either, the codes can still be selected. */
const CopyButton = lazy(() =>
  import('./copy-button').then(
    (loaded) => ({ default: loaded.CopyButton }),
    () => ({ default: () => null }),
  ),
)

type ErrorPanelProps = {
  /** what happened, in a few words */
  title: string
  /** was anything changed: by default nothing was; null leaves the line out, where nothing could have been */
  effect?: 'unchanged' | 'changed' | 'unknown' | null
  /** what to do now */
  children?: ReactNode
  /** buttons, usually one that tries again */
  actions?: ReactNode
  /** our own or the provider's code, to copy */
  code?: string
  /** finds the line of this request in the log */
  requestId?: string
  className?: string
  /** `alert` for what appears after an action, `none` for what a page opens with */
  role?: 'alert' | 'none'
}

/** An error told in full: what happened, whether anything was changed, what to do, and the codes in a fold. */
export function ErrorPanel(props: ErrorPanelProps) {
  const { title, effect = 'unchanged', children, actions, code, requestId, className, role = 'alert' } = props
  const t = useTranslations('common.panel')
  return (
    <section
      role={role === 'alert' ? 'alert' : undefined}
      className={clsx('rounded-panel border border-danger-text/40 bg-danger-soft p-3', className)}
    >
      <div className="flex gap-2">
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger-text" />
        <div className="min-w-0 flex-1 space-y-1">
          <p className="font-semibold text-danger-text">{title}</p>
          {effect && <p>{t(effect)}</p>}
          {children && <div>{children}</div>}
          {actions && <div className="flex flex-wrap gap-2 pt-1">{actions}</div>}
          {(code || requestId) && (
            <details className="pt-1">
              <summary className="w-fit text-sm">{t('details')}</summary>
              <dl className="mt-1 grid grid-cols-[auto_1fr] items-center gap-x-3 text-sm">
                {code && <Detail name={t('code')} text={code} />}
                {requestId && <Detail name={t('requestId')} text={requestId} />}
              </dl>
            </details>
          )}
        </div>
      </div>
    </section>
  )
}

function Detail({ name, text }: { name: string; text: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="flex min-w-0 items-center gap-1">
        <code className="font-mono break-all">{text}</code>
        <Suspense>
          <CopyButton text={text} what={name} />
        </Suspense>
      </dd>
    </>
  )
}
