'use client'

import { type ComponentProps, type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { rememberTimeZone } from '@/components/shell/preferences'
import { Button } from '@/components/ui/button'
import { postToAuth } from './post-to-auth'

type Texts = {
  label: string
  email: string
  password: string
  submit: string
  submitting: string
  emailMissing: string
  passwordMissing: string
  credentials: string
  unavailable: string
  /** what to say when so many minutes have to pass: the first is for one */
  throttledByMinutes: string[]
}
type Problem = { at: 'email' | 'password' | 'form'; text: string }

/**
 * The sign-in form. Its texts come from the server, so that the page brings no messages and no formatter. It goes on
 * to `path`, which the caller has made sure is ours, by a full load: nothing of an earlier sign-in is left.
 */
export function SignInForm({ path, texts }: { path: string; texts: Texts }) {
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const form = useRef<HTMLFormElement>(null)
  const alert = useRef<HTMLParagraphElement>(null)

  useEffect(() => {
    if (!problem) return
    if (problem.at === 'form') alert.current?.focus()
    else form.current?.querySelector<HTMLInputElement>(`[name=${problem.at}]`)?.focus()
  }, [problem])

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (isBusy) return
    const fields = new FormData(event.currentTarget)
    const email = String(fields.get('email')).trim()
    const password = String(fields.get('password'))
    if (!email) return setProblem({ at: 'email', text: texts.emailMissing })
    if (!password) return setProblem({ at: 'password', text: texts.passwordMissing })
    setProblem(undefined)
    setBusy(true)
    const reply = await postToAuth('callback/credentials', { email, password })
    // Busy until the next page has come: a second press would be a second try.
    if (reply.ok) {
      // The first page is then right at once, and not made a second time.
      rememberTimeZone()
      return location.assign(path)
    }
    setBusy(false)
    setProblem({ at: 'form', text: explain(reply.error, texts) })
  }

  return (
    // Before the script has come, a press would post the fields: to the same place, never into the address.
    <form
      ref={form}
      action="/api/auth/callback/credentials"
      method="post"
      noValidate
      aria-label={texts.label}
      onSubmit={submit}
      className="flex flex-col gap-4 rounded-panel border border-line bg-surface p-4"
    >
      {problem?.at === 'form' && (
        <p
          ref={alert}
          role="alert"
          tabIndex={-1}
          className="rounded-control bg-danger-soft px-3 py-2 text-danger-text"
        >
          {problem.text}
        </p>
      )}
      <TextField
        label={texts.email}
        problem={problem?.at === 'email' ? problem.text : undefined}
        name="email"
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={254}
      />
      <TextField
        label={texts.password}
        problem={problem?.at === 'password' ? problem.text : undefined}
        name="password"
        type="password"
        autoComplete="current-password"
      />
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {isBusy ? texts.submitting : texts.submit}
      </Button>
    </form>
  )
}

/** A labelled field with what is wrong with it. The console's own `Field` would bring the message formatter along. */
function TextField({
  label,
  problem,
  ...rest
}: ComponentProps<'input'> & { label: string; problem: string | undefined }) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <input
        {...rest}
        id={id}
        required
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        className="field"
      />
      {problem !== undefined && (
        <p id={`${id}-problem`} className="text-danger-text text-sm">
          {problem}
        </p>
      )}
    </div>
  )
}

function explain(error: string, texts: Texts): string {
  if (error === 'CredentialsSignin') return texts.credentials
  const seconds = /^throttled:(\d+)$/.exec(error)?.[1]
  if (seconds === undefined) return texts.unavailable
  const minutes = Math.max(1, Math.ceil(Number(seconds) / 60))
  return texts.throttledByMinutes[minutes - 1] ?? texts.throttledByMinutes.at(-1) ?? texts.unavailable
}
